// A mailbox of a real Dovecot over TLS: what the case knows is suggested and searched for, what was found is looked through
// and taken in, the case is watched, and an email that comes in afterwards is offered on Today and taken in from there. In
// three languages, light and dark, axe finds nothing on any of it.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { connectTo, deliver, startDovecot } from './dovecot.mjs';
import { openPage, startProgram } from './program.mjs';

const server = await startDovecot();
const program = await startProgram();
const found = [];
/** Where the case is. */
let place;

async function startCase(page) {
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Skip these questions' }).press('Enter');
  await page.getByRole('link', { name: 'Start a case' }).press('Enter');
  await page.getByLabel('What is it about?').fill('The sofa that never came');
  await page.getByLabel('Company', { exact: true }).fill('Pasolargo');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'The sofa that never came' }).waitFor();
  place = new URL(page.url()).hash;
}

/** From the empty case to the search that suggests itself. */
async function connectAndSearch(page) {
  await page.getByRole('button', { name: 'Find emails' }).first().press('Enter');
  await page.getByRole('button', { name: 'Connect a mailbox' }).press('Enter');
  await connectTo(page, server);
  await page.getByRole('radio', { name: server.user }).waitFor();
  assert.ok(await page.getByRole('checkbox', { name: 'Pasolargo' }).isChecked());
  found.push(...(await findings(page, 'a mailbox and what to look for')));
  await page.getByRole('button', { name: 'Search', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Search again' }).waitFor();
  await page.getByText('Why: Pasolargo').first().waitFor();
}

/** Unfolds a conversation, looks at one of its emails, and leaves another one out. */
async function lookThrough(page) {
  const first = page.getByRole('list').getByRole('button', { expanded: false }).first();
  await first.press('Enter');
  await page.getByRole('button', { name: 'Show the text' }).first().press('Enter');
  await page.locator('li .body').first().waitFor();
  const all = await page.getByRole('button', { name: /^Take in [\d,]+ emails$/ }).textContent();
  await page.locator('li li input[type=checkbox]').first().press('Space');
  const fewer = Number(all.match(/\d+/)[0]) - 1;
  await page.getByRole('button', { name: new RegExp(`^Take in ${fewer} emails?$`) }).waitFor();
  found.push(...(await findings(page, 'looked through')));
  return fewer;
}

async function takeInAndWatch(page) {
  const chosen = await lookThrough(page);
  await page.getByRole('button', { name: 'Watch', exact: true }).press('Enter');
  await page.getByText('This case is being watched for new emails.').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: new RegExp(`^${chosen} emails? (is|are) now in the case`) }).waitFor();
  found.push(...(await findings(page, 'taken in, and watched')));
}

/** What comes in is told on Today without anybody asking, and is taken in from there, in a language and a look of its own. */
async function newMail(program, { locale, colorScheme, subject }) {
  const look = `${locale} ${colorScheme}`;
  const { page, troubles, close } = await openPage(program, { locale, colorScheme });
  await page.locator('main h1').waitFor();
  deliver(server, {
    from: 'Pasolargo Clientes <clientes@pasolargo.example>',
    subject,
    text: 'Su pedido llega el lunes.',
  });
  const offer = page.locator('section').filter({ has: page.locator('.lucide-mail-plus') });
  await offer.getByText('Pasolargo Clientes').waitFor({ timeout: 90_000 });
  found.push(...(await findings(page, `offered on Today, ${look}`)));
  await offer.getByRole('button').first().press('Enter');
  await page.locator('li .subject', { hasText: subject }).waitFor();
  await page.locator('li button[aria-expanded]').first().press('Enter');
  await page.locator('li li button[aria-expanded]').first().press('Enter');
  await page.locator('li .body', { hasText: 'Su pedido llega el lunes.' }).waitFor();
  found.push(...(await findings(page, `what waits, ${look}`)));
  await page.keyboard.press('Control+Enter');
  await page.locator('main .lucide-circle-check').waitFor();
  found.push(...(await findings(page, `taken in, ${look}`)));
  await page.evaluate(() => (location.hash = '#/'));
  await page.locator('main h1').waitFor();
  await offer.waitFor({ state: 'detached' });
  await page.evaluate((place) => (location.hash = `${place}/mail`), place);
  await page.locator('#find-form [type=submit]').press('Enter');
  await page.locator('li.known .subject', { hasText: subject }).waitFor();
  await page.locator('li.known', { hasText: subject }).locator('button[aria-expanded]').first().press('Enter');
  const read = page.locator('li.known', { hasText: subject }).getByRole('link');
  await read.waitFor();
  found.push(...(await findings(page, `found what the case has, ${look}`)));
  await read.press('Enter');
  await page.locator('#message-text', { hasText: 'Su pedido llega el lunes.' }).waitFor();
  await page.goBack();
  await page.locator('li.known .subject', { hasText: subject }).waitFor();
  assert.deepEqual(troubles, []);
  await close();
}

const looks = [
  { locale: 'en-GB', colorScheme: 'light', subject: 'Lo hemos encontrado' },
  { locale: 'es-ES', colorScheme: 'light', subject: 'Ya va de camino' },
  { locale: 'ca-ES', colorScheme: 'dark', subject: 'Una pregunta' },
];

let view;
try {
  view = await openPage(program);
  await startCase(view.page);
  await connectAndSearch(view.page);
  await takeInAndWatch(view.page);
  assert.deepEqual(view.troubles, []);
  await view.close();
  for (const look of looks) await newMail(program, look);
  assert.deepEqual(found, []);
  console.log('mail: connected, found, looked through, taken in, watched, and offered in three languages');
} catch (error) {
  if (view) await view.page.screenshot({ path: join(tmpdir(), 'constancia-e2e-failed.png') }).catch(() => {});
  console.error(program.said());
  throw error;
} finally {
  await program.close();
  await server.close();
}
