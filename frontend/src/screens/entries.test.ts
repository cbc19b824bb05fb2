import { screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { openCase } from '../test/page';

const dialog = () => within(screen.getByRole('dialog'));

/** Opens the menu of the first contact on the timeline, and chooses from it. */
async function choose(person: Awaited<ReturnType<typeof openCase>>['person'], action: string) {
  const [menu] = await screen.findAllByRole('button', { name: /What can be done with it: contact attempt/ });
  await person.click(menu!);
  await person.click(screen.getAllByRole('menuitem', { name: action, hidden: true })[0]!);
}

describe('what can be done with an entry', () => {
  it('tells its history, with what a correction changed and why', async () => {
    const { person } = await openCase('timeline');
    await choose(person, 'History');
    expect(await dialog().findByText('38 min')).toBeInTheDocument();
    expect(dialog().getByText(/The phone’s log says so/)).toBeInTheDocument();
  });

  it('is to take it back, and to undo that', async () => {
    const { person, backend } = await openCase('timeline');
    const takeBack = vi.spyOn(backend, 'takeBack');
    await choose(person, 'Take back');
    expect(await screen.findByText(/It stays in the record, and counts no longer/)).toBeInTheDocument();
    expect(takeBack).toHaveBeenCalledOnce();
    expect(screen.getByRole('button', { name: /Undo/ })).toBeInTheDocument();
  });

  it('is to erase it, after being told what goes, what stays and what can’t be reached', async () => {
    const { person, backend } = await openCase('timeline');
    const erase = vi.spyOn(backend, 'eraseEntry');
    await choose(person, 'Erase for good');
    expect(await dialog().findByText('Answer within 48 hours')).toBeInTheDocument();
    expect(dialog().getByText(/dossier.pdf/)).toBeInTheDocument();
    expect(erase).not.toHaveBeenCalled();
    await person.type(dialog().getByLabelText(/Why/), 'A name that must go');
    await person.click(dialog().getByRole('button', { name: 'Erase for good' }));
    expect(await screen.findByText('Erased for good.')).toBeInTheDocument();
    expect(erase).toHaveBeenCalledWith(expect.any(String), 'A name that must go');
  });

  it('is to correct a contact in the form it was typed in', async () => {
    const { person, backend } = await openCase('timeline');
    const correct = vi.spyOn(backend, 'correctContact');
    await choose(person, 'Correct');
    const hold = await screen.findByLabelText(/Time on hold/);
    expect(hold).toHaveValue('21');
    await person.clear(hold);
    await person.type(hold, '38');
    await person.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByText('The correction is on record.')).toBeInTheDocument();
    expect(correct.mock.calls[0]?.[1]).toMatchObject({ hold: '38', summary: expect.stringContaining('Told her') });
  });
});
