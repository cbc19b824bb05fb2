import { describe, expect, it } from 'vitest';
import { sampleCase } from '../../lib/backend/fake-data';
import { byDay, pick, rowsOf } from './filters';

const { timeline: items, promises, evidence } = sampleCase;
const rows = rowsOf({ first: 0, total: items.length, items, promises, evidence });
const ids = (picked: ReturnType<typeof pick>) => picked.map((row) => row.item.id);

describe('the timeline', () => {
  it('shows everything when nothing is chosen', () => {
    expect(pick(rows, [], '')).toHaveLength(sampleCase.timeline.length);
  });

  it('shows the chosen groups, and contacts for the promises made in them', () => {
    expect(ids(pick(rows, ['emails'], ''))).toEqual(['m1']);
    expect(ids(pick(rows, ['promises'], ''))).toEqual(['c1', 'c3', 's1']);
    expect(ids(pick(rows, ['emails', 'calls'], ''))).toEqual(['c1', 'c2', 'm1', 'c3']);
  });

  it.each([
    ['ivan', ['c3']],
    ['refund whole', ['c3']],
    ['albaran', ['c3']],
    ['inc-20871', ['c1', 'c3']],
    ['quien lo envio', ['c2']],
  ])('finds %s by people, promises, evidence, references and words said', (query, want) => {
    expect(ids(pick(rows, [], query))).toEqual(want);
  });

  it('has the newest day first, and keeps the order within a day', () => {
    const twice = [...rows, { ...rows[0]!, item: { ...rows[0]!.item, id: 'later that day' } }];
    const days = byDay(twice);
    expect(days.map((group) => group.day)).toEqual([...days.map((group) => group.day)].sort().reverse());
    expect(days.at(-1)?.items.map((item) => item.id)).toEqual(['c1', 'later that day']);
  });
});
