import { describe, expect, it, vi } from 'vitest';
import { everything, Failure, type TimelinePage } from '../../lib/backend/backend';
import { FakeBackend } from '../../lib/backend/fake';
import { emptyItem, sampleCase } from '../../lib/backend/fake-data';
import { pageSize, TimelineRows } from './rows.svelte';

const long = {
  ...sampleCase,
  timeline: Array.from({ length: 1000 }, (_, at) => ({ ...emptyItem, id: `${at}`, day: `2026-01-${10 + (at % 10)}` })),
};

async function rowsOfLong() {
  const backend = new FakeBackend({ cases: [long] });
  const asked = vi.spyOn(backend, 'timelinePage');
  const rows = new TimelineRows(backend);
  await rows.read(long.id, { ...everything, oldestFirst: true });
  return { rows, asked, backend };
}

describe('the rows of a timeline', () => {
  it('are read page by page, with the day before the first of each', async () => {
    const { rows, asked } = await rowsOfLong();
    expect(rows.total).toBe(1000);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(rows.at(0)).toMatchObject({ item: { id: '0' }, dayBefore: '' });
    expect(rows.at(pageSize)).toBeUndefined();
    rows.ensure(0, 20);
    expect(asked).toHaveBeenCalledTimes(1);
    rows.ensure(10, 30);
    await vi.waitFor(() => expect(rows.at(pageSize)).toMatchObject({ dayBefore: rows.at(pageSize - 1)?.item.day }));
    rows.ensure(10, 30);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('are let go of when they are far away, and those in view stay', async () => {
    const { rows } = await rowsOfLong();
    for (let first = 0; first < 900; first += pageSize) {
      rows.ensure(first, first + 10);
      await vi.waitFor(() => expect(rows.at(first + 10)).toBeDefined());
    }
    expect(rows.at(0)).toBeUndefined();
  });

  it('are read again where they are in view when nothing else is wanted, and from the first on when others are', async () => {
    const { rows, asked } = await rowsOfLong();
    rows.ensure(500, 520);
    await vi.waitFor(() => expect(rows.at(510)).toBeDefined());
    await rows.read(long.id, { ...everything, oldestFirst: true });
    expect(rows.at(510)?.item.id).toBe('510');
    expect(rows.at(0)).toBeUndefined();
    asked.mockClear();
    await rows.read(long.id, everything);
    expect(asked.mock.calls.map(([, , { first }]) => first)).toEqual([0]);
  });

  it('stay until others are there, and an answer that comes too late is not looked at', async () => {
    const { rows, backend } = await rowsOfLong();
    const answers: ((page: TimelinePage) => void)[] = [];
    vi.spyOn(backend, 'timelinePage').mockImplementation(() => new Promise((answer) => answers.push(answer)));
    const page = { first: 0, dayBefore: '', items: [], promises: [], evidence: [] };
    const first = rows.read(long.id, { ...everything, words: 'a' });
    const second = rows.read(long.id, { ...everything, words: 'ab' });
    expect(rows.at(0)?.item.id).toBe('0');
    answers[1]!({ ...page, total: 2 });
    await second;
    answers[0]!({ ...page, total: 7 });
    await first;
    expect(rows.total).toBe(2);
  });

  it('say why they could not be read', async () => {
    const { rows, backend } = await rowsOfLong();
    vi.spyOn(backend, 'timelinePage').mockRejectedValue(new Failure('disk_failed'));
    await rows.read(long.id, everything);
    expect(rows.failure?.code).toBe('disk_failed');
  });
});
