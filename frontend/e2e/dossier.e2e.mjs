// A dossier of the sample dispute: reached by keyboard, its pages drawn, gone through as text, in another language and for
// another reader, saved, and listed with its hash; again in three languages and both themes.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { openPage, startProgram } from './program.mjs';

const sent = mkdtempSync(join(tmpdir(), 'constancia-sent-'));
/** The file that the person names when they are asked for one. */
const named = join(sent, 'dossier.pdf');
const program = await startProgram({ CONSTANCIA_DIALOG_OPEN: named });
const found = [];
const looks = [
  { locale: 'es-ES', colorScheme: 'light' },
  { locale: 'ca-ES', colorScheme: 'dark' },
  { locale: 'en-GB', colorScheme: 'light', viewport: { width: 1024, height: 768 } },
];

async function openSample(page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sample');
  await page.keyboard.press('Enter');
  await page.getByText('This is the sample dispute.').waitFor({ timeout: 90_000 });
  await page.locator('[data-row] article').first().waitFor({ timeout: 30_000 });
}

async function lookAtPages(page) {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('export');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Export the dossier' }).waitFor();
  await page.getByText(/^\d\d pages$/).waitFor({ timeout: 60_000 });
  const first = page.getByRole('img', { name: /^Page 1 of / });
  await page.locator('[data-drawn]').first().waitFor({ timeout: 30_000 });
  // Drawn means ink on paper: a page is neither all white nor all dark.
  const ink = await first.locator('canvas').evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 128 && data[at + 3] > 0) dark++;
    return dark / (data.length / 4);
  });
  assert.ok(ink > 0.005 && ink < 0.3, `${ink} of the first page is dark`);
  // By keyboard to the last page, which is drawn when it comes into view.
  await page.getByRole('region', { name: 'Pages' }).focus();
  await page.keyboard.press('End');
  await page.locator('[data-drawn]').last().waitFor();
  found.push(...(await findings(page, 'dossier, pages')));
}

async function readAsText(page) {
  await page.getByRole('tab', { name: 'As text' }).press('Enter');
  const text = page.getByRole('tabpanel');
  await text.getByRole('heading', { level: 2, name: 'Chronology' }).waitFor({ timeout: 30_000 });
  assert.ok((await text.getByRole('heading', { level: 2 }).count()) >= 6);
  assert.ok((await text.innerText()).length > 20_000);
  found.push(...(await findings(page, 'dossier, as text')));
  await page.getByRole('tab', { name: 'Pages' }).press('Enter');
}

async function forAnotherReader(page) {
  await page.getByRole('radio', { name: 'Català' }).check();
  await page.getByRole('radio', { name: 'regulator' }).check();
  await page
    .getByRole('status')
    .filter({ hasText: /\d\d pages/ })
    .waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: 'As text' }).press('Enter');
  await page.getByRole('heading', { level: 2, name: 'Cronologia' }).waitFor({ timeout: 30_000 });
}

/** A file that somebody sent is held against itself, and against the record; then a bit of it is not as it was. */
async function check(page) {
  const place = page.url();
  const [file] = readdirSync(program.saved);
  const content = readFileSync(join(program.saved, file));
  writeFileSync(named, content);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('check a dossier');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Choose a file…' }).press('Enter');
  await page.getByText('dossier.pdf passes the check.').waitFor({ timeout: 30_000 });
  await page
    .getByText('The record in the library here has', { exact: false })
    .or(page.getByText('goes on from these entries', { exact: false }))
    .first()
    .waitFor();
  found.push(...(await findings(page, 'check, holds')));
  content[content.length >> 1] ^= 1;
  writeFileSync(named, content);
  await page.getByRole('button', { name: 'Choose another file…' }).press('Enter');
  await page.getByText('dossier.pdf does not pass the check.').waitFor({ timeout: 30_000 });
  found.push(...(await findings(page, 'check, does not hold')));
  await page.goto(place);
  await page.locator('[data-drawn]').first().waitFor({ timeout: 60_000 });
}

/** Asked for the password of a certificate that is none, it says what to do. */
async function sign(page) {
  await page.getByRole('button', { name: 'Sign a file…' }).press('Enter');
  found.push(...(await findings(page, 'dossier, signing')));
  await page.getByLabel(/^Password of the certificate/).fill('secret');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'dossier.pdf' }).waitFor({ timeout: 30_000 });
}

/** By keyboard: who is hidden may be shown, what was typed is hidden, and no exhibit goes in but what was ticked. */
async function forThePress(page) {
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('radio', { name: 'press' }).check();
  await page.getByRole('button', { name: /^Verification pack/ }).press('Enter');
  found.push(...(await findings(page, 'dossier, consent')));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Review it' }).press('Enter');
  const agent = page.getByRole('checkbox', { name: /\[agent 1\]/ });
  await agent.waitFor();
  const name = (await agent.locator('xpath=..').locator('strong').textContent()).trim();
  await page.getByRole('textbox', { name: 'Hide something else' }).fill('refrigerator');
  await page.keyboard.press('Enter');
  const typed = page.getByRole('checkbox', { name: /^refrigerator/ });
  const nowhere = page.getByText(/“refrigerator” does not appear in this dossier/);
  await typed.or(nowhere).waitFor();
  const exhibit = page.getByRole('checkbox', { name: /^A-1 / });
  await exhibit.press('Space');
  await page.locator('.preview[aria-busy=false]').waitFor({ timeout: 60_000 });
  assert.ok(await exhibit.isChecked());
  found.push(...(await findings(page, 'dossier, what is hidden')));
  const text = await pressText(page);
  assert.ok(text.includes('agent 1'), 'the press does not read of agent 1');
  assert.ok(!text.includes(name), `the press reads of ${name}`);
  await page.getByRole('tab', { name: 'What is hidden' }).press('Enter');
  await agent.press('Space');
  await page.getByRole('checkbox', { name: `${name} agent 1` }).waitFor();
  await pressText(page);
  await page.getByRole('tabpanel').getByText(name).first().waitFor({ timeout: 60_000 });
}

async function pressText(page) {
  await page.getByRole('tab', { name: 'As text' }).press('Enter');
  await page.getByRole('tabpanel').getByRole('heading', { level: 2, name: 'Chronology' }).waitFor({ timeout: 30_000 });
  return await page.getByRole('tabpanel').innerText();
}

/** What the addressee asks for and is not there is asked for before it is saved, and kept. */
async function fileIt(page) {
  const filedWith = page.getByRole('combobox', { name: 'Filed with' });
  assert.ok((await filedWith.locator('optgroup').first().locator('option').count()) > 0);
  const missing = page.getByText(/^They ask for this, and it is not there yet: /);
  await missing.waitFor();
  const first = await missing.innerText();
  await page.getByRole('button', { name: 'Fill it in' }).press('Enter');
  found.push(...(await findings(page, 'dossier, filing sheet')));
  await page.getByLabel(/^Your tax or identity number/).fill('12345678Z');
  await page.keyboard.press('Tab');
  await page.waitForFunction((before) => !document.body.innerText.includes(before), first);
  await page.locator('.preview[aria-busy=false]').waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: 'As text' }).press('Enter');
  await page.getByRole('tabpanel').getByText('12345678Z').first().waitFor({ timeout: 30_000 });
}

/** Without a part, with a letter; then as it was. */
async function choose(page) {
  await page.getByText('More options').click();
  found.push(...(await findings(page, 'dossier, options')));
  await page.getByRole('checkbox', { name: 'Promises' }).press('Space');
  await page.getByLabel(/^Covering letter/).fill('Dear Sirs, please read this first.');
  const text = page.getByRole('tabpanel');
  await text.getByText('Dear Sirs, please read this first.').waitFor({ timeout: 60_000 });
  assert.equal(await text.getByRole('heading', { level: 2, name: 'Promeses' }).count(), 0);
  await page.getByRole('checkbox', { name: 'Promises' }).press('Space');
  await page.getByLabel(/^Covering letter/).fill('');
  await text.getByRole('heading', { level: 2, name: 'Promeses' }).waitFor({ timeout: 60_000 });
  await page.getByText('More options').click();
}

async function save(page) {
  await page.getByText(/None yet\./).waitFor();
  await page.getByRole('button', { name: /^Save .*…$/ }).press('Enter');
  await page.getByText('The dossier is ready.').waitFor({ timeout: 60_000 });
  const [file] = readdirSync(program.saved);
  const content = readFileSync(join(program.saved, file));
  const sum = createHash('sha256').update(content).digest('hex');
  await page
    .getByRole('row', { name: new RegExp(`${file} regulator · Català`) })
    .getByText(sum.slice(0, 12))
    .waitFor();
  await page.getByRole('button', { name: 'Mark as sent…' }).press('Enter');
  await page.getByRole('textbox', { name: 'To whom' }).fill('Agencia');
  found.push(...(await findings(page, 'dossier, sending')));
  await page.getByRole('button', { name: 'Put it on record' }).press('Enter');
  await page.getByRole('cell', { name: /· Agencia/ }).waitFor();
  found.push(...(await findings(page, 'dossier, saved')));
}

async function inEveryLook(place) {
  for (const look of looks) {
    const { page, troubles, close } = await openPage(program, look);
    await page.goto(place);
    await page.locator('[data-drawn]').first().waitFor({ timeout: 60_000 });
    const { wide, room } = await page.evaluate(() => ({
      wide: document.querySelector('main').scrollWidth,
      room: document.querySelector('main').clientWidth,
    }));
    assert.ok(wide <= room, `${look.locale}: the page is ${wide} wide in ${room}`);
    found.push(...(await findings(page, `dossier, ${look.locale}, ${look.colorScheme}`)));
    if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `dossier-${look.locale}.png`) });
    assert.deepEqual(troubles, []);
    await close();
  }
}

try {
  const { page, troubles } = await openPage(program);
  await openSample(page);
  await lookAtPages(page);
  await readAsText(page);
  await forAnotherReader(page);
  await fileIt(page);
  await choose(page);
  await save(page);
  await check(page);
  await sign(page);
  await forThePress(page);
  await inEveryLook(page.url());
  assert.deepEqual(troubles, []);
  assert.deepEqual(found, []);
  console.log('dossier: ok');
} finally {
  await program.close();
  rmSync(sent, { recursive: true, force: true });
}
