import Flag from '@lucide/svelte/icons/flag';
import { describe, expect, it, vi } from 'vitest';
import { Finding } from './finding.svelte';
import { grouped, type Item } from './item';
import { marked } from './marked';

const item = (id: string, group: Item['group']): Item => ({ id, group, label: id, icon: Flag, run: () => {} });

describe('found words', () => {
  it('are marked where they begin with what was typed, accents or not', () => {
    expect(marked('Se lo dijo «Núria» ayer', 'nur')).toEqual([
      { text: 'Se lo dijo ', found: false },
      { text: 'Núria', found: true },
      { text: ' ayer', found: false },
    ]);
  });

  it('are told from what somebody quoted', () => {
    expect(marked('Dijo «mañana» y «pasado»', 'pas')).toEqual([
      { text: 'Dijo «mañana» y ', found: false },
      { text: 'pasado', found: true },
    ]);
  });
});

describe('the groups', () => {
  it('stand in their order, and only those with lines', () => {
    const lines = grouped([item('a', 'promises'), item('b', 'actions'), item('c', 'promises')]);
    expect(lines.map(({ group, items }) => [group, items.map(({ id }) => id)])).toEqual([
      ['actions', ['b']],
      ['promises', ['a', 'c']],
    ]);
  });
});

describe('finding', () => {
  /** A search whose answers come when the test says so. */
  function slowSearch() {
    const answers: Record<string, (items: Item[]) => void> = {};
    const search = vi.fn((words: string) => new Promise<Item[]>((done) => (answers[words] = done)));
    return { finding: new Finding(search), search, answers };
  }

  it('drops an answer that comes after a newer one was asked for', async () => {
    const { finding, answers } = slowSearch();
    const first = finding.ask('nu');
    const second = finding.ask('nur');
    answers.nur!([item('newer', 'people')]);
    await second;
    answers.nu!([item('older', 'people')]);
    await first;
    expect(finding.items.map(({ id }) => id)).toEqual(['newer']);
  });

  it('keeps what it shows until the next answer is there', async () => {
    const { finding, answers } = slowSearch();
    const first = finding.ask('nu');
    answers.nu!([item('one', 'people')]);
    await first;
    void finding.ask('nur');
    expect(finding.items.map(({ id }) => id)).toEqual(['one']);
    expect(finding.busy).toBe(true);
  });

  it('asks for nothing when nothing is typed', async () => {
    const { finding, search, answers } = slowSearch();
    const first = finding.ask('nu');
    await finding.ask('  ');
    answers.nu!([item('late', 'people')]);
    await first;
    expect(search).toHaveBeenCalledOnce();
    expect(finding.items).toEqual([]);
  });

  it('says that it failed, until it does not', async () => {
    const search = vi.fn().mockRejectedValueOnce(new Error('disk')).mockResolvedValueOnce([]);
    const finding = new Finding(search);
    await finding.ask('nu');
    expect(finding.failure).toBeInstanceOf(Error);
    await finding.ask('nur');
    expect(finding.failure).toBeUndefined();
  });
});
