import { describe, expect, it } from 'vitest';
import { sampleCase } from '../../lib/backend/fake-data';
import { stripOf } from './strip';

const happened = {
  marks: sampleCase.timeline.filter((item) => item.kind === 'contact' || item.kind === 'message'),
  promises: sampleCase.promises,
};
const today = sampleCase.today;

describe('the strip', () => {
  it('is not drawn for a case in which nothing happened', () => {
    expect(stripOf({ ...happened, marks: [] }, today)).toBeNull();
  });

  it('runs from the first contact to today, with every mark between', () => {
    const strip = stripOf(happened, today)!;
    expect(strip.marks[0]?.x).toBe(0);
    expect([...strip.marks, ...strip.promises, ...strip.months].every(({ x }) => x >= 0 && x <= 1)).toBe(true);
    expect(Math.max(...strip.marks.map((mark) => mark.hold))).toBe(1);
  });

  it('tells silences of three weeks and more, the one until today among them', () => {
    expect(stripOf(happened, today)!.gaps.map((gap) => gap.days)).toEqual([35, 67, 44]);
  });

  it('holds a case of one day, and names at most a dozen months of one of years', () => {
    const oneDay = { marks: happened.marks.slice(0, 1), promises: [] };
    expect(stripOf(oneDay, '2026-06-18')!.marks).toHaveLength(1);
    expect(stripOf(happened, '2031-01-01')!.months.length).toBeLessThanOrEqual(12);
  });
});
