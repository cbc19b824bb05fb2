import { describe, expect, it } from 'vitest';
import { Failure } from './backend/backend';
import { Paged } from './paged.svelte';

/** Gives so many numbers, ten at a time. */
const numbers = (total: number) => (first: number) =>
  Promise.resolve({ total, items: Array.from({ length: Math.min(10, total - first) }, (_, at) => first + at) });

describe('a list in pages', () => {
  it('is read from its beginning, and on when more is asked for', async () => {
    const list = new Paged<number>();
    expect(list.items).toBeUndefined();
    await list.read('a', numbers(25));
    expect([list.items?.length, list.total]).toEqual([10, 25]);
    await list.more();
    await list.more();
    expect(list.items).toEqual(Array.from({ length: 25 }, (_, at) => at));
  });

  it('is read anew as far as it was shown, and another one from its beginning', async () => {
    const list = new Paged<number>();
    await list.read('a', numbers(25));
    await list.more();
    await list.read('a', numbers(24));
    expect([list.items?.length, list.total]).toEqual([20, 24]);
    await list.read('b', numbers(25));
    expect(list.items?.length).toBe(10);
  });

  it('keeps what is shown when it can’t be read, and says why', async () => {
    const list = new Paged<number>();
    await list.read('a', numbers(3));
    await list.read('a', () => Promise.reject(new Failure('not_found')));
    expect([list.items?.length, list.failure?.code, list.reading]).toEqual([3, 'not_found', false]);
  });

  it('of two readings under way keeps the later one', async () => {
    const list = new Paged<number>();
    let answer: (page: { total: number; items: number[] }) => void = () => {};
    const first = list.read('a', () => new Promise((done) => (answer = done)));
    await list.read('b', numbers(2));
    answer({ total: 1, items: [99] });
    await first;
    expect(list.items).toEqual([0, 1]);
  });

  it('shows first what was asked for, for as long as that stands farther behind', async () => {
    const list = new Paged<number>();
    const find = () => Promise.resolve([17]);
    await list.read('a', numbers(25));
    await list.name((one) => one === 17, find);
    expect(list.items?.slice(0, 3)).toEqual([17, 0, 1]);
    await list.more();
    expect(list.items).toEqual(Array.from({ length: 20 }, (_, at) => at));
    await list.name(
      (one) => one === 24,
      () => Promise.resolve([]),
    ); // it is gone
    expect(list.items).toHaveLength(20);
    await list.name(
      (one) => one === 24,
      () => Promise.resolve([24]),
    );
    await list.read('b', numbers(25));
    expect(list.items?.[0]).toBe(0);
  });

  it('ends where the program gives nothing more, whatever it counted', async () => {
    const list = new Paged<number>();
    await list.read('a', () => Promise.resolve({ total: 5, items: [] }));
    expect([list.items, list.total]).toEqual([[], 0]);
  });
});
