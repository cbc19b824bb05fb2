// A dossier's file gets a time stamp: the service is chosen in Settings, is out of reach first, and stamps the file from the
// list of dossiers when it answers; another is stamped as it is made, and one that was made offline when the network is
// back. The list says by whom and when; openssl and the command line say the same of the file.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { inSteps, play } from './play.mjs';
import { openPage, root, startProgram } from './program.mjs';
import { makeTimeService, serviceName } from './time-service.mjs';

const zone = 'Europe/Madrid';
const clock = await makeTimeService();
const program = await startProgram(clock.environment);
const found = [];
const files = () => readdirSync(program.saved).map((name) => join(program.saved, name));
const rows = (page) => page.locator('main table tbody tr');
const unreached = 'The time-stamp service tss.accv.es can’t be reached.';
let made;

async function picture(page, name) {
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`) });
}

async function command(page, words, screen) {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: screen }).waitFor({ timeout: 90_000 });
}

async function openDossiers(page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sample');
  await page.keyboard.press('Enter');
  await page.getByText('This is the sample dispute.').waitFor({ timeout: 90_000 });
  await page.locator('[data-row] article').first().waitFor({ timeout: 60_000 });
  await command(page, 'export', 'Export the dossier');
  await page.getByText(/^\d\d pages$/).waitFor({ timeout: 90_000 });
}

/** Saves a dossier under the name that is offered, and gives its file. */
async function save(page) {
  const before = new Set(files());
  await page.getByRole('button', { name: /^Save .*…$/ }).press('Enter');
  await page.getByText('The dossier is ready.').waitFor({ timeout: 90_000 });
  const [file, ...others] = files().filter((name) => !before.has(name));
  assert.deepEqual(others, []);
  return file;
}

async function saveWithoutService(page) {
  made = await save(page);
  await rows(page).first().waitFor();
  assert.equal(await rows(page).count(), 1);
  await page.getByRole('button', { name: /^Open, sign, stamp…/ }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Time stamps are off.').waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Stamp it now' }).count(), 0);
  await dialog.getByRole('link', { name: 'Choose a service in Settings' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
}

async function chooseService(page) {
  const service = page.getByRole('combobox', { name: 'Service' });
  assert.equal(await service.inputValue(), '');
  await service.focus();
  await page.keyboard.type('ACCV'); // as a list of choices is gone through by keyboard
  await page.getByText('From now on the record is time-stamped by ACCV.').waitFor();
  found.push(...(await findings(page, 'service chosen')));
  await picture(page, 'service-chosen');
  await page.goBack();
  await page.getByText(/^\d\d pages$/).waitFor({ timeout: 90_000 });
}

/** What is said is plain, nothing is lost, and the same button is there to try again. */
async function stampOffline(page) {
  await page.getByRole('button', { name: /^Open, sign, stamp…/ }).press('Enter');
  const stamp = page.getByRole('dialog').getByRole('button', { name: 'Stamp it now' });
  await stamp.press('Enter');
  const said = page.getByRole('dialog').getByRole('alert');
  await said.waitFor({ timeout: 60_000 });
  assert.equal(
    (await said.innerText()).replaceAll(/\s+/g, ' ').trim(),
    `${unreached} Check the connection and try again. Everything in the record is safe; only the stamp is missing for now.`,
  );
  found.push(...(await findings(page, 'service out of reach')));
  await picture(page, 'stamp-offline');
  assert.equal(await rows(page).count(), 1);
  assert.ok(!(await rows(page).first().innerText()).includes('Stamped'));
  await stamp.waitFor();
}

async function stampFromTheList(page) {
  assert.deepEqual(clock.asked, []);
  await clock.open();
  await page.getByRole('dialog').getByRole('button', { name: 'Stamp it now' }).press('Enter');
  await page
    .getByRole('dialog')
    .getByText(`Stamped by ${serviceName} on`, { exact: false })
    .waitFor({ timeout: 60_000 });
  found.push(...(await findings(page, 'stamped')));
  await picture(page, 'stamped');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.ok(clock.asked.every((address) => address === 'http://tss.accv.es:8318/tsa'));
  assert.equal(await rows(page).count(), 2);
  await holds(page, made);
  await rows(page).first().scrollIntoViewIfNeeded();
  found.push(...(await findings(page, 'stamped, in the list')));
  await picture(page, 'stamped-list');
}

/** The newest row says by whom and when, in the person's time; openssl and the command line say it of the file. */
async function holds(page, file) {
  const at = clock.verify(file);
  const time = at.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const day = at.toLocaleDateString('en-GB', { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' });
  const said = rows(page).first().getByText(`Stamped by ${serviceName}`, { exact: false });
  await said.waitFor({ timeout: 30_000 });
  const words = await said.innerText();
  assert.ok(
    words.includes(time) && words.includes(day),
    `it was stamped on ${day} at ${time}; the list says: ${words}`,
  );
  const verified = execFileSync(
    join(root, 'out/constancia-dev'),
    ['--lang', 'en', '--json', 'dossier', 'verify', file],
    {
      env: { ...program.environment, SSL_CERT_FILE: clock.root },
      encoding: 'utf8',
    },
  );
  const { holds, stamps } = JSON.parse(verified);
  assert.ok(holds, verified);
  assert.equal(stamps.length, 1, verified);
  assert.equal(stamps[0].by, serviceName);
  assert.equal(Math.trunc(Date.parse(stamps[0].at) / 1000), at.getTime() / 1000);
}

/** With the service in reach it is stamped as it is made. */
async function stampAsItIsMade(page) {
  await page.getByRole('radio', { name: 'regulator' }).check();
  await page.locator('.preview[aria-busy=false]').waitFor({ timeout: 90_000 });
  const file = await save(page);
  await page.getByText(`Stamped by ${serviceName} on`, { exact: false }).waitFor({ timeout: 30_000 });
  await holds(page, file);
}

/** Out of reach again, it is made without a stamp, which is said; and it is stamped where that is said. */
async function stampLater(page) {
  await clock.leave();
  await page.getByRole('radio', { name: 'head office' }).check();
  await page.getByRole('radio', { name: 'Català' }).check();
  await page.locator('.preview[aria-busy=false]').waitFor({ timeout: 90_000 });
  const file = await save(page);
  const said = page.getByText('Without a time stamp for now: ', { exact: false });
  await said.waitFor({ timeout: 30_000 });
  assert.ok((await said.innerText()).includes(unreached));
  found.push(...(await findings(page, 'made offline')));
  await picture(page, 'made-offline');
  await clock.open();
  await page.getByRole('button', { name: 'Stamp it now' }).press('Enter');
  await page.getByText(`Stamped by ${serviceName} on`, { exact: false }).waitFor({ timeout: 60_000 });
  await said.waitFor({ state: 'detached' });
  await holds(page, file);
}

async function inOtherLanguages(page) {
  for (const [locale, colorScheme] of [
    ['es-ES', 'dark'],
    ['ca-ES', 'light'],
  ]) {
    const other = await openPage(program, { locale, colorScheme, timezoneId: zone });
    await other.page.goto(page.url());
    await rows(other.page).first().getByText(serviceName, { exact: false }).waitFor({ timeout: 90_000 });
    await rows(other.page).first().scrollIntoViewIfNeeded();
    found.push(...(await findings(other.page, `stamped, ${locale}`)));
    await picture(other.page, `stamped-${locale}`);
    assert.deepEqual(other.troubles, []);
    await other.close();
  }
}

await play(program, { found, options: { timezoneId: zone }, tidy: clock.close }, (page) =>
  inSteps(
    [
      openDossiers,
      saveWithoutService,
      chooseService,
      stampOffline,
      stampFromTheList,
      stampAsItIsMade,
      stampLater,
      inOtherLanguages,
    ],
    page,
  ),
);
