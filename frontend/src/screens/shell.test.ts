import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../lib/backend/backend';
import { sampleCase } from '../lib/backend/fake-data';
import { openCase, openPage } from '../test/page';

const dialog = () => within(screen.getByRole('dialog'));

describe('undo', () => {
  const settleLate = async () => {
    const page = await openCase('promises');
    await page.person.click(screen.getByRole('button', { name: /How did it end\?: Refund/ }));
    await page.person.click(dialog().getByRole('radio', { name: 'not kept' }));
    await page.person.type(dialog().getByLabelText(/Note/), 'Nothing was paid.');
    await page.person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Nothing was paid.')).toBeInTheDocument();
    return page;
  };

  it('takes back what was done last from the notice, and the screen reads anew', async () => {
    const { person } = await settleLate();
    const notice = screen.getByText('How the promise ended is on record.').closest<HTMLElement>('[role=status]')!;
    await person.click(within(notice).getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(screen.queryByText('Nothing was paid.')).not.toBeInTheDocument());
    expect(notice).toHaveTextContent('Undone: “How the promise ended is on record.”');
    await person.click(within(notice).getByRole('button', { name: 'Do it again' }));
    expect(await screen.findByText('Nothing was paid.')).toBeInTheDocument();
  });

  it('goes by keyboard, one act after the other', async () => {
    const { person } = await settleLate();
    await person.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(screen.queryByText('Nothing was paid.')).not.toBeInTheDocument());
    await person.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(await screen.findByText('Nothing was paid.')).toBeInTheDocument();
  });

  it('leaves the keys to the field while somebody types', async () => {
    const { person, backend } = await settleLate();
    const undo = vi.spyOn(backend, 'undo');
    await person.click(screen.getByRole('button', { name: 'Add a promise' }));
    await person.type(dialog().getByLabelText('What they promised'), 'A call{Control>}z{/Control}');
    expect(undo).not.toHaveBeenCalled();
  });

  it('leaves the screen of a case that was begun by mistake', async () => {
    location.hash = '#/new';
    const { person } = await openPage({ cases: [sampleCase] });
    await person.type(screen.getByLabelText('What is it about?'), 'By mistake');
    await person.type(screen.getByLabelText('Company'), 'Lavamar');
    await person.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByRole('heading', { level: 1, name: 'By mistake' });
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Cases' })).toBeInTheDocument();
    expect(screen.queryByText('By mistake')).not.toBeInTheDocument();
  });

  it('says why when it can’t be, and does not offer it again', async () => {
    const { person, backend } = await settleLate();
    vi.spyOn(backend, 'undo').mockRejectedValue(new Failure('already_retracted', { value: 'x' }));
    await person.keyboard('{Control>}z{/Control}');
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });
});

describe('the palette', () => {
  it('does what its line says', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    await person.keyboard('{Control>}k{/Control}');
    await person.type(screen.getByRole('combobox'), 'dark');
    await person.keyboard('{Enter}');
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(screen.queryByRole('combobox')).not.toBeInTheDocument();
  });

  it('finds what is on record, and opens the right place', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    await person.keyboard('{Control>}k{/Control}');
    await person.type(screen.getByRole('combobox'), 'refund');
    const promises = await screen.findByRole('group', { name: 'Promises' });
    await person.click(within(promises).getByRole('option', { name: /Refund the whole order/ }));
    expect(location.hash).toBe('#/case/parcel/promises/p2');
    await waitFor(() => expect(document.getElementById('entry-p2')).toHaveAttribute('data-revealed'));
    await person.keyboard('{Control>}k{/Control}');
    const recent = screen.getByRole('group', { name: 'Recent' });
    expect(within(recent).getAllByRole('option')[0]).toHaveTextContent('Refund the whole order');
  });

  it('goes through the lines by arrow keys, around the ends', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    await person.keyboard('{Control>}k{/Control}');
    const field = screen.getByRole('combobox');
    await person.type(field, 'parcel');
    await screen.findByRole('group', { name: 'Cases' });
    await person.keyboard('{ArrowUp}');
    const options = screen.getAllByRole('option');
    expect(options.at(-1)).toHaveAttribute('aria-selected', 'true');
    expect(field).toHaveAttribute('aria-activedescendant', options.at(-1)!.id);
    await person.keyboard('{ArrowDown}');
    expect(screen.getAllByRole('option')[0]).toHaveAttribute('aria-selected', 'true');
  });

  it('says when nothing fits', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    await person.keyboard('{Control>}k{/Control}');
    await person.type(screen.getByRole('combobox'), 'zzz');
    expect(await screen.findByText(/Nothing fits “zzz”/)).toBeInTheDocument();
  });
});

describe('the menu', () => {
  it('has every action with its keys, and is gone through by keyboard', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    const opener = screen.getByRole('button', { name: 'Menu' });
    opener.focus();
    await person.keyboard('{Enter}');
    const lines = screen.getAllByRole('menuitem');
    expect(lines[0]).toHaveFocus();
    expect(screen.getByRole('menuitem', { name: 'Find anything' })).toHaveTextContent('Ctrl K');
    await person.keyboard('{ArrowUp}');
    expect(lines.at(-1)).toHaveFocus();
    await person.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
    expect(opener).toHaveFocus();
  });

  it('does what its line says', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    await person.click(screen.getByRole('button', { name: 'Menu' }));
    await person.click(screen.getByRole('menuitem', { name: 'Settings' }));
    expect(location.hash).toBe('#/settings');
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
  });

  it('is the system’s own where there is one', async () => {
    const { backend } = await openPage({ cases: [sampleCase], start: { nativeMenu: true } });
    expect(screen.queryByRole('button', { name: 'Menu' })).not.toBeInTheDocument();
    backend.chooseInMenu('settings');
    await waitFor(() => expect(location.hash).toBe('#/settings'));
  });
});

describe('a link', () => {
  it('leads nowhere by itself', async () => {
    await openPage({ cases: [sampleCase] });
    const link = Object.assign(document.createElement('a'), { href: 'https://elsewhere.example/' });
    screen.getByRole('main').append(link);
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    link.dispatchEvent(click);
    expect(click.defaultPrevented).toBe(true);
  });
});
