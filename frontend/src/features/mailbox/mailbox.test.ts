import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../../lib/backend/backend';
import type { FakeBackend } from '../../lib/backend/fake';
import { sampleCase } from '../../lib/backend/fake-data';
import { untrusted } from '../../lib/backend/fake-mailboxes';
import { openPage } from '../../test/page';

async function openConnect(prepare?: (backend: FakeBackend) => void) {
  location.hash = '#/settings';
  const page = await openPage({}, prepare);
  await page.person.click(await screen.findByRole('button', { name: 'Connect a mailbox' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Connect a mailbox' }));
  return { ...page, dialog };
}

describe('connecting a mailbox', () => {
  it('needs an address and a password where the table knows the server', async () => {
    const { person, dialog, backend } = await openConnect();
    expect(dialog.getByLabelText(/Your email address/)).toHaveFocus();
    await person.keyboard('elena@gmail.com');
    expect(await dialog.findByText('Gmail')).toBeVisible();
    await person.type(dialog.getByLabelText(/App password/), 'abcd efgh ijkl mnop');
    await person.click(dialog.getByRole('button', { name: 'Connect' }));
    expect(await dialog.findByText('It holds 12,431 emails.')).toBeVisible();
    await waitFor(() => expect(dialog.getByRole('button', { name: 'Continue' })).toHaveFocus());
    await person.keyboard('{Enter}');
    expect(await screen.findByText('elena@gmail.com is connected.')).toBeVisible();
    expect(backend.mail.list).toHaveLength(1);
  });

  it('says that a password is remembered for the session only where no keyring took it', async () => {
    const { person, dialog } = await openConnect((backend) => (backend.mail.keyring = false));
    await person.keyboard('elena@gmail.com');
    await person.type(await dialog.findByLabelText(/App password/), 'abcd');
    await person.click(dialog.getByRole('button', { name: 'Connect' }));
    expect(await dialog.findByText(/remembered only until you close Constancia/)).toBeVisible();
  });

  it('shows the way by files in pictures, and no password, where passwords are refused', async () => {
    const { person, dialog } = await openConnect();
    await person.keyboard('elena@hotmail.com');
    expect(await dialog.findByText('Drop them here')).toBeVisible();
    expect(dialog.queryByLabelText(/password/i)).toBeNull();
    expect(dialog.getByRole('button', { name: 'Bring saved emails' })).toBeVisible();
  });

  it('asks nobody about a domain that is not in the table before the person says so', async () => {
    const { person, dialog } = await openConnect();
    await person.keyboard('taller@taller.example');
    expect(await dialog.findByText(/They learn that somebody here asks about taller.example/)).toBeVisible();
    await person.click(dialog.getByRole('button', { name: 'Look it up' }));
    expect(await dialog.findByDisplayValue('correo.taller.example')).toBe(dialog.getByLabelText(/Mail server/));
    expect(dialog.getByText(/check that you know the server/)).toBeVisible();
  });

  it('shows the way by files where the server that was found takes no passwords', async () => {
    const { person, dialog } = await openConnect();
    await person.keyboard('elena@empresa.example');
    await person.click(await dialog.findByRole('button', { name: 'Look it up' }));
    expect(await dialog.findByDisplayValue('outlook.office365.com')).toBeVisible();
    expect(dialog.getByText('Drop them here')).toBeVisible();
    expect(dialog.queryByLabelText(/^Password/)).toBeNull();
  });

  it('drops a server that was found for another address', async () => {
    const { person, dialog } = await openConnect();
    const address = dialog.getByLabelText(/Your email address/);
    await person.keyboard('taller@taller.example');
    await person.click(await dialog.findByRole('button', { name: 'Look it up' }));
    expect(await dialog.findByDisplayValue('correo.taller.example')).toBe(dialog.getByLabelText(/Mail server/));
    await person.clear(address);
    await person.type(address, 'elena@gmail.com');
    expect(await dialog.findByText('Gmail')).toBeVisible();
    expect(dialog.getByLabelText(/Mail server/)).toHaveValue('');
  });

  it('shows a certificate that nobody vouches for, and trusts it only when the person says so', async () => {
    const { person, dialog, backend } = await openConnect((backend) => {
      backend.mail.refusal = new Failure('certificate_untrusted', untrusted);
    });
    await person.keyboard('elena@gmx.es');
    await person.type(await dialog.findByLabelText(/^Password/), 'secreta');
    await person.click(dialog.getByRole('button', { name: 'Connect' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('correo.taller.example');
    expect(dialog.getByText(/^(5F5F ){15}5F5F$/)).toBeVisible();
    expect(backend.mail.list).toHaveLength(0);
    await person.click(dialog.getByRole('button', { name: 'Trust this key from now on' }));
    expect(await dialog.findByText('It holds 12,431 emails.')).toBeVisible();
  });

  it('tells why nobody was let in, and keeps what was typed', async () => {
    const { person, dialog } = await openConnect();
    await person.keyboard('elena@gmx.es');
    await person.type(await dialog.findByLabelText(/^Password/), 'wrong');
    await person.click(dialog.getByRole('button', { name: 'Connect' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('did not accept the password of elena@gmx.es');
    expect(dialog.getByLabelText(/^Password/)).toHaveValue('wrong');
  });
});

describe('leave of the provider', () => {
  it('stands under Advanced, behind the way by files, and takes a client id of the person’s own', async () => {
    const { person, dialog, backend } = await openConnect();
    await person.keyboard('elena@hotmail.com');
    expect(await dialog.findByText('Drop them here')).toBeVisible();
    expect(dialog.getByText('With a client id of your own')).not.toBeVisible();
    await person.click(dialog.getByText('Advanced'));
    await person.click(dialog.getByRole('button', { name: 'Ask in the browser' }));
    expect(await dialog.findByText('Fill in “Client id”.')).toBeVisible();
    await person.type(dialog.getByRole('textbox', { name: 'Client id' }), 'own');
    await person.click(dialog.getByRole('button', { name: 'Ask in the browser' }));
    expect(await dialog.findByText('It holds 12,431 emails.')).toBeVisible();
    expect(backend.mail.list).toMatchObject([{ address: 'elena@hotmail.com', signIn: 'oauth' }]);
  });

  it('is asked for again, and says where it is left to end when the mailbox is forgotten', async () => {
    location.hash = '#/settings';
    const { person } = await openPage({}, (backend) => {
      backend.mail.list = [
        { id: 'm1', address: 'elena@hotmail.com', server: 'microsoft', signIn: 'oauth', hasSecret: false },
      ];
    });
    await person.click(await screen.findByRole('button', { name: 'Ask for leave again: elena@hotmail.com' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Leave to read elena@hotmail.com' }));
    await person.click(dialog.getByRole('button', { name: 'Ask in the browser' }));
    expect(await screen.findByText('elena@hotmail.com is connected.')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Forget elena@hotmail.com' }));
    expect(await screen.findByText(/Microsoft keeps on file/)).toBeVisible();
  });
});

describe('the mailboxes in the settings', () => {
  const known = (backend: FakeBackend) => {
    backend.mail.list = [
      { id: 'm1', address: 'elena@gmx.es', server: 'imap.gmx.com', signIn: 'password', hasSecret: false },
    ];
  };

  it('asks for the password again', async () => {
    location.hash = '#/settings';
    const { person, backend } = await openPage({}, known);
    expect(await screen.findByText(/Asks for its password/)).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Type the password again: elena@gmx.es' }));
    await screen.findByRole('dialog', { name: 'Password of elena@gmx.es' });
    await person.keyboard('secreta{Enter}');
    expect(await screen.findByText('elena@gmx.es is connected.')).toBeVisible();
    expect(backend.mail.list[0]?.hasSecret).toBe(true);
  });

  it('forgets one', async () => {
    location.hash = '#/settings';
    const { person, backend } = await openPage({}, known);
    await person.click(await screen.findByRole('button', { name: 'Forget elena@gmx.es' }));
    expect(await screen.findByText(/elena@gmx.es is forgotten/)).toBeVisible();
    expect(backend.mail.list).toHaveLength(0);
  });
});

describe('saved emails instead of a sign-in', () => {
  const toFiles = async (person: Awaited<ReturnType<typeof openPage>>['person']) => {
    await person.click(await screen.findByRole('button', { name: 'Connect a mailbox' }));
    await person.type(await screen.findByLabelText(/Your email address/), 'elena@hotmail.com');
    await person.click(await screen.findByRole('button', { name: 'Bring saved emails' }));
  };

  it('go to the only case there is', async () => {
    location.hash = '#/settings';
    const { person } = await openPage({ cases: [sampleCase] });
    await toFiles(person);
    await waitFor(() => expect(location.hash).toBe(`#/case/${sampleCase.id}/mail`));
  });

  it('go to the case that the person names', async () => {
    location.hash = '#/settings';
    const { person } = await openPage({ cases: [sampleCase, { ...sampleCase, id: 'sofa', title: 'The sofa' }] });
    await toFiles(person);
    const dialog = within(await screen.findByRole('dialog', { name: 'Which case are the emails about?' }));
    await person.click(dialog.getByRole('link', { name: 'The sofa' }));
    await waitFor(() => expect(location.hash).toBe('#/case/sofa/mail'));
  });
});

it('keys of signatures are asked for only where the person lets them be', async () => {
  location.hash = '#/settings';
  const { backend, person } = await openPage({}, (backend) => (backend.mail.keys = { asks: true, waiting: 3 }));
  const box = await screen.findByRole('checkbox', { name: /Ask for the keys when emails are taken in/ });
  expect(box).toBeChecked();
  expect(screen.getByText(/3 keys have not been answered yet\. They are asked for again/)).toBeVisible();
  await person.click(box);
  expect(await screen.findByText('Keys are asked for no more.')).toBeVisible();
  expect(backend.mail.keys.asks).toBe(false);
});

it('leave is asked of a service that the person names, and again once the mail server’s certificate is accepted', async () => {
  const { person, dialog, backend } = await openConnect();
  const asked = vi.spyOn(backend, 'authorizeMailbox');
  await person.type(dialog.getByLabelText(/Your email address/), 'elena@taller.example');
  await person.click(await dialog.findByText('Advanced'));
  await person.type(dialog.getByLabelText(/Mail server/), 'correo.taller.example');
  await person.type(dialog.getByLabelText('Authorization address'), 'https://taller.example/authorize');
  await person.type(dialog.getByLabelText('Token address'), 'https://taller.example/token');
  await person.type(dialog.getByLabelText(/Permissions/), 'mail');
  await person.type(dialog.getByRole('textbox', { name: 'Client id' }), 'own');
  backend.mail.refusal = new Failure('certificate_untrusted', untrusted);
  await person.click(dialog.getByRole('button', { name: 'Ask in the browser' }));
  await person.click(await dialog.findByRole('button', { name: 'Trust this key from now on' }));
  expect(await dialog.findByRole('button', { name: 'Continue' })).toBeVisible();
  const service = {
    service: '',
    authorizeUrl: 'https://taller.example/authorize',
    tokenUrl: 'https://taller.example/token',
  };
  expect(asked).toHaveBeenCalledTimes(2);
  expect(asked.mock.calls[1]![0]).toMatchObject({ ...service, scopes: 'mail', clientId: 'own' });
  expect(asked.mock.calls[1]![0].mailbox.pin).toBe(untrusted.fingerprint);
});
