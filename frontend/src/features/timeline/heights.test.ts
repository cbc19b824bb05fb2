import { describe, expect, it } from 'vitest';
import { Heights } from './heights';

describe('the heights of a long list', () => {
  it('are the estimate until a row was seen', () => {
    const heights = new Heights(10_000, 150);
    expect(heights.total).toBe(1_500_000);
    expect(heights.before(9_999)).toBe(1_499_850);
    expect(heights.at(1_499_900)).toBe(9_999);
  });

  it('say where each row begins, and which row is at a place, as adding them up would', () => {
    const heights = new Heights(1000, 100);
    const plain = Array.from({ length: 1000 }, () => 100);
    for (let row = 0; row < 1000; row += 7) {
      plain[row] = 40 + ((row * 37) % 300);
      expect(heights.set(row, plain[row]!)).toBe(plain[row]! - 100);
    }
    let place = 0;
    plain.forEach((height, row) => {
      expect(heights.before(row)).toBe(place);
      expect(heights.at(place)).toBe(row);
      expect(heights.at(place + height - 1)).toBe(row);
      place += height;
    });
    expect(heights.total).toBe(place);
  });

  it('count a row that was seen twice by what it grew', () => {
    const heights = new Heights(3, 100);
    heights.set(1, 150);
    expect(heights.set(1, 130)).toBe(-20);
    expect(heights.total).toBe(330);
  });

  it('give the first or the last row for a place outside', () => {
    const heights = new Heights(3, 100);
    expect([heights.at(-50), heights.at(9_000)]).toEqual([0, 2]);
    expect(new Heights(0, 100).at(5)).toBe(0);
  });
});
