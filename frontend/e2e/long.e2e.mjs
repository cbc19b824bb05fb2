// A case of many contacts: what an address names is brought in however far it is, whoever is on a row that scrolls away
// stays on the list, a correction says what it corrects, and large text draws no more rows than fit.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { findings } from './axe.mjs';
import { libraryMaker } from './long-case.mjs';
import { openPage, startProgram } from './program.mjs';

const contacts = 2000;
const pictures = process.env.CASE_PICTURES;
const folder = mkdtempSync(join(tmpdir(), 'constancia-long-'));
const library = join(folder, 'library');
libraryMaker()(contacts, library);
const program = await startProgram({ CONSTANCIA_LIBRARY: library });
const found = [];

const rows = (page) => page.locator('[data-row]');
const picture = (page, name) => pictures && page.screenshot({ path: join(pictures, `long-${name}.png`) });

/** The item that stands behind so many others, as the program tells it. */
const itemAt = (page, caseId, first) =>
  page.evaluate(
    async ([caseId, first]) => {
      const filter = { kinds: [], channels: [], who: '', from: '', to: '', words: '' };
      return (await window.go.app.Cases.Timeline(caseId, filter, { first, limit: 1 })).items[0];
    },
    [caseId, first],
  );

async function bringIn(page, caseId) {
  for (const first of [1500, 3, contacts]) {
    const item = await itemAt(page, caseId, first);
    await page.goto(`${program.address}#/case/${caseId}/timeline/${item.id}`);
    const row = page.locator(`[data-row="${first}"] [data-revealed]`);
    await row.waitFor();
    assert.equal(await row.getAttribute('id'), `entry-${item.id}`);
    assert.equal(await row.evaluate((element) => element === document.activeElement), true);
    await page.waitForFunction((id) => {
      const { top, bottom } = document.getElementById(`entry-${id}`).getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }, item.id);
    await picture(page, `entry-${first}`);
  }
}

/** What was left out before does not keep what is named from being shown. */
async function bringInWhatWasLeftOut(page, caseId) {
  await page.goto(`${program.address}#/case/${caseId}/timeline`);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('no such word');
  await page.getByText('Nothing fits the search').waitFor();
  await picture(page, 'nothing-fits');
  found.push(...(await findings(page, 'nothing fits')));
  const item = await itemAt(page, caseId, 700);
  await page.goto(`${program.address}#/case/${caseId}/timeline/${item.id}`);
  await page.locator(`[data-row="700"] [data-revealed]`).waitFor();
  assert.equal(await page.getByRole('searchbox').inputValue(), '');
}

async function keepFocus(page, caseId) {
  await page.goto(`${program.address}#/case/${caseId}/timeline`);
  await page.evaluate(() => document.querySelector('main').scrollTo(0, 0));
  const menu = page.locator('[data-row="0"]').getByRole('button', { name: /What can be done with it/ });
  await menu.focus();
  await page.evaluate(() => document.querySelector('main').scrollTo(0, 40_000));
  await page.locator('[data-row="0"]').waitFor({ state: 'detached' });
  const on = await page.evaluate(() => document.activeElement.matches('ol[aria-label="Timeline"]'));
  assert.ok(on, 'whoever was on the row is on the list');
  const read = () => [...document.querySelectorAll('[data-row]')].every((row) => row.ariaBusy !== 'true');
  await page.waitForFunction(read);
  await page.keyboard.press('Tab');
  assert.ok(
    await page.evaluate(() => !!document.activeElement.closest('[data-row]')),
    'the next stop is in a row in view',
  );
}

async function correct(page, caseId) {
  const item = await itemAt(page, caseId, 900);
  await page.goto(`${program.address}#/case/${caseId}/correct/${item.id}`);
  await page.getByRole('textbox', { name: 'What happened' }).fill('They hung up');
  await page.keyboard.press('Control+Enter');
  await page.getByText('The correction is on record.').waitFor();
  await page.goto(`${program.address}#/case/${caseId}/timeline/${item.id}`);
  const entry = page.locator('[data-revealed]');
  await entry.getByText('corrected', { exact: true }).press('Enter');
  await entry.locator('ins', { hasText: 'They hung up' }).waitFor();
  assert.ok((await entry.locator('del').innerText()).startsWith('Refund '), 'it says what was there before');
  await picture(page, 'corrected');
  found.push(...(await findings(page, 'a correction')));
}

async function enlarge(page, caseId) {
  await page.goto(`${program.address}#/case/${caseId}/timeline`);
  await page.addStyleTag({ content: ':root { font-size: 34px !important; }' });
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.waitForFunction(() => getComputedStyle(document.querySelector('main')).overflowY === 'visible');
  const item = await itemAt(page, caseId, 1200);
  await page.goto(`${program.address}#/case/${caseId}/timeline/${item.id}`);
  await page.locator(`[data-row="1200"] [data-revealed]`).waitFor();
  assert.ok((await rows(page).count()) < 60, 'only what fits is in the page');
  await picture(page, 'large-text');
}

try {
  const { page, troubles } = await openPage(program);
  await page.goto(`${program.address}#/cases`);
  const link = page.locator('main a[href^="#/case/"]').first();
  const caseId = (await link.getAttribute('href')).split('/')[2];
  for (const step of [bringIn, bringInWhatWasLeftOut, keepFocus, correct, enlarge]) {
    const began = performance.now();
    await step(page, caseId);
    console.log(`${step.name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  assert.deepEqual(found, []);
  assert.deepEqual(troubles, []);
} catch (error) {
  console.error(program.said());
  throw error;
} finally {
  await program.close();
  rmSync(folder, { recursive: true, force: true });
}
