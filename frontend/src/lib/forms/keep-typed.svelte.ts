import { onDestroy, untrack } from 'svelte';

/** How long nothing may be typed before it is kept, in milliseconds. */
const pause = 400;

/**
 * Keeps what is typed into a form a moment later, and at once when the form goes: nothing that was typed is ever lost. Text
 * that was not touched is no draft. Called while a component is made; gives what says that a text is kept, or needs not be.
 */
export function keepTyped(typed: () => string, keep: (text: string) => void): (text: string) => void {
  let kept = untrack(typed);
  let waiting: string | undefined;

  function keepNow() {
    if (waiting === undefined || waiting === kept) return;
    kept = waiting;
    keep(kept);
  }

  $effect(() => {
    waiting = typed();
    const timer = setTimeout(keepNow, pause);
    return () => clearTimeout(timer);
  });
  onDestroy(keepNow);
  return (text) => (kept = waiting = text);
}
