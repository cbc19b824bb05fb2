/** The keys that work everywhere. Letters alone count only when nobody is typing. */
export type Shortcut = 'palette' | 'log' | 'call' | 'help' | 'undo' | 'redo';

export function shortcut(event: KeyboardEvent): Shortcut | undefined {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && key === 'k') return 'palette';
  if (event.altKey || isTyping(event.target)) return undefined;
  if (event.ctrlKey || event.metaKey) {
    if (key === 'y') return 'redo';
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
    return undefined;
  }
  if (key === '?') return 'help';
  if (key === 'c') return 'call';
  return key === 'n' ? 'log' : undefined;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches('input, textarea, select, [contenteditable]') || target.closest('dialog[open]') !== null;
}
