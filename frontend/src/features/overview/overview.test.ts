import { describe, expect, it } from 'vitest';
import { FakeBackend } from '../../lib/backend/fake';
import { sampleCase } from '../../lib/backend/fake-data';
import { daysAround, drawingOf } from './strip';

const strip = await new FakeBackend({ cases: [sampleCase] }).strip(sampleCase.id);

describe('the strip', () => {
  it('is not drawn for a case in which nothing happened', () => {
    expect(drawingOf({ ...strip, first: '' })).toBeNull();
  });

  it('runs from the first contact to today, with every mark between', () => {
    const { marks, flags, months } = drawingOf(strip)!;
    expect(marks[0]?.x).toBe(0);
    expect([...marks, ...flags, ...months].every(({ x }) => x >= 0 && x <= 1)).toBe(true);
    expect(Math.max(...marks.map((mark) => mark.hold))).toBe(1);
  });

  it('draws a mark that stands for many in the middle of its days, and larger than one for few', () => {
    const many = { ...strip.marks[0]!, day: strip.first, until: strip.last, count: 40 };
    const [drawn, few] = drawingOf({ ...strip, marks: [many, { ...many, count: 10 }], flags: [] })!.marks;
    expect(drawn).toMatchObject({ x: 0.5, size: 1 });
    expect(few).toMatchObject({ size: 0.25 });
  });

  it('holds a case of one day, and names at most a dozen months of one of years', () => {
    const one = { ...strip, marks: strip.marks.slice(0, 1), flags: [], gaps: [], last: strip.first };
    expect(drawingOf(one)!.marks).toHaveLength(1);
    const { months, years } = drawingOf({ ...strip, last: '2044-01-01' })!;
    expect(months.length).toBeLessThanOrEqual(12);
    expect(years).toBe(true);
    expect(months.every(({ from }) => from.endsWith('-01-01'))).toBe(true);
  });

  it('gives the days around a place, a week at least', () => {
    const drawing = drawingOf({ ...strip, flags: [] })!;
    expect(daysAround(drawing, 0)).toEqual({ from: '2026-06-15', to: '2026-06-21' });
    expect(daysAround(drawing, 1)).toEqual({ from: '2026-11-19', to: '2026-11-25' });
  });
});
