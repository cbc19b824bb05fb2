import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import { Failure } from '../lib/backend/backend';
import { fakeRunaround } from '../lib/backend/fake-runaround';
import { sampleCase } from '../lib/backend/fake-data';
import { openCase, openPage } from '../test/page';

const dialog = () => within(screen.getByRole('dialog'));

it('who sent the person to whom stands there as a sentence, a picture and a table, each leading to its contact', async () => {
  await openCase('runaround');
  expect(await screen.findByText(/You were sent on 5 times, between 3 places\./)).toBeInTheDocument();
  const picture = screen.getByRole('group', { name: 'Who sent you to whom' });
  const arrows = within(picture).getAllByRole('link');
  expect(arrows).toHaveLength(3);
  expect(arrows[1]).toHaveAttribute('href', '#/case/parcel/timeline/c2');
  expect(arrows[1]!.querySelector('title')?.textContent).toMatch(
    /Transportes Rauda.*Sent you to: Almacenes Miramar.*Back where it began/,
  );
  const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
  expect(rows).toHaveLength(3);
  expect(within(rows[2]!).getByRole('link')).toHaveAttribute('href', '#/case/parcel/timeline/c3');
  expect(rows[2]).toHaveTextContent('the website');
  expect(rows[2]).toHaveTextContent('not known');
});

it('a case in which nobody sent the person on says so, and what to note', async () => {
  location.hash = `#/case/${sampleCase.id}/runaround`;
  await openPage({ cases: [sampleCase] }, (backend) => {
    backend.sent.told = { ...fakeRunaround, places: [], routes: [], turns: { first: 0, total: 0, items: [] } };
  });
  expect(await screen.findByText('Nobody has sent you on so far')).toBeInTheDocument();
  expect(screen.queryByRole('table')).not.toBeInTheDocument();
  expect(await screen.findByText(/Did two people tell you two different things\?/)).toBeInTheDocument();
});

it('what could not be read is said, and can be tried again', async () => {
  location.hash = `#/case/${sampleCase.id}/runaround`;
  const { person } = await openPage({ cases: [sampleCase] }, (backend) => {
    vi.spyOn(backend, 'runaround').mockRejectedValueOnce(new Failure('disk_failed', { path: '' }));
  });
  await person.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('table')).toBeInTheDocument();
});

it('a long runaround shows more of its turns when asked', async () => {
  location.hash = `#/case/${sampleCase.id}/runaround`;
  const turns = Array.from({ length: 30 }, (_, at) => ({ ...fakeRunaround.turns.items[0]!, contactId: `t${at}` }));
  const { backend, person } = await openPage({ cases: [sampleCase] }, (fake) => {
    fake.sent.told = { ...fakeRunaround, turns: { first: 0, total: 30, items: turns.slice(0, 5) } };
  });
  const table = await screen.findByRole('table');
  expect(screen.getByText(/each way once/)).toBeInTheDocument();
  backend.sent.told = { ...fakeRunaround, turns: { first: 0, total: 30, items: turns } };
  await person.click(screen.getByText('Show more: 25 left'));
  await waitFor(() => expect(table.querySelectorAll('tbody tr')).toHaveLength(30));
  expect(screen.queryByText(/Show more/)).not.toBeInTheDocument();
});

it('a contradiction without a question and sources is refused at its fields', async () => {
  const { person } = await openCase('runaround');
  await person.click(await screen.findByText('Pin a contradiction'));
  await person.click(dialog().getByText('Save'));
  expect(await dialog().findByLabelText('The question')).toBeInvalid();
  for (const source of dialog().getAllByRole('searchbox')) expect(source).toBeInvalid();
});

it('a contradiction is pinned with what two contacts said word for word', async () => {
  const { person } = await openCase('runaround');
  await person.click(await screen.findByText('Pin a contradiction'));
  await person.click(dialog().getByLabelText('The question'));
  await person.paste('Who has to claim?');
  const [first] = await dialog().findAllByText('Transportes Rauda', { exact: false });
  await person.click(first!);
  const said = () => dialog().getAllByLabelText('What they said');
  expect(said()[0]).toHaveValue('Eso lo tiene que reclamar quien lo envió, nosotros no podemos decirle nada.');
  await person.click(dialog().getByRole('searchbox'));
  await person.keyboard('{Enter}');
  await person.click(said()[1]!);
  await person.paste('You have to.');
  await person.click(dialog().getByText('Save'));

  expect(await screen.findByText('The contradiction is on record.')).toBeInTheDocument();
  const card = (await screen.findByText('Who has to claim?')).closest('li')!;
  expect(within(card).getByText('You have to.')).toBeInTheDocument();
  expect(within(card).getAllByRole('link')[0]).toHaveAttribute('href', '#/case/parcel/timeline/c2');
  expect(screen.getByText('Undo')).toBeInTheDocument();
});

it('a contradiction is corrected, and one whose contact was taken back says so', async () => {
  location.hash = `#/case/${sampleCase.id}/runaround`;
  const { person } = await openPage({ cases: [sampleCase] }, (backend) => {
    const answers = [
      { entryId: 'c2', said: 'You have to.' },
      { entryId: 'gone', said: 'We do it.' },
    ];
    backend.sent.pin('x', { caseId: sampleCase.id, question: 'Who has to claim?', note: '', answers });
    backend.sent.pinned()[0]!.answers[1]!.state = 'withdrawn';
  });
  const card = (await screen.findByText('Who has to claim?')).closest('li')!;
  expect(within(card).getByText('The entry it is from was taken back.')).toBeInTheDocument();
  expect(within(card).getByText('We do it.')).toBeInTheDocument();
  await person.click(within(card).getByTitle(/Who has to claim/));
  await person.click(within(card).getByText('Correct'));
  await person.click(dialog().getByLabelText(/A note/));
  await person.paste('Four days apart.');
  await person.click(dialog().getByText('Save'));
  expect(await screen.findByText('Four days apart.')).toBeInTheDocument();
  expect(await screen.findByText('corrected')).toBeInTheDocument();
});

it('a third answer comes and goes, and two stay', async () => {
  const { person } = await openCase('runaround');
  await person.click(await screen.findByText('Pin a contradiction'));
  expect(dialog().queryByText(/Remove answer/)).not.toBeInTheDocument();
  await person.click(dialog().getByText('Another answer'));
  expect(dialog().getAllByLabelText('What they said')).toHaveLength(3);
  await person.click(dialog().getByText('Remove answer 2'));
  expect(dialog().getAllByLabelText('What they said')).toHaveLength(2);
});
