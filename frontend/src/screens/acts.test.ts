import { screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { sampleCase } from '../lib/backend/fake-data';
import { openCase, openPage } from '../test/page';

const dialog = () => within(screen.getByRole('dialog'));
type Person = Awaited<ReturnType<typeof openCase>>['person'];

async function choose(person: Person, menu: string | RegExp, action: string) {
  const [button] = await screen.findAllByLabelText(menu);
  await person.click(button!);
  const own = button!.closest('li, .actions') as HTMLElement;
  await person.click(within(own).getByText(action));
}

const ofCase = 'What can be done with the case';

describe('correcting what stands', () => {
  it('a promise is shown as it would be typed, and corrected with a reason', async () => {
    const { person, backend } = await openCase('promises');
    const correct = vi.spyOn(backend, 'correctPromise');
    await choose(person, /What can be done with it: promise, Refund the whole order/, 'Correct');
    const what = await dialog().findByLabelText('What they promised');
    expect(what).toHaveValue('Refund the whole order to the card');
    await person.clear(dialog().getByLabelText('By when'));
    await person.type(dialog().getByLabelText('By when'), '7 days');
    await person.type(dialog().getByLabelText(/Why/), 'I looked at my notes');
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The correction is on record.')).toBeInTheDocument();
    expect(correct.mock.calls[0]?.[1].terms).toMatchObject({ due: '7 days' });
    expect(correct.mock.calls[0]?.[2]).toBe('I looked at my notes');
    expect(await screen.findByText('corrected')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /Undo/ })).toBeInTheDocument();
  });

  it('a promise without words is refused at its field', async () => {
    const { person } = await openCase('promises');
    await choose(person, /What can be done with it: promise, Refund the whole order/, 'Correct');
    await person.clear(await dialog().findByLabelText('What they promised'));
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await dialog().findByRole('alert')).toHaveFocus();
    expect(dialog().getByLabelText('What they promised')).toBeInvalid();
  });

  it('an expense is shown as it would be typed', async () => {
    const { person, backend } = await openCase('figures');
    const correct = vi.spyOn(backend, 'correctExpense');
    await choose(person, 'What can be done with it: expense, Taxi to the depot', 'Correct');
    const amount = await dialog().findByLabelText('Amount');
    expect(amount).toHaveValue('12.5');
    await person.clear(amount);
    await person.type(amount, '14');
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The correction is on record.')).toBeInTheDocument();
    expect(correct).toHaveBeenCalledWith('x1', expect.objectContaining({ amount: '14', when: '4/8/2026' }), '');
  });

  it('the case is shown as it would be typed, and its head says that it was corrected', async () => {
    const { person } = await openCase();
    await choose(person, ofCase, 'Correct the case');
    const title = await screen.findByLabelText('What is it about?');
    expect(title).toHaveValue(sampleCase.title);
    await person.clear(title);
    await person.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByRole('alert')).toHaveFocus();
    await person.type(title, 'The July parcel');
    await person.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByRole('heading', { level: 1, name: 'The July parcel' })).toBeInTheDocument();
    expect(screen.getByText('The correction is on record.')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: /Undo/ }));
    expect(await screen.findByRole('heading', { level: 1, name: sampleCase.title })).toBeInTheDocument();
  });
});

describe('closing a case', () => {
  it('asks how it ended, says so, and can be undone', async () => {
    const { person } = await openCase();
    await choose(person, ofCase, 'Close the case');
    await person.click(dialog().getByRole('button', { name: 'Close the case' }));
    expect(await dialog().findByRole('alert')).toHaveFocus();
    await person.click(dialog().getByRole('radio', { name: 'solved in part' }));
    await person.type(dialog().getByLabelText(/In your words/), 'They paid half.');
    await person.click(dialog().getByRole('button', { name: 'Close the case' }));
    expect(await screen.findByText(/^Closed on .* solved in part\.$/)).toBeInTheDocument();
    expect(screen.getByText('They paid half.')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: /Undo/ }));
    expect(await screen.findByRole('button', { name: 'Export dossier' })).toBeInTheDocument();
    expect(screen.queryByText(/^Closed on/)).not.toBeInTheDocument();
  });

  it('puts it apart from those that go on, out of Today, until it is opened again', async () => {
    const ending = { kind: 'gave_up', day: '2026-11-01', note: '' };
    const open = { ...sampleCase, id: 'open', title: 'The line that never came' };
    location.hash = '#/cases';
    const { person } = await openPage({ cases: [{ ...sampleCase, ending }, open] });
    expect(await screen.findByRole('heading', { level: 2, name: 'Closed 1' })).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 3, name: sampleCase.title })).toBeInTheDocument();
    expect(screen.getByText('Closed on 1 November 2026: given up.')).toBeInTheDocument();
    await person.click(screen.getByRole('link', { name: 'Today' }));
    await screen.findByRole('heading', { level: 1, name: 'Today' });
    expect(within(screen.getByRole('main')).queryByText(sampleCase.title)).not.toBeInTheDocument();
    location.hash = `#/case/${sampleCase.id}`;
    await choose(person, ofCase, 'Open the case again');
    expect(await screen.findByText('The case is open again.')).toBeInTheDocument();
  });
});
