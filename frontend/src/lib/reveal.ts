/** Brings something on record into view that the address names, and marks it. */

/**
 * Waits until the entry is in the page, which may be after its part of the case was read, and shows it. Entries have the
 * id entry-ID. The result takes the mark away, and ends the waiting.
 */
export function reveal(entryId: string): () => void {
  const id = `entry-${entryId}`;
  let shown: HTMLElement | null = null;
  const show = () => {
    shown = document.getElementById(id);
    if (!shown) return;
    observer.disconnect();
    shown.dataset.revealed = '';
    shown.tabIndex = -1;
    shown.focus({ preventScroll: true });
    shown.scrollIntoView({ block: 'center' });
  };
  const observer = new MutationObserver(show);
  observer.observe(document.body, { childList: true, subtree: true });
  show();
  return () => {
    observer.disconnect();
    if (shown) delete shown.dataset.revealed;
  };
}
