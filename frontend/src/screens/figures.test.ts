import { screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { openCase } from '../test/page';

const dialog = () => within(screen.getByRole('dialog'));

it('the figures of a case are told in numbers, and each chart has its table', async () => {
  await openCase('figures');
  expect(await screen.findByText('Taxi to the depot')).toBeInTheDocument();
  expect(screen.getByText('€140.00, at €30.00 an hour')).toBeInTheDocument();
  expect(screen.getByText('15 years')).toBeInTheDocument();
  const byMonth = screen.getByText('Contacts by month').closest('figure');
  const rows = within(byMonth!).getAllByRole('row', { hidden: true });
  expect(rows.map((row) => row.textContent)).toEqual([
    'Monthcontacts',
    'June 20265',
    'July 20260',
    'August 20266',
    'September 20263',
  ]);
});

it('an expense without an amount is refused at its field, and one with it can be undone', async () => {
  const { person } = await openCase('figures');
  await person.click(await screen.findByRole('button', { name: 'Add an expense' }));
  await person.type(dialog().getByLabelText('What for'), 'Postage');
  await person.click(dialog().getByRole('button', { name: 'Save' }));
  expect(await dialog().findByLabelText('Amount')).toBeInvalid();
  await person.type(dialog().getByLabelText('Amount'), '4,30');
  await person.click(dialog().getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('The expense is on record.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /Undo/ })).toBeInTheDocument();
});
