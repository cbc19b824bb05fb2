import { describe, expect, it } from 'vitest';
import { fitted, partAt, shownOf, stepped, turned } from './zoom.svelte';

describe('a picture in a room', () => {
  it.each([
    ['is in view as a whole', { width: 2000, height: 1000 }, { width: 500, height: 250 }],
    ['is so where it is tall', { width: 1000, height: 2000 }, { width: 200, height: 400 }],
    ['is no larger than it is', { width: 100, height: 50 }, { width: 100, height: 50 }],
  ])('%s', (_, picture, size) => {
    expect(fitted(picture, { width: 500, height: 400 })).toEqual(size);
  });

  it('grows and shrinks by steps, from the whole to eight times that', () => {
    const up = [1];
    while (up.length < 9) up.push(stepped(up.at(-1)!, true));
    expect(up).toEqual([1, 1.5, 2, 3, 4, 6, 8, 8, 8]);
    const down = [8];
    while (down.length < 9) down.push(stepped(down.at(-1)!, false));
    expect(down).toEqual([8, 6, 4, 3, 2, 1.5, 1, 1, 1]);
    expect([stepped(1.7, true), stepped(1.7, false)]).toEqual([2, 1.5]);
  });

  it('grows as the wheel turns, and shrinks as it turns back, within the same bounds', () => {
    expect(turned(turned(2, -100), 100)).toBeCloseTo(2, 10);
    expect(turned(2, -100)).toBeGreaterThan(2);
    expect([turned(1, 100), turned(8, -100)]).toEqual([1, 8]);
    expect(turned(2, -100_000)).toBeLessThan(3);
  });
});

describe('a point of a picture', () => {
  const picture = { left: -300, top: 100, width: 800, height: 400 };

  it('is found at any size of it, whether it is in view or not', () => {
    expect(partAt(picture, { x: 100, y: 200 })).toEqual({ x: 0.5, y: 0.25 });
    expect(partAt({ ...picture, width: 1600, height: 800 }, { x: 100, y: 200 })).toEqual({ x: 0.25, y: 0.125 });
  });

  it('is at its edge where it would lie outside', () => {
    expect(partAt(picture, { x: -400, y: 900 })).toEqual({ x: 0, y: 1 });
  });

  it('is within what shows of it through a frame', () => {
    const frame = { left: 100, top: 0, width: 200, height: 300 };
    expect(shownOf(picture, frame)).toEqual({ x: 0.5, y: 0, width: 0.25, height: 0.5 });
    expect(shownOf(picture, { left: -1000, top: -1000, width: 5000, height: 5000 })).toEqual({
      x: 0,
      y: 0,
      width: 1,
      height: 1,
    });
  });
});
