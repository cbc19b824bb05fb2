/** The nearest element around another that scrolls by itself; the page where there is none. */
export function scrollerOf(element: Element): Element {
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(around).overflowY)) return around;
  }
  return document.documentElement;
}

type Moved = (by: number) => void;

/** Who wants to know how far what scrolls has gone, and how to be told of it. */
const listening = new Map<Element, { callbacks: Set<Moved>; stop: () => void }>();

/**
 * Tells of every movement of a scroller, in pixels, before the frame is painted that shows it: an IntersectionObserver does
 * so after. Many may listen, at the cost of one. The result ends it.
 */
export function onMove(scroller: Element, callback: Moved): () => void {
  const { callbacks, stop } = listening.get(scroller) ?? listen(scroller);
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size === 0) stop();
  };
}

function listen(scroller: Element) {
  const callbacks = new Set<Moved>();
  let last = scroller.scrollTop;
  const onscroll = () => {
    const by = scroller.scrollTop - last;
    last += by;
    for (const call of callbacks) call(by);
  };
  const target = scroller === document.documentElement ? document : scroller;
  target.addEventListener('scroll', onscroll, { passive: true });
  const stop = () => {
    target.removeEventListener('scroll', onscroll);
    listening.delete(scroller);
  };
  const one = { callbacks, stop };
  listening.set(scroller, one);
  return one;
}
