import { screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { fakeConversation, fakeEmail } from '../lib/backend/fake-find';
import { openCase } from '../test/page';

/** The screen on which emails of the open case are found; prepare is done before it is gone to. */
async function openMail() {
  const opened = await openCase('timeline');
  opened.backend.mail.list = [
    { id: 'm', address: 'dolores@example.org', server: 'imap.example.org', signIn: 'password', hasSecret: true },
  ];
  opened.backend.emails.start = {
    suggestions: [
      {
        kind: 'domain',
        text: 'rayo.example',
        reason: 'company',
        company: 'Rayo',
        label: '',
        day: '',
        count: 0,
        likely: true,
      },
      { kind: 'name', text: 'Rayo', reason: 'company', company: 'Rayo', label: '', day: '', count: 0, likely: false },
    ],
    unfinished: null,
    watch: null,
  };
  opened.backend.emails.conversations = [
    fakeConversation('1', 'Su envío', [
      fakeEmail('1', 'Rayo', '2026-03-02T10:05'),
      fakeEmail('2', 'Dolores', '2026-03-03T10:05'),
    ]),
    fakeConversation('3', 'Ofertas', [fakeEmail('3', 'Rayo', '2026-02-02T10:05')]),
    fakeConversation('4', 'Antiguo', [fakeEmail('4', 'Rayo', '2026-01-02T10:05', 'known')]),
  ];
  return opened;
}

async function search(person: Awaited<ReturnType<typeof openMail>>['person']) {
  await person.click(screen.getAllByRole('button', { name: 'Find emails' })[0]!);
  await person.click(await screen.findByRole('button', { name: 'Search' }));
  await screen.findByRole('button', { name: 'Search again' }); // the search is over
  await screen.findByText('4 emails', { exact: false });
}

it('what is likely is looked for in the mailbox that is connected', async () => {
  const { person, backend } = await openMail();
  await search(person);
  expect(backend.emails.searched).toMatchObject({
    mailboxId: 'm',
    selectionId: '',
    terms: [{ kind: 'domain', text: 'rayo.example' }],
    everything: false,
  });
});

it('what is in the case already can’t be chosen, and one conversation can be left out', async () => {
  const { person, backend } = await openMail();
  await search(person);
  expect(screen.getByRole('checkbox', { name: 'Choose: Antiguo' })).toBeDisabled();
  await person.click(screen.getByRole('checkbox', { name: 'Choose: Ofertas' }));
  expect(screen.getByRole('checkbox', { name: 'Choose all' })).toBePartiallyChecked();
  await person.click(screen.getByRole('button', { name: 'Take in 2 emails' }));
  expect((await screen.findAllByText('2 emails are now in the case.')).length).toBeGreaterThan(0);
  expect(backend.emails.imported).toEqual(['1', '2']);
});

it('one email of a conversation can be read and left out', async () => {
  const { person, backend } = await openMail();
  await search(person);
  screen.getByRole('checkbox', { name: 'Choose: Su envío' }).focus();
  await person.keyboard('{Enter}');
  const emails = within(screen.getByRole('checkbox', { name: /Choose the email of Dolores/ }).closest('li')!);
  await person.click(emails.getByRole('button', { name: 'Show the text' }));
  expect(await emails.findByText('El paquete no ha llegado.')).toBeInTheDocument();
  await person.click(emails.getByRole('checkbox'));
  expect(screen.getByRole('checkbox', { name: 'Choose: Su envío' })).toBePartiallyChecked();
  await person.keyboard('{Control>}{Enter}{/Control}');
  expect((await screen.findAllByText('2 emails are now in the case.')).length).toBeGreaterThan(0);
  expect(backend.emails.imported).toEqual(['1', '3']);
});

it('an email that was logged as a contact is offered as one with it', async () => {
  const { person, backend } = await openMail();
  backend.emails.same = [{ messageId: '1', contactId: 'c', subject: 'Su envío', company: 'Rayo', day: '2026-03-02' }];
  await search(person);
  await person.click(screen.getByRole('button', { name: 'Take in 3 emails' }));
  await person.click(await screen.findByRole('button', { name: 'Yes, join them' }));
  expect(await screen.findByText('The email and the contact count as one now.')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Yes, join them' })).not.toBeInTheDocument();
});

it('an import that was cut off is offered to go on', async () => {
  const { person, backend } = await openMail();
  backend.emails.start = { ...backend.emails.start, unfinished: { total: 214, mailboxId: 'm' } };
  await person.click(screen.getAllByRole('button', { name: 'Find emails' })[0]!);
  expect(await screen.findByText('Taking in 214 emails was cut off.')).toBeInTheDocument();
  await person.click(screen.getByRole('button', { name: 'Go on' }));
  expect((await screen.findAllByText('3 emails are now in the case.')).length).toBeGreaterThan(0);
});

it('what could not be taken in is told with its reasons, each once', async () => {
  const { person, backend } = await openMail();
  const failed = (code: string, values: Record<string, string>) => JSON.stringify({ code, values });
  backend.emails.failures = [
    failed('mail_archive_unreadable', { path: '/home/dolores/correos/copia.zip' }),
    failed('not_found', { kind: 'message', value: '57' }),
    failed('not_found', { kind: 'message', value: '58' }),
  ];
  await search(person);
  await person.click(screen.getByRole('button', { name: 'Take in 3 emails' }));
  const told = within((await screen.findByText('3 could not be taken in.')).parentElement!);
  const reasons = told.getAllByRole('listitem').map((one) => one.textContent);
  expect(reasons).toHaveLength(2);
  expect(reasons[0]).toMatch(/^copia\.zip can’t be unpacked/);
  expect(reasons[1]).toMatch(/^It is no longer in the mailbox/);
});
