import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import { Failure } from '../lib/backend/backend';
import type { FakeBackend } from '../lib/backend/fake';
import { sampleCase } from '../lib/backend/fake-data';
import { openCase, openPage } from '../test/page';

const heading = () => screen.findByRole('heading', { level: 1, name: /Re: Pedido 88-4410/ });
const panel = () => within(screen.getByRole('tabpanel'));

async function openMessage(prepare?: (backend: FakeBackend) => void) {
  location.hash = `#/case/${sampleCase.id}/message/m1`;
  const page = await openPage({ cases: [sampleCase] }, prepare);
  await heading();
  return page;
}

it('an email of the timeline opens on its text, with what was quoted put away', async () => {
  const { person } = await openCase();
  await person.click(screen.getByRole('button', { name: 'Read' }));
  await heading();
  expect(location.hash).toBe(`#/case/${sampleCase.id}/message/m1`);
  expect(screen.getByText(/el paquete consta como entregado/)).toBeInTheDocument();
  expect(screen.getByText(/08:12 by the sender’s clock \(UTC\+01:00\)/)).toBeInTheDocument();
  expect(screen.queryByText('No lo he recibido.')).not.toBeInTheDocument();
  await person.click(screen.getByRole('button', { name: 'Show what was quoted' }));
  expect(screen.getByText('No lo he recibido.')).toBeInTheDocument();
  await person.click(screen.getByRole('button', { name: 'Hide what was quoted' }));
  expect(screen.queryByText('No lo he recibido.')).not.toBeInTheDocument();
});

it('its original look is in a frame in which nothing may run', async () => {
  const { person } = await openMessage();
  await person.click(screen.getByRole('tab', { name: 'Original look' }));
  const frame = screen.getByTitle('Original look of the email');
  expect(frame).toHaveAttribute('sandbox', 'allow-same-origin');
  expect(frame).not.toHaveAttribute('allow');
  expect(screen.getByText('2 hosts would have learned that you read this.')).toBeInTheDocument();
});

it('its links are listed with whose they are, and where their words say something else', async () => {
  const { person, backend } = await openMessage();
  await person.click(screen.getByRole('tab', { name: /Links/ }));
  expect(panel().queryByRole('link')).not.toBeInTheDocument();
  expect(
    screen.getByText('Its words name www.miramar.example, but it leads to promo.example.net.'),
  ).toBeInTheDocument();
  expect(panel().queryByRole('button', { name: /Open.* Pagar/ })).not.toBeInTheDocument();
  expect(screen.getByText(/It is never opened from here/)).toBeInTheDocument();
  await person.click(screen.getByRole('button', { name: 'Open… Tu pedido' }));
  const asked = within(screen.getByRole('dialog', { name: 'Leave the program?' }));
  expect(asked.getByText('miramar.example')).toBeInTheDocument();
  expect(backend.opened).toEqual([]);
  await person.click(asked.getByRole('button', { name: 'Open in the browser' }));
  expect(backend.opened).toEqual(['link']);
});

it('who would have learned that it was read is told, those first that were asked for that alone', async () => {
  const { person } = await openMessage();
  await person.click(screen.getByRole('tab', { name: /Links/ }));
  const [first, second] = panel().getAllByRole('group');
  expect(first).toHaveTextContent(/abre\.example\.net\s*made to tell who reads/);
  expect(second).toHaveTextContent(/miramar\.example\s*2 addresses/);
});

it('its route, what servers found, its signature and its header are told', async () => {
  const { person, backend } = await openMessage();
  await person.click(screen.getByRole('tab', { name: 'Route' }));
  expect(await screen.findByText(/1 min 35 s later/)).toBeInTheDocument();
  expect(screen.getByText('DKIM: pass')).toBeInTheDocument();
  expect(screen.getByText('imap.correo.example, the last server, says so')).toBeInTheDocument();
  expect(screen.getByText('Signed by miramar.example, the sender’s own domain.')).toBeInTheDocument();
  expect(screen.getByText(/The first to seal it · Found SPF: pass miramar\.example$/)).toBeInTheDocument();
  expect(
    screen.getByText(/^Says that a seal before its own does not fit · Not whole: ARC-Message-Signature/),
  ).toBeVisible();
  await person.click(screen.getByRole('button', { name: 'Check the signature' }));
  expect(await screen.findByText('This email carries no DKIM signature.')).toBeInTheDocument();
  await person.click(screen.getByRole('button', { name: 'Copy the header' }));
  expect(backend.copied).toMatch(/^From: atencion@miramar\.example\n/);
});

it('where it came from is told, with its hash to copy', async () => {
  const { person, backend } = await openMessage();
  await person.click(screen.getByRole('tab', { name: 'Source' }));
  expect(panel().getByText('UID 812, UIDVALIDITY 1')).toBeInTheDocument();
  await person.click(screen.getByRole('button', { name: 'Copy the SHA-256 of the email' }));
  expect(backend.copied).toMatch(/^2b71aa77/);
});

it('what could not be read is said in plain words', async () => {
  await openMessage();
  expect(screen.getByText('Something in it is damaged (base64).')).toBeInTheDocument();
  expect(screen.getByText('(part 2.1)')).toBeInTheDocument();
});

it('the original is saved, and its hash told', async () => {
  const { person } = await openMessage();
  await person.click(screen.getByRole('button', { name: 'Save original' }));
  expect(
    await screen.findByText(/Saved in \/home\/nuria\/pedido\.eml, byte for byte .* SHA-256: 2b71aa77/),
  ).toBeInTheDocument();
});

it('the arrow keys turn to the emails before and after, and Escape leads back to the timeline', async () => {
  const { person } = await openMessage();
  expect(await screen.findByText('2 of 3 in the conversation')).toBeInTheDocument();
  await person.keyboard('{ArrowRight}');
  expect(await screen.findByText('3 of 3 in the conversation')).toBeInTheDocument();
  expect(location.hash).toBe(`#/case/${sampleCase.id}/message/m2`);
  await person.keyboard('{ArrowLeft}');
  expect(await screen.findByText('2 of 3 in the conversation')).toBeInTheDocument();
  await person.keyboard('{Escape}');
  await waitFor(() => expect(location.hash).toBe(`#/case/${sampleCase.id}/timeline/m1`));
});

it('an email that can’t be read says why, and can be tried again', async () => {
  location.hash = `#/case/${sampleCase.id}/message/m1`;
  const { person } = await openPage({ cases: [sampleCase] }, (backend) => {
    vi.spyOn(backend, 'openMessage').mockRejectedValueOnce(new Failure('content_damaged', { sha256: '2b71' }));
  });
  await person.click(await screen.findByRole('button', { name: 'Try again' }));
  await heading();
});
