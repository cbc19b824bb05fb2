/** Brings something on record into view that the address names, and marks it. */

/**
 * Waits until the entry is in the page, which may be after its part of the case was read, and shows it. Entries have the
 * id entry-ID. A long list takes an entry out of the page and makes it anew when it comes into view again: it is marked
 * again then, and nothing moves. The result takes the mark away, and ends the waiting.
 */
export function reveal(entryId: string): () => void {
  const id = `entry-${entryId}`;
  let shown: HTMLElement | null = null;
  const show = () => {
    if (shown?.isConnected) return;
    const isFirst = shown === null;
    shown = document.getElementById(id) ?? shown;
    if (!shown?.isConnected) return;
    shown.dataset.revealed = '';
    shown.tabIndex = -1;
    if (!isFirst) return;
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
