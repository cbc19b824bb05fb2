import { describe, expect, it } from 'vitest';
import { sampleCase } from '../../lib/backend/fake-data';
import { standingOf } from './status';
import { stripOf } from './strip';

const withStates = (...states: string[]) => ({
  ...sampleCase,
  promises: states.map((state, at) => ({ ...sampleCase.promises[1]!, id: `${at}`, state, daysLate: at + 1 })),
});

describe('where a case stands', () => {
  it('is what is latest, whatever else there is', () => {
    const standing = standingOf(withStates('open', 'overdue', 'kept', 'overdue'));
    expect(standing).toMatchObject({ kind: 'late', promise: { id: '3' }, others: 1 });
  });

  it('is what is awaited when nothing is late', () => {
    expect(standingOf(withStates('kept', 'open', 'broken'))).toMatchObject({ kind: 'waiting', promise: { id: '1' } });
  });

  it('is quiet when nothing is pending, and empty when nothing happened', () => {
    expect(standingOf(withStates('kept')).kind).toBe('quiet');
    expect(standingOf({ ...withStates(), timeline: [] }).kind).toBe('nothing_yet');
  });
});

describe('the strip', () => {
  it('is not drawn for a case in which nothing happened', () => {
    expect(stripOf({ ...sampleCase, timeline: [] })).toBeNull();
  });

  it('runs from the first contact to today, with every mark between', () => {
    const strip = stripOf(sampleCase)!;
    expect(strip.marks[0]?.x).toBe(0);
    expect([...strip.marks, ...strip.promises, ...strip.months].every(({ x }) => x >= 0 && x <= 1)).toBe(true);
    expect(Math.max(...strip.marks.map((mark) => mark.hold))).toBe(1);
  });

  it('tells silences of three weeks and more, the one until today among them', () => {
    expect(stripOf(sampleCase)!.gaps.map((gap) => gap.days)).toEqual([35, 67, 44]);
  });

  it('holds a case of one day, and names at most a dozen months of one of years', () => {
    const oneDay = { ...sampleCase, today: '2026-06-18', timeline: sampleCase.timeline.slice(0, 1), promises: [] };
    expect(stripOf(oneDay)!.marks).toHaveLength(1);
    const years = { ...sampleCase, today: '2031-01-01' };
    expect(stripOf(years)!.months.length).toBeLessThanOrEqual(12);
  });
});
