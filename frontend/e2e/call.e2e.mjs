// A call, live: begun without a case, cut off by kill -9 and found again with its clock, notes and wait, gone on with and
// saved; then a call with a name, a promise and a date by keyboard alone, its key presses counted; and the small panel.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { openPage, startProgram } from './program.mjs';
import { inSteps } from './play.mjs';

let program = await startProgram();
let view;
const found = [];
let presses = 0;

/** Presses a key that is no part of the words, and counts it. */
async function press(page, ...keys) {
  for (const key of keys) {
    presses += 1;
    await page.keyboard.press(key);
  }
}

/** The program says that everything typed is kept. */
async function kept(page, text) {
  const typed = () => page.evaluate(async () => JSON.stringify(await window.go.app.Calls.List()));
  for (let left = 200; !(await typed()).includes(text); left--) {
    assert.ok(left > 0, `“${text}” is kept`);
    await page.waitForTimeout(50);
  }
}

const timer = (page) => page.getByRole('timer', { name: 'How long the call has lasted' });
const command = (page, name) => page.getByRole('group', { name: 'What is happening' }).getByRole('button', { name });

async function beginWithoutCase() {
  const { page } = view;
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('c');
  await timer(page).waitFor();
  const [call] = await page.evaluate(() => window.go.app.Calls.List());
  assert.equal(call.form, '', 'the clock is stored before anything is typed');
  assert.ok(Math.abs(Date.parse(call.beganAt) - Date.now()) < 60_000, `begun at ${call.beganAt}`);
  found.push(...(await findings(page, 'call, begun')));

  await page.keyboard.type('Iberluz');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Pau');
  await page.keyboard.press('Enter');
  await page.keyboard.type('He says that nothing is on file');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'He says that nothing is on file' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await page.keyboard.type('Núria');
  await page.keyboard.press('Enter');
  await page.getByText('Passed on 1 time').waitFor();
  await page.keyboard.press('h');
  await page.getByRole('button', { name: /On hold/, pressed: true }).waitFor();
  await page.keyboard.press('n');
  await page.keyboard.type('half a sent');
  await kept(page, 'half a sent');
  found.push(...(await findings(page, 'call, on hold')));
}

async function cutOffAndFoundAgain() {
  const before = await view.page.evaluate(() => window.go.app.Calls.List());
  await program.kill();
  program = await startProgram({}, program);
  view = await openPage(program);
  const { page } = view;
  const clock = before[0].began.slice(11);
  await page.getByText(`A call of ${clock} is not finished.`).waitFor();
  await page.getByText('1 note', { exact: true }).waitFor();
  found.push(...(await findings(page, 'a call is not finished')));
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText(`A call of ${clock} is not finished.`).waitFor();

  await page.getByRole('button', { name: 'Go on with it' }).press('Enter');
  await timer(page).waitFor();
  const [after] = await page.evaluate(() => window.go.app.Calls.List());
  assert.equal(after.beganAt, before[0].beganAt);
  assert.deepEqual(after.notes, before[0].notes);
  assert.equal(await page.getByLabel('Note', { exact: true }).inputValue(), 'half a sent');
  await page.getByRole('button', { name: /On hold/, pressed: true }).waitFor();
  await page.getByText('Iberluz · Núria').waitFor();
  await page.getByText('Passed on 1 time').waitFor();
}

async function discardAndUndo() {
  const { page } = view;
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await page.getByRole('heading', { name: 'Is this right?' }).waitFor();
  found.push(...(await findings(page, 'review')));
  await page.getByRole('button', { name: 'Discard' }).press('Enter');
  await page.getByText(/The call of .* was discarded/).waitFor();
  assert.equal((await page.evaluate(() => window.go.app.Calls.List())).length, 0);
  found.push(...(await findings(page, 'discarded')));
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.getByText(/A call of .* is not finished/).waitFor();
  await page.getByRole('button', { name: 'Review and save' }).press('Enter');
  await page.getByRole('heading', { name: 'Is this right?' }).waitFor();
}

async function correctAndSave() {
  const { page } = view;
  await page.getByText('A new case: Iberluz').waitFor();
  await page.getByText('Iberluz: Pau → Núria').waitFor();
  await page.getByText('half a sent').first().waitFor();
  await page.locator('summary', { hasText: 'Case' }).press('Enter');
  await page.getByLabel('What is it about?').fill('The line that never came');
  await page.locator('summary', { hasText: 'Notes' }).press('Enter');
  await page.getByRole('button', { name: 'half a sent' }).press('Enter');
  await page.getByRole('textbox', { name: /Change the note/ }).fill('Half a sentence, now whole');
  await page.keyboard.press('Enter');
  found.push(...(await findings(page, 'review, open')));
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { level: 1, name: 'The line that never came' }).waitFor();
  const entry = page.locator('[data-kind=contact]');
  await entry.getByText('He says that nothing is on file').waitFor();
  await entry.getByText('Half a sentence, now whole').waitFor();
  await entry.getByText('Núria').waitFor();
  await entry.getByText(/on hold/).waitFor();
  assert.equal((await page.evaluate(() => window.go.app.Calls.List())).length, 0);
}

async function countKeyPresses() {
  const { page } = view;
  await page.evaluate(() => (location.hash = '#/'));
  await page.getByRole('link', { name: /Settings/ }).waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  presses = 0;
  await press(page, 'c');
  await timer(page).waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('input'));
  // The one company of the one case stands there already: who is on the line is the first thing to type.
  assert.equal(await page.evaluate(() => document.activeElement.id), 'call-person');
  await page.keyboard.type('Marta');
  await press(page, 'Escape', 'p');
  await page.waitForFunction(() => document.activeElement?.id === 'call-promise-what');
  await page.keyboard.type('A technician comes to the house');
  await press(page, 'Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'call-promise-due');
  await page.keyboard.type('48 h');
  await page.getByText(/^\w+day, .* · in 2 days$/i).waitFor();
  found.push(...(await findings(page, 'call, promise')));
  await press(page, 'Enter');
  await page
    .getByRole('complementary', { name: 'The call so far' })
    .getByText(/A technician comes to the house: by/)
    .waitFor();
  await press(page, 'e');
  await page.waitForFunction(() => document.activeElement?.id === 'call-save');
  await press(page, 'Enter');
  await page.getByRole('heading', { level: 1, name: 'The line that never came' }).waitFor();
  const entry = page.locator('[data-kind=contact]').filter({ hasText: 'Marta' });
  await entry.getByText('A technician comes to the house').waitFor();
  console.log(`a call with a name, a promise and its date: ${presses} key presses besides the words`);
  assert.ok(presses <= 15, `${presses} key presses`);
}

async function everyCommand() {
  const { page } = view;
  await page.keyboard.press('c');
  await timer(page).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await page.getByRole('checkbox', { name: 'Refused to give a name' }).and(page.locator(':checked')).waitFor();
  await page.keyboard.press('f');
  await page.keyboard.type('rude');
  await page.keyboard.press('Enter');
  found.push(...(await findings(page, 'call, failures')));
  await page.keyboard.press('Enter');
  await page.getByRole('complementary').getByText('rude treatment').waitFor();
  await page.keyboard.press('a');
  await page.getByRole('checkbox', { name: 'a reference number' }).check();
  await page.getByRole('radio', { name: 'a supervisor was refused' }).check();
  found.push(...(await findings(page, 'call, what to ask for')));
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await page.keyboard.press('r');
  await page.getByText('Explained it all again 2 times').waitFor();
  await page.keyboard.press('s');
  await page.keyboard.type('the shop');
  await page.keyboard.press('Enter');
  await page.getByText('They sent you to the shop').waitFor();
  await page.keyboard.press('w');
  await page.getByRole('button', { name: 'Large window' }).waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0, 'the small panel has no side bar');
  await page.setViewportSize({ width: 430, height: 560 });
  found.push(...(await findings(page, 'call, small')));
  await page.keyboard.press('w');
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.getByRole('navigation').waitFor();
  await command(page, 'End the call').press('Enter');
  await page.getByText('a supervisor was refused').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'The line that never came' }).waitFor();
  await page.locator('[data-kind=contact]').getByText('rude treatment').waitFor();
}

async function inOtherLooks() {
  for (const [locale, colorScheme, start] of [
    ['es-ES', 'light', 'Prometen'],
    ['ca-ES', 'dark', 'Prometen'],
  ]) {
    const other = await openPage(program, { locale, colorScheme });
    await other.page.getByRole('navigation').waitFor();
    await other.page.keyboard.press('c');
    await other.page.getByRole('button', { name: start }).waitFor();
    found.push(...(await findings(other.page, `call, ${locale}`)));
    await other.page.keyboard.press('Escape');
    await other.page.keyboard.press('p');
    found.push(...(await findings(other.page, `call, promise, ${locale}`)));
    await other.page.keyboard.press('Escape');
    await other.page.keyboard.press('e');
    await other.page.locator('#call-save').waitFor();
    found.push(...(await findings(other.page, `review, ${locale}`)));
    await other.page.reload();
    await other.page.locator('#call-save').waitFor();
    assert.deepEqual(other.troubles, []);
    await other.close();
  }
}

try {
  view = await openPage(program);
  for (const step of [
    beginWithoutCase,
    cutOffAndFoundAgain,
    discardAndUndo,
    correctAndSave,
    countKeyPresses,
    everyCommand,
    inOtherLooks,
  ]) {
    await inSteps([step]);
    assert.deepEqual(view.troubles, []);
  }
  assert.deepEqual(found, []);
} catch (error) {
  if (view) await view.page.screenshot({ path: join(tmpdir(), 'constancia-e2e-failed.png') }).catch(() => {});
  console.error(program.said());
  throw error;
} finally {
  await program.close();
}
