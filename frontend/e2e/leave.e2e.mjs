// A person whose provider gave them a client id of their own connects a mailbox without a password: the browser is asked,
// the mail server's certificate is accepted first, and the mailbox opens with the token. The browser is a program that goes
// where it is sent; provider and mail server are on loopback.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findings } from './axe.mjs';
import { makeHome, openPage, root, startProgram } from './program.mjs';

async function startProvider() {
  const child = spawn('go', ['run', './frontend/e2e/leave'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.on('exit', done));
  const line = await new Promise((done) => createInterface(child.stdout).once('line', done).once('close', done));
  if (!line) throw new Error('the provider did not start');
  return {
    ...JSON.parse(line),
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

/** A home with a browser that shows nothing: it goes where it is sent. */
function homeWithBrowser() {
  const home = makeHome();
  const programs = join(home.home, 'programs');
  mkdirSync(programs);
  const browser = `#!${process.execPath}\nfetch(process.argv[2]).then((page) => process.exit(page.ok ? 0 : 1));\n`;
  writeFileSync(join(programs, 'xdg-open'), browser, { mode: 0o755 });
  home.environment.PATH = `${programs}:${home.environment.PATH}`;
  return home;
}

async function connect(page, provider) {
  await page.goto(`${program.address}#/settings`);
  await page.getByRole('button', { name: 'Connect a mailbox' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Connect a mailbox' });
  await dialog.getByLabel('Your email address').fill('elena@taller.example');
  await dialog.locator('summary', { hasText: 'Advanced' }).press('Enter');
  await dialog.getByLabel('Mail server (IMAP)').fill(provider.host);
  await dialog.getByLabel('Port').fill(String(provider.port));
  await dialog.getByRole('button', { name: 'Ask in the browser' }).press('Enter');
  await page.locator('#mailbox-client-id[aria-invalid=true]').waitFor();
  found.push(...(await findings(page, 'what is missing')));
  await dialog.getByLabel('Authorization address').fill(provider.authorize);
  await dialog.getByLabel('Token address').fill(provider.token);
  await dialog.getByLabel('Permissions').fill('mail');
  await dialog.getByRole('textbox', { name: 'Client id' }).fill('own');
  await dialog.getByRole('button', { name: 'Ask in the browser' }).press('Enter');
  await dialog.getByRole('heading', { name: 'Nobody known vouches for this server' }).waitFor();
  const shown = await page.locator('.fingerprint').first().textContent();
  assert.equal(shown.replaceAll(' ', '').toLowerCase(), provider.pin);
  await dialog.getByRole('button', { name: 'Trust this key from now on' }).press('Enter');
  await dialog.getByText(`It holds ${provider.messages} emails.`).waitFor();
  await dialog.getByRole('button', { name: 'Continue' }).press('Enter');
  await page.getByText('elena@taller.example is connected.').waitFor();
  await page.getByRole('button', { name: 'Ask for leave again: elena@taller.example' }).waitFor();
  found.push(...(await findings(page, 'connected by leave')));
}

/** The fields for a client id, in a language and a look of its own. */
async function judge(locale, colorScheme) {
  const { page, troubles, close } = await openPage(program, { locale, colorScheme });
  await page.locator('main h1').waitFor();
  await page.goto(`${program.address}#/settings`);
  await page.locator('button:has(.lucide-mail-plus)').press('Enter');
  await page.locator('#mailbox-address').fill('elena@taller.example');
  await page.locator('[data-domain="taller.example"] details:last-of-type summary').press('Enter');
  await page.locator('#mailbox-scopes').waitFor();
  found.push(...(await findings(page, `${locale} ${colorScheme}`)));
  assert.deepEqual(troubles, []);
  await close();
}

const found = [];
const provider = await startProvider();
const program = await startProgram({}, homeWithBrowser());
try {
  const view = await openPage(program);
  await view.page.locator('main h1').waitFor();
  await connect(view.page, provider);
  assert.deepEqual(view.troubles, []);
  await view.close();
  await judge('es-ES', 'light');
  await judge('ca-ES', 'dark');
  assert.deepEqual(found, []);
  console.log('leave: asked for in the browser, with a certificate that was accepted');
} catch (error) {
  console.error(program.said());
  throw error;
} finally {
  await program.close();
  await provider.close();
}
