// A person's first day: start a case, log a contact with a promise by keyboard alone, find it in the timeline, settle
// the promise, add evidence, export the dossier, and look at the sample dispute.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findings } from './axe.mjs';
import { startProgram } from './program.mjs';
import { inSteps, play } from './play.mjs';

const leak = join(mkdtempSync(join(tmpdir(), 'constancia-leak-')), 'leak.txt');
writeFileSync(leak, 'Water on the kitchen floor.\n');
const program = await startProgram({ CONSTANCIA_DIALOG_OPEN: leak });
const found = [];

/** Types into the field that has the focus, or that Tab reaches by its label. */
async function fill(page, label, text) {
  await page.getByLabel(label, { exact: true }).first().focus();
  await page.keyboard.type(text);
}

async function choose(page, group, option) {
  await page.getByRole('group', { name: group }).getByRole('radio', { name: option }).focus();
  await page.keyboard.press('Space');
}

async function firstStart(page) {
  await page.getByRole('heading', { name: 'Put it on record' }).waitFor();
  found.push(...(await findings(page, 'first start')));
  await page.getByRole('button', { name: 'Español' }).click();
  await page.getByRole('heading', { name: 'Deja constancia' }).waitFor();
  assert.equal(await page.getAttribute('html', 'lang'), 'es');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Skip these questions' }).press('Enter');
}

async function startCase(page) {
  await page.getByRole('link', { name: 'Start a case' }).press('Enter');
  await page.getByRole('heading', { name: 'New case' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').getByText('Fill in “What is it about?”.').waitFor();
  found.push(...(await findings(page, 'new case, refused')));
  await fill(page, 'What is it about?', 'Washing machine that floods the kitchen');
  await fill(page, 'Company', 'Lavamar');
  await fill(page, 'Amount you claim · optional', '438,20');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Washing machine that floods the kitchen' }).waitFor();
  found.push(...(await findings(page, 'case, empty')));
}

async function logContact(page) {
  await page.keyboard.press('n');
  await page.getByRole('heading', { name: 'Log a contact' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').getByText('Fill in “What happened”.').waitFor();
  found.push(...(await findings(page, 'contact, refused')));

  await fill(page, 'When was it?', '30/2/2026 10.05');
  await fill(page, 'Name, as it was given', 'Núria');
  await fill(page, 'Position', 'technical service');
  await fill(page, 'Time on hold', '35');
  await fill(page, 'What happened', 'The machine flooded the kitchen again. They will send somebody.');
  await fill(page, 'Reference they gave · optional', 'LV-2231');
  await page.getByRole('checkbox', { name: 'long wait' }).press('Space');
  await fill(page, 'What they promised', 'A technician comes to the house');
  await fill(page, 'By when', '48 hours');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').getByText('“When was it?”: that day or time does not exist.').waitFor();

  // Nothing typed is lost by leaving.
  await page.waitForTimeout(600);
  await page.getByRole('button', { name: 'Leave for now' }).press('Enter');
  await page.getByRole('button', { name: 'Log a contact' }).first().press('Enter');
  await page.getByText('This is what you had typed earlier.').waitFor();
  assert.equal(await page.getByLabel('Name, as it was given').inputValue(), 'Núria');

  await page.getByLabel('When was it?').fill('28/2/2026 10.05');
  await page.getByText('Saturday, 28 February 2026, 10:05').waitFor();
  found.push(...(await findings(page, 'contact')));
  await page.keyboard.press('Control+Enter');
}

async function seeTimeline(page) {
  const entry = page.locator('[data-kind=contact]');
  await entry.getByText('The machine flooded the kitchen again.').waitFor();
  await entry.getByText('A technician comes to the house').waitFor();
  await entry.getByText('35 min on hold').waitFor();
  await entry.getByText(/recorded \d+ days later/).waitFor();
  await page.getByText(/Lavamar promised by .* 2026: “A technician comes to the house”\. \d+ days late\./).waitFor();
  found.push(...(await findings(page, 'case')));

  await page.getByRole('searchbox').fill('nuria');
  await entry.waitFor();
  await page.getByRole('searchbox').fill('nobody of that name');
  await page.getByText('Nothing fits the search').waitFor();
  await page.getByRole('button', { name: 'Show everything' }).press('Enter');
}

async function settlePromise(page) {
  await page.getByRole('tab', { name: /Promises/ }).click();
  found.push(...(await findings(page, 'promises')));
  await page.getByRole('button', { name: /How did it end\?: A technician/ }).press('Enter');
  await choose(page, 'It was', 'not kept');
  await fill(page, 'Note · optional', 'Nobody came.');
  found.push(...(await findings(page, 'settle')));
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('How the promise ended is on record.').waitFor();
  await page.getByText('Nobody came.').first().waitFor();
}

async function addEvidence(page) {
  await page.getByRole('tab', { name: /Evidence/ }).click();
  await page.getByRole('button', { name: 'Choose files' }).press('Enter');
  await page.getByRole('dialog').getByText('leak.txt').waitFor();
  await fill(page, 'What it shows · optional', 'Water on the floor');
  found.push(...(await findings(page, 'add evidence')));
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('The file is on record as evidence.').waitFor();
  await page.getByText('Water on the floor').waitFor();
  found.push(...(await findings(page, 'evidence')));
}

async function exportDossier(page) {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('export');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Save the dossier…' }).press('Enter');
  await page.getByText('The dossier is ready.').waitFor();
  const files = readdirSync(program.saved);
  assert.deepEqual(files, ['dossier head office - Washing machine that floods the kitchen.pdf']);
  const pdf = readFileSync(join(program.saved, files[0]));
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.ok(pdf.length > 10_000, `a dossier of ${pdf.length} bytes`);
}

async function lookAtSample(page) {
  await page.getByRole('link', { name: 'Cases', exact: true }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sample');
  await page.keyboard.press('Enter');
  await page.getByText('This is the sample dispute.').waitFor({ timeout: 60_000 });
  await page.getByRole('heading', { level: 1 }).waitFor();
  found.push(...(await findings(page, 'sample')));
  await page.getByRole('button', { name: 'Read' }).first().press('Enter');
  await page.getByRole('tab', { name: 'Source' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /Companies/ }).click();
  found.push(...(await findings(page, 'companies')));
  await page.getByRole('button', { name: 'Remove the sample' }).press('Enter');
  await page.getByText('The sample is gone.').waitFor();
  await page.getByRole('link', { name: 'Cases', exact: true }).press('Enter');
  assert.ok(!existsSync(join(program.home, 'library-sample')), 'the sample’s folder is gone');
  await page.getByRole('link', { name: 'Washing machine that floods the kitchen' }).first().waitFor();
  found.push(...(await findings(page, 'cases')));
}

async function changeLooks(page) {
  await page.getByRole('link', { name: 'Settings' }).click();
  await choose(page, 'Language', 'Català');
  await page.getByRole('heading', { name: 'Configuració' }).waitFor();
  await choose(page, 'Aspecte', 'Fosc');
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
  found.push(...(await findings(page, 'settings, Catalan, dark')));
  await page.reload();
  await page.getByRole('heading', { name: 'Configuració' }).waitFor();
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
}

const steps = [
  firstStart,
  startCase,
  logContact,
  seeTimeline,
  settlePromise,
  addEvidence,
  exportDossier,
  lookAtSample,
  changeLooks,
];
await play(program, { found, tidy: () => rmSync(dirname(leak), { recursive: true }) }, (page) => inSteps(steps, page));
