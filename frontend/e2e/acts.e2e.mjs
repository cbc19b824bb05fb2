// What is on record is corrected where it stands: a promise, an expense and the case itself, each with a reason, seen
// with what it corrects, and undone; then the case is closed, stands apart, and is opened again; and a backup is brought
// back after it was said what is in it.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { openPage, startProgram } from './program.mjs';
import { inSteps, play } from './play.mjs';

const disk = mkdtempSync(join(tmpdir(), 'constancia-disk-'));
const program = await startProgram({ CONSTANCIA_DIALOG_OPEN: disk });
const found = [];
let caseAddress;

const look = async (page, name) => found.push(...(await findings(page, name)));
const dialog = (page) => page.getByRole('dialog');

/** Opens a menu by keyboard and chooses the line that has a name. */
async function choose(page, menu, line) {
  await page.getByRole('button', { name: menu }).press('Enter');
  const chosen = page.getByRole('menuitem', { name: line }).and(page.locator(':visible'));
  await chosen.focus();
  await page.keyboard.press('Enter');
}

async function refill(page, label, text) {
  const field = page.getByLabel(label, { exact: true }).and(page.locator(':visible'));
  await field.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

async function corrected(page) {
  await page.getByText('The correction is on record.').waitFor();
}

async function prepare(page) {
  const caseId = await page.evaluate(async () => {
    const app = window.go.app;
    const none = { referenceLabel: '', referenceNumber: '', summary: '', outcome: '' };
    const money = { claimed: '438,20', currency: 'EUR', zone: 'Europe/Madrid' };
    const id = await app.Cases.New({
      title: 'The line that never came',
      company: 'Iberluz',
      role: 'seller',
      ...none,
      ...money,
    });
    const terms = { what: 'A technician comes', due: '4/3/2026', amount: '', currency: 'EUR', repeatsId: '' };
    const zone = 'Europe/Madrid';
    await app.Promises.Make({ caseId: id, company: 'Iberluz', person: 'Núria', madeAt: '2/3/2026', zone, terms });
    await app.Totals.AddExpense({ caseId: id, what: 'Taxi', amount: '12,50', currency: 'EUR', when: '3/3/2026', zone });
    await app.Window.SaveSettings({ ...(await app.Window.Ready('en', zone)).settings, welcomed: true });
    return id;
  });
  caseAddress = `#/case/${caseId}`;
  await page.evaluate((address) => (location.hash = address), `${caseAddress}/promises`);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'The line that never came' }).waitFor();
}

async function correctPromise(page) {
  await choose(page, /What can be done with it: promise, A technician comes/, 'Correct');
  await dialog(page).getByText('Wednesday, 4 March 2026').waitFor();
  assert.equal(
    await dialog(page)
      .getByLabel(/^Who said it/)
      .inputValue(),
    'Núria',
  );
  await look(page, 'correct a promise');
  await refill(page, 'By when', '7/3/2026');
  await dialog(page).getByText('Saturday, 7 March 2026').waitFor();
  await refill(page, 'Why · optional', 'I looked at my notes');
  await page.keyboard.press('Control+Enter');
  await corrected(page);
  await page.locator('summary', { hasText: 'corrected' }).press('Enter');
  await page.getByText(/I looked at my notes/).waitFor();
  await page.locator('del', { hasText: '4 March 2026' }).waitFor();
  await page.locator('ins', { hasText: '7 March 2026' }).waitFor();
  await look(page, 'a promise, corrected');
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.locator('summary', { hasText: 'corrected' }).waitFor({ state: 'detached' });
}

async function correctExpense(page) {
  await page.getByRole('tab', { name: 'Figures' }).click();
  await choose(page, 'What can be done with it: expense, Taxi', 'Correct');
  await dialog(page).getByLabel('Amount').waitFor();
  await refill(page, 'Amount', 'a lot');
  await page.keyboard.press('Control+Enter');
  await dialog(page).getByRole('alert').waitFor();
  await look(page, 'correct an expense, refused');
  await refill(page, 'Amount', '14,20');
  await page.keyboard.press('Control+Enter');
  await corrected(page);
  await page.getByText('€14.20').first().waitFor();
  await look(page, 'an expense, corrected');
}

async function correctCase(page) {
  await choose(page, 'What can be done with the case', 'Correct the case');
  await page.getByRole('heading', { level: 1, name: 'Correct the case' }).waitFor();
  await page.getByLabel('What is it about?').waitFor();
  await look(page, 'correct the case');
  await refill(page, 'What is it about?', 'The fibre line that never came');
  await refill(page, 'By when you ask for an answer', '15/4/2026');
  await refill(page, 'Why · optional', 'It was about the fibre');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { level: 1, name: 'The fibre line that never came' }).waitFor();
  await page.locator('header.top summary', { hasText: 'corrected' }).press('Enter');
  await page.locator('del', { hasText: 'The line that never came' }).waitFor();
  await look(page, 'the case, corrected');
}

async function closeAndOpenAgain(page) {
  await choose(page, 'What can be done with the case', 'Close the case');
  await dialog(page).getByText('How did it end?').waitFor();
  await look(page, 'close the case');
  await dialog(page).getByRole('radio', { name: 'solved in part' }).focus();
  await page.keyboard.press('Space');
  await refill(page, 'In your words · optional', 'They paid half.');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^Closed on .*: solved in part\.$/).waitFor();
  await look(page, 'a closed case');

  await page.getByRole('link', { name: 'Cases', exact: true }).click();
  await page.getByRole('heading', { level: 2, name: /^Closed/ }).waitFor();
  await look(page, 'cases, one closed');
  await page.getByRole('link', { name: 'Today', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  assert.equal(await page.getByRole('main').getByText('A technician comes').count(), 0);

  await page.evaluate((address) => (location.hash = address), caseAddress);
  await choose(page, 'What can be done with the case', 'Open the case again');
  await page.getByText('The case is open again.').waitFor();
  await page
    .getByText(/Iberluz promised/)
    .first()
    .waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText(/^Closed on .*: solved in part\.$/).waitFor();
}

/** What is called and logged from a row of Today knows its case and its company. */
async function fromToday(page) {
  await page.keyboard.press('Control+Shift+z');
  await page.getByRole('link', { name: 'Today', exact: true }).click();
  await page
    .getByRole('button', { name: /^Call Iberluz|^Call.*Iberluz/ })
    .first()
    .press('Enter');
  await page.getByRole('timer').waitFor();
  const [call] = await page.evaluate(() => window.go.app.Calls.List());
  assert.equal(call.caseId, caseAddress.split('/')[2]);
  assert.equal(await page.locator('#call-company').inputValue(), 'Iberluz');
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Discard' }).press('Enter');
  await page.getByRole('link', { name: 'Today', exact: true }).click();
  await page
    .getByRole('link', { name: /They answered/ })
    .first()
    .press('Enter');
  await page
    .getByRole('radio', { name: /They|company/ })
    .and(page.locator('[value=incoming]:checked'))
    .waitFor();
}

async function bringBack(page) {
  await page.getByRole('link', { name: 'Backup' }).click();
  await page.getByRole('button', { name: 'Choose a folder' }).press('Enter');
  await page.getByRole('button', { name: 'Back up now' }).press('Enter');
  await page.getByText(/^AGE-SECRET-KEY-1/).waitFor();
  await page.keyboard.press('Escape');
  await page.evaluate(async () => {
    const zone = 'Europe/Madrid';
    const money = { claimed: '', currency: 'EUR', zone };
    const none = { referenceLabel: '', referenceNumber: '', summary: '', outcome: '' };
    await window.go.app.Cases.New({
      title: 'Begun after the backup',
      company: 'Lavamar',
      role: 'seller',
      ...none,
      ...money,
    });
  });
  await page.getByRole('button', { name: 'See what is in the backup' }).press('Enter');
  await page.getByText('Something was recorded here after this backup was made.').waitFor();
  await look(page, 'what a backup would bring');
  await page.getByRole('button', { name: 'Bring it back' }).press('Enter');
  await page.getByText('The backup is back.').waitFor();
  const [, kept] = /is in (.*)\.$/.exec(await page.getByRole('status').getByText('The backup is back.').innerText());
  assert.ok(existsSync(join(kept, 'constancia.db')), `what was there is not in ${kept}`);
  await look(page, 'a backup, brought back');
  await page.getByRole('link', { name: 'Cases', exact: true }).click();
  await page.getByRole('main').getByText('The fibre line that never came').waitFor();
  assert.equal(await page.getByText('Begun after the backup').count(), 0);
}

async function inOtherLooks() {
  for (const [locale, colorScheme] of [
    ['es-ES', 'light'],
    ['ca-ES', 'dark'],
  ]) {
    const other = await openPage(program, { locale, colorScheme });
    const show = async (address, name, ready) => {
      await other.page.evaluate((to) => (location.hash = to), address);
      await other.page.locator(ready).first().waitFor();
      await look(other.page, `${name}, ${locale}`);
    };
    await other.page.getByRole('navigation').waitFor();
    await show(caseAddress, 'the case', 'header.top');
    await show(`${caseAddress}/correct`, 'correct the case', '#case-title');
    await show('#/cases', 'cases', 'main h2');
    await show('#/backup', 'backup', '#restore-about, main section');
    await show(`${caseAddress}/promises`, 'promises', '#case-promises li');
    assert.deepEqual(other.troubles, []);
    await other.close();
  }
}

const steps = [
  prepare,
  correctPromise,
  correctExpense,
  correctCase,
  closeAndOpenAgain,
  fromToday,
  bringBack,
  inOtherLooks,
];
await play(program, { found, tidy: () => rmSync(disk, { recursive: true, force: true }) }, (page) =>
  inSteps(steps, page),
);
