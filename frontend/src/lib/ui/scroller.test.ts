import { describe, expect, it, vi } from 'vitest';
import { onMove } from './scroller';

describe('what scrolls', () => {
  function scrollTo(element: Element, top: number) {
    element.scrollTop = top;
    element.dispatchEvent(new Event('scroll'));
  }

  it('tells everybody who listens how far it went, through one listener', () => {
    const element = document.createElement('div');
    const listen = vi.spyOn(element, 'addEventListener');
    const [one, other] = [vi.fn(), vi.fn()];
    const stop = [onMove(element, one), onMove(element, other)];
    scrollTo(element, 500);
    scrollTo(element, 200);
    expect(one.mock.calls).toEqual([[500], [-300]]);
    expect(other.mock.calls).toEqual([[500], [-300]]);
    expect(listen).toHaveBeenCalledOnce();
    stop[0]!();
    scrollTo(element, 0);
    expect([one.mock.calls.length, other.mock.calls.length]).toEqual([2, 3]);
  });

  it('is not listened to once nobody is there, and is again for the next one', () => {
    const element = document.createElement('div');
    const [one, next] = [vi.fn(), vi.fn()];
    onMove(element, one)();
    scrollTo(element, 500);
    onMove(element, next);
    scrollTo(element, 700);
    expect(one).not.toHaveBeenCalled();
    expect(next.mock.calls).toEqual([[200]]);
  });
});
