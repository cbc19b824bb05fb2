// A person connects a mailbox: by keyboard alone, in under two minutes, to a real Dovecot over TLS whose certificate
// nobody vouches for; is refused with reasons; brings saved emails instead where passwords are refused; and forgets it.
import assert from 'node:assert/strict';
import { findings } from './axe.mjs';
import { startDovecot } from './dovecot.mjs';
import { openPage, startProgram } from './program.mjs';

const server = await startDovecot();
const program = await startProgram();
const found = [];
const troubles = [];

/** A key a second, and what the server takes: a slow typist's pace. */
const pace = 60;

/** Counts the keys that are pressed, a letter being one. */
function counting(page) {
  const count = { keys: 0 };
  return {
    count,
    async type(text) {
      count.keys += [...text].length;
      await page.keyboard.type(text);
    },
    async press(key, times = 1) {
      count.keys += times;
      for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
    },
  };
}

async function openSettings(page) {
  await page.goto(`${program.address}#/settings`);
  await page.locator('.lucide-mail-plus').waitFor();
}

const dialogOf = (page) => page.getByRole('dialog', { name: 'Connect a mailbox' });
const focused = (page, id) => page.locator(`${id}:focus`).waitFor();

/** From the button in the settings to a mailbox that is connected. */
async function connect(page) {
  await page.getByRole('button', { name: 'Connect a mailbox' }).focus();
  const hands = counting(page);
  await hands.press('Enter');
  await focused(page, '#mailbox-address');
  await hands.type(server.user);
  await page.getByText('is not in Constancia’s list').waitFor();
  found.push(...(await findings(page, 'unknown server')));
  await hands.press('Tab', 3);
  await page.locator('summary:focus', { hasText: 'Advanced' }).waitFor();
  await hands.press('Enter');
  await hands.press('Tab');
  await focused(page, '#mailbox-host');
  await hands.type(server.host);
  await hands.press('Tab');
  await hands.type(String(server.port));
  await hands.press('Enter'); // goes on to the password
  await focused(page, '#mailbox-password');
  found.push(...(await findings(page, 'own server')));
  await hands.type(server.password);
  await hands.press('Enter');
  await page.getByRole('heading', { name: 'Nobody known vouches for this server' }).waitFor();
  const shown = (await page.locator('.fingerprint').first().textContent()).replaceAll(' ', '').toLowerCase();
  assert.equal(shown, server.pin);
  found.push(...(await findings(page, 'certificate')));
  await page.getByRole('button', { name: 'Trust this key from now on' }).focus();
  await hands.press('Enter');
  await dialogOf(page).getByText(`It holds ${server.messages} emails.`).waitFor();
  await page.getByText('remembered only until you close Constancia').waitFor();
  found.push(...(await findings(page, 'connected')));
  await hands.press('Enter');
  await page.getByText(`${server.user} is connected.`).waitFor();
  return hands.count.keys;
}

async function refused(page) {
  await page.getByRole('button', { name: `Type the password again: ${server.user}` }).click();
  await focused(page, '#mailbox-secret');
  await page.keyboard.type('otra');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('did not accept the password').waitFor();
  found.push(...(await findings(page, 'refused')));
  await page.keyboard.press('Escape');
}

/** Where passwords are refused there is no field for one, and the way by files stands in pictures. */
async function withoutSigningIn(page) {
  await page.getByRole('button', { name: 'Connect a mailbox' }).click();
  await focused(page, '#mailbox-address');
  await page.keyboard.type('elena@hotmail.com');
  await page.getByText('Drop them here').waitFor();
  assert.equal(await page.locator('#mailbox-password').count(), 0);
  found.push(...(await findings(page, 'by files')));
  await page.locator('#mailbox-address').fill('elena@gmail.com');
  await page.getByText('Before the first time').waitFor();
  found.push(...(await findings(page, 'Gmail')));
  // A provider's page is asked about before the browser opens it.
  await page.getByRole('button', { name: 'Open myaccount.google.com' }).first().click();
  await page.getByText('https://myaccount.google.com/security').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
}

async function forget(page) {
  await page.getByRole('button', { name: `Forget ${server.user}` }).click();
  await page.getByText('None is connected.').waitFor();
}

try {
  const main = await openPage(program, { colorScheme: 'light' });
  await main.page.getByRole('heading', { name: 'Put it on record' }).waitFor();
  await openSettings(main.page);
  const keys = await connect(main.page);
  console.log(`connected with ${keys} keys, the address and the password included`);
  assert.ok(keys < 2 * pace, `${keys} keys`);
  await refused(main.page);
  found.push(...(await findings(main.page, 'settings')));
  await withoutSigningIn(main.page);
  await forget(main.page);
  troubles.push(...main.troubles);
  await main.close();

  for (const [locale, colorScheme, settings] of [
    ['es-ES', 'light', 'Conectar un buzón'],
    ['ca-ES', 'dark', 'Connecta una bústia'],
  ]) {
    const { page, troubles: met, close } = await openPage(program, { locale, colorScheme });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await openSettings(page);
    await page.getByRole('button', { name: settings }).click();
    for (const address of ['elena@gmail.com', 'elena@hotmail.com', 'elena@taller.example']) {
      await page.locator('#mailbox-address').fill(address);
      await page.locator(`[data-domain="${address.split('@')[1]}"]`).waitFor();
      const closed = page.locator('dialog details:not([open]) > summary');
      while ((await closed.count()) > 0) await closed.first().click();
      found.push(...(await findings(page, `${locale} ${address}`)));
    }
    troubles.push(...met);
    await close();
  }
  assert.deepEqual(found, []);
  assert.deepEqual(troubles, []);
  console.log('mailbox: connected, refused, shown without signing in, forgotten');
} finally {
  await program.close();
  await server.close();
}
