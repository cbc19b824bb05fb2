import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { sampleCase } from '../lib/backend/fake-data';
import type { FakeBackend } from '../lib/backend/fake';
import { openPage } from '../test/page';

const [first] = sampleCase.promises;
/** The sample with a hundred promises that were not kept, and one of another company. */
const many = {
  ...sampleCase,
  promises: Array.from({ length: 101 }, (_, at) => ({
    ...first!,
    id: `promise-${at}`,
    what: `Call back, the time no. ${at}`,
    state: 'broken',
    earlier: at === 100 ? ['promise-7'] : [],
    partyId: at === 100 ? 'carrier' : 'shop',
    party: at === 100 ? 'Transportes Rauda' : 'Almacenes Miramar',
  })),
};
const rows = () => document.querySelectorAll('#case-promises li[id]').length;

async function openLedger(entry = '', prepare: (backend: FakeBackend) => void = () => {}) {
  location.hash = `#/case/parcel/promises${entry && `/${entry}`}`;
  const page = await openPage({ cases: [many] }, prepare);
  await screen.findByRole('heading', { name: /Not kept/, level: 3 });
  return page;
}

describe('a long list of promises', () => {
  it('comes a page at a time, counted whole', async () => {
    const { person } = await openLedger();
    expect(screen.getByRole('heading', { name: /Not kept/, level: 3 })).toHaveTextContent('101');
    expect(rows()).toBe(50);
    expect(screen.getByText('50 of 101')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Show more' }));
    await waitFor(() => expect(rows()).toBe(100));
  });

  it('is asked for by company', async () => {
    const { person } = await openLedger();
    await person.click(screen.getByRole('radio', { name: 'Transportes Rauda' }));
    await waitFor(() => expect(rows()).toBe(1));
    expect(screen.getByRole('heading', { name: /Not kept/, level: 3 })).toHaveTextContent('1');
    expect(screen.getByText(/promised 1 time before/)).toBeInTheDocument();
  });

  it('has the one that the search found among the first', async () => {
    await openLedger('promise-100');
    await waitFor(() => expect(document.querySelector('[data-revealed]')).toHaveTextContent('the time no. 100'));
    expect(rows()).toBe(51);
  });

  it('offers the latest ones where a promise is made again', async () => {
    const { person } = await openLedger('', (backend) => void vi.spyOn(backend, 'promisePage'));
    await person.click(screen.getByRole('button', { name: 'Add a promise' }));
    const again = await screen.findByRole('combobox', { name: /Is it an earlier promise again/, hidden: true });
    expect(within(again).getAllByRole('option', { hidden: true })[1]).toHaveTextContent('the time no. 100');
  });
});
