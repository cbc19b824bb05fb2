import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { sampleCase } from '../lib/backend/fake-data';
import { fakeConversation, fakeEmail } from '../lib/backend/fake-find';
import { openCase, openPage } from '../test/page';

const reading = `#/case/${sampleCase.id}/message/m1`;
const isRead = async () => {
  expect(location.hash).toBe(reading);
  expect(await screen.findByRole('tab', { name: 'Text' })).toBeInTheDocument();
};

describe('an email is read from where it is named', () => {
  it('by the palette', async () => {
    const { person } = await openPage({ cases: [sampleCase] }, (backend) => {
      const hit = { kind: 'message', id: 'm1', title: 'Su pedido', snippet: '', day: '2026-06-29' };
      vi.spyOn(backend, 'search').mockResolvedValue([{ ...hit, caseId: sampleCase.id, caseTitle: sampleCase.title }]);
    });
    await person.keyboard('{Control>}k{/Control}');
    await person.type(screen.getByRole('combobox'), 'pedido');
    await person.click(await screen.findByRole('option', { name: /Su pedido/ }));
    await isRead();
  });

  it('by the evidence that came with it', async () => {
    location.hash = `#/case/${sampleCase.id}/evidence`;
    const evidence = sampleCase.evidence.map((file) => ({ ...file, contactId: '', messageId: 'm1' }));
    const { person } = await openPage({ cases: [{ ...sampleCase, evidence }] });
    await person.click((await screen.findAllByRole('button', { name: /Delivery note/ }))[0]!);
    await person.click(within(await screen.findByRole('dialog')).getByRole('link', { name: 'Read the email' }));
    await isRead();
  });

  it.each([
    ['in which it was made', { madeIn: 'm1', byEmail: true }, 'in an email'],
    [
      'that shows how it ended',
      { shownBy: [{ id: 'm1', kind: 'message', day: '2026-06-29', channel: 'email', text: 'No hay rastro' }] },
      /No hay rastro/,
    ],
  ])('by the promise %s', async (_, rests, name) => {
    location.hash = `#/case/${sampleCase.id}/promises`;
    const promises = sampleCase.promises.slice(0, 1).map((promise) => ({ ...promise, ...rests }));
    const { person } = await openPage({ cases: [{ ...sampleCase, promises }] });
    await person.click(await screen.findByRole('link', { name }));
    await isRead();
  });

  it('by what was found and is in the case, and what was found is there afterwards', async () => {
    const { backend, person } = await openCase('timeline');
    backend.mail.list = [
      { id: 'm', address: 'dolores@example.org', server: 'imap.example.org', signIn: 'password', hasSecret: true },
    ];
    backend.emails.start = {
      ...backend.emails.start,
      suggestions: [
        { kind: 'name', text: 'Rayo', reason: 'company', company: 'Rayo', label: '', day: '', count: 0, likely: true },
      ],
    };
    backend.emails.conversations = [
      fakeConversation('1', 'Su envío', [
        fakeEmail('1', 'Rayo', '2026-03-02T10:05'),
        fakeEmail('m1', 'Rayo', '2026-03-03T10:05', 'known'),
      ]),
      fakeConversation('3', 'Ofertas', [fakeEmail('3', 'Rayo', '2026-02-02T10:05')]),
    ];
    await person.click(screen.getAllByRole('button', { name: 'Find emails' })[0]!);
    await person.click(await screen.findByRole('button', { name: 'Search' }));
    await person.click(await screen.findByRole('checkbox', { name: 'Choose: Ofertas' }));
    screen.getByRole('checkbox', { name: 'Choose: Su envío' }).focus();
    await person.keyboard('{Enter}');
    await person.click(screen.getByRole('link', { name: 'Read it' }));
    await isRead();
    history.back();
    await waitFor(() => expect(screen.getByRole('checkbox', { name: 'Choose: Ofertas' })).not.toBeChecked());
    expect(screen.getByRole('button', { name: 'Take in 1 email' })).toBeInTheDocument();
  });
});
