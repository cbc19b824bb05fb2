// Files become evidence: several at once through the dialog, each with what it shows, two photos as one exhibit; they are
// looked at, listened to and read in the window, corrected, and undone; what is being added can be called off.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { openPage, startProgram } from './program.mjs';
import { inSteps, play } from './play.mjs';

// What the dialog answers: the folder, which the test fills before it asks.
const chosen = mkdtempSync(join(tmpdir(), 'constancia-chosen-'));
const program = await startProgram({ CONSTANCIA_DIALOG_OPEN: chosen });
const found = [];

/** The files of a folder that is empty before. */
function lay(files) {
  rmSync(chosen, { recursive: true });
  mkdirSync(chosen);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(chosen, name), content);
}

/** A drawing of some size as a JPEG; orientation 6 is that of a phone held upright. */
function photo(width, height, colours) {
  return execFileSync('convert', ['-size', `${width}x${height}`, `gradient:${colours}`, '-quality', '80', 'jpg:-']);
}

/** Seconds of a tone as a WAV, 8 bits, 8 kHz, one channel. */
function tone(seconds) {
  const samples = Buffer.from(Array.from({ length: 8000 * seconds }, (_, i) => 128 + Math.round(60 * Math.sin(i / 3))));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [16, 16],
    [24, 8000],
    [28, 8000],
    [40, samples.length],
  ])
    head.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ])
    head.writeUInt16LE(value, at);
  head.write('data', 36);
  return Buffer.concat([head, samples]);
}

const dialog = (page) => page.getByRole('dialog');
const row = (page, text) => page.locator('li.row').filter({ hasText: text });

/** Opens the dialog on what was laid out. */
async function chooseFiles(page) {
  await page.getByRole('button', { name: 'Choose files' }).press('Enter');
  await dialog(page).waitFor();
}

async function startCase(page) {
  await page.goto(`${program.address}#/new`);
  await page.getByLabel('What is it about?').fill('A washing machine that floods the kitchen');
  await page.getByLabel('Company', { exact: true }).fill('Lavamar');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'A washing machine that floods the kitchen' }).waitFor();
  await page.getByRole('tab', { name: /Evidence/ }).click();
  await page.getByText('No evidence yet').waitFor();
  found.push(...(await findings(page, 'evidence, empty')));
}

async function addSeveral(page) {
  lay({
    'call.wav': tone(2),
    'chat.txt': 'Hola, ¿cuándo viene el técnico?\nMañana sin falta.\n',
    'img_2041.heic': Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')]),
    'page.html': '<!DOCTYPE html><html><script>document.title = "taken over"</script></html>',
    'receipt\u202efdp.jpg': photo(2400, 1800, '#1b5e6b-#f7f5f0'),
  });
  await chooseFiles(page);
  await dialog(page).getByRole('heading', { name: 'Add 5 files as evidence' }).waitFor();
  await dialog(page).getByText('receipt\ufffdfdp.jpg').waitFor();
  await page.locator('#evidence-shows-0').fill('The call of 3 March, 2 minutes');
  await page.getByLabel('Who knew it was recorded').selectOption({ label: 'the recording was announced' });
  await page.locator('#evidence-shows-1').fill('They promise to come tomorrow');
  await page.locator('#evidence-shows-4').fill('The receipt');
  found.push(...(await findings(page, 'add evidence')));
  await page.getByRole('radio', { name: 'Another date' }).press('Space');
  await page.getByLabel('Day', { exact: true }).fill('30');
  await page.getByLabel('Month', { exact: true }).fill('2');
  await page.getByLabel('Year', { exact: true }).fill('2026');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByRole('alert').getByText('“Date”: that day or time does not exist. Check it.').waitFor();
  found.push(...(await findings(page, 'add evidence, refused')));
  await page.getByLabel('Day', { exact: true }).fill('28');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('5 files are on record as evidence.').waitFor();
  await row(page, 'The call of 3 March').getByText('the recording was announced').waitFor();
  await row(page, 'The receipt').getByText('28 February 2026').waitFor();
  await row(page, 'The receipt')
    .locator('img')
    .evaluate((image) => image.decode());
  const width = await row(page, 'The receipt')
    .locator('img')
    .evaluate((image) => image.naturalWidth);
  assert.equal(width, 480, 'the list shows a small picture, not the photo');
  found.push(...(await findings(page, 'evidence')));
}

async function lookAtEach(page) {
  await page.getByRole('button', { name: 'Look at The call of 3 March' }).press('Enter');
  const player = dialog(page).locator('audio');
  await player.waitFor();
  await page.waitForFunction(() => document.querySelector('audio').readyState >= 1);
  assert.ok(Math.abs((await player.evaluate((audio) => audio.duration)) - 2) < 0.1, 'the player knows how long it is');
  await player.evaluate((audio) => (audio.currentTime = 1.5));
  await page.waitForFunction(() => !document.querySelector('audio').seeking);
  assert.ok((await player.evaluate((audio) => audio.currentTime)) >= 1.4, 'it goes to any place');
  found.push(...(await findings(page, 'a recording')));

  await dialog(page).getByRole('button', { name: 'Next' }).press('Enter');
  await dialog(page).getByText('Mañana sin falta.').waitFor();
  found.push(...(await findings(page, 'a text')));

  await page.keyboard.press('ArrowRight');
  await dialog(page).getByText('This window can’t show this kind of photo').waitFor();
  found.push(...(await findings(page, 'a HEIC photo')));

  await page.keyboard.press('ArrowRight');
  await dialog(page).getByText('document.title = "taken over"').waitFor();
  assert.ok(!(await page.title()).includes('taken over'), 'a page is shown as its source');
  await dialog(page)
    .getByText('It could start a program, so it is not opened from here.')
    .waitFor({ state: 'detached' });
  assert.equal(await dialog(page).getByRole('button', { name: 'Open in the system’s viewer' }).count(), 0);

  await page.keyboard.press('ArrowRight');
  const image = dialog(page).getByRole('img', { name: 'The receipt' });
  await image.waitFor();
  await image.evaluate((shown) => shown.decode());
  assert.equal(await image.evaluate((shown) => shown.naturalWidth), 2400);
  assert.ok((await image.evaluate((shown) => shown.clientWidth)) < 1200, 'it fits the window');
  await dialog(page).getByRole('button', { name: 'Own size' }).press('Enter');
  assert.equal(await image.evaluate((shown) => shown.clientWidth), 2400);
  await dialog(page).getByRole('button', { name: 'Fit to window' }).waitFor();
  await dialog(page).getByText('A-5').first().waitFor();
  const sum = await dialog(page).locator('dd code').textContent();
  assert.match(sum, /^[0-9a-f]{64}$/);
  found.push(...(await findings(page, 'a photo')));
  await page.keyboard.press('Escape');
}

async function correct(page) {
  await page.getByRole('button', { name: 'Look at The receipt' }).press('Enter');
  await page.getByRole('button', { name: 'Correct the details' }).press('Enter');
  await page.getByLabel('What it shows · optional').fill('The receipt of the machine');
  await page.getByLabel('Day', { exact: true }).fill('');
  found.push(...(await findings(page, 'correct evidence')));
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('The correction is on record.').waitFor();
  await dialog(page).getByText('February 2026', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await row(page, 'The receipt of the machine').waitFor();
}

async function oneExhibit(page) {
  lay({ 'floor 1.jpg': photo(900, 1200, '#f0c266-#7d5200'), 'floor 2.jpg': photo(1200, 900, '#7fc6d1-#14191c') });
  await chooseFiles(page);
  await page.locator('#evidence-shows-0').fill('Water on the floor, from the door');
  await page.locator('#evidence-shows-1').fill('Water on the floor, from the window');
  await page.getByRole('checkbox', { name: /All of these are one exhibit/ }).press('Space');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('2 files are on record as evidence.').waitFor();
  const group = page.locator('li.several');
  await group.getByText('2 files, one exhibit').waitFor();
  await group.getByText('A-6').waitFor();
  found.push(...(await findings(page, 'evidence, one exhibit of two')));

  // Undone, both are gone; done again, they are the same exhibit.
  await page.getByRole('button', { name: 'Undo' }).click();
  await group.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Do it again' }).click();
  await group.getByText('A-6').waitFor();
}

async function whatIsThereAlready(page) {
  lay({ 'the same call.wav': tone(2), 'letter.txt': 'Muy señores míos:' });
  mkdirSync(join(chosen, 'nothing'));
  await chooseFiles(page);
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await dialog(page).getByText('It is in this case already: A-1. It was not added again.').waitFor();
  await dialog(page)
    .getByText(/Added as exhibit A-7/)
    .waitFor();
  found.push(...(await findings(page, 'how it went')));
  await dialog(page).locator('footer').getByRole('button', { name: 'Close' }).press('Enter');
  await row(page, 'letter.txt').waitFor();
}

async function callOff(page) {
  lay({ 'a small one.txt': 'first', 'video.mp4': '' });
  truncateSync(join(chosen, 'video.mp4'), 3 * 1024 ** 3); // a hole: it takes no room, and long to read
  await chooseFiles(page);
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await dialog(page)
    .getByText(/ of 3\.2 GB/)
    .waitFor();
  await page.waitForFunction(() => Number(document.querySelector('[role=progressbar]')?.ariaValueNow) > 0);
  found.push(...(await findings(page, 'adding')));
  await dialog(page).getByRole('button', { name: 'Cancel' }).press('Enter');
  await dialog(page).getByText('What was added before stays on record.').waitFor();
  await dialog(page)
    .getByText(/Added as exhibit A-8/)
    .waitFor();
  await dialog(page).getByText('Not added.').waitFor();
  found.push(...(await findings(page, 'called off')));
  await dialog(page).locator('footer').getByRole('button', { name: 'Close' }).press('Enter');
  await row(page, 'a small one.txt').waitFor();
}

/** In the other languages and the dark: the list, the dialog and a photo. */
async function otherLooks() {
  for (const [locale, colorScheme, tab] of [
    ['es-ES', 'light', /Pruebas/],
    ['ca-ES', 'dark', /Proves/],
  ]) {
    const { page, close, troubles } = await openPage(program, { locale, colorScheme });
    await page.goto(`${program.address}${caseAddress}/evidence`);
    await page.getByRole('tab', { name: tab, selected: true }).waitFor();
    await page.locator('li.row').first().waitFor();
    found.push(...(await findings(page, `evidence, ${locale}, ${colorScheme}`)));
    await page.locator('li.row', { hasText: 'The receipt' }).locator('button.look').press('Enter');
    await page.getByRole('dialog').getByRole('img').waitFor();
    found.push(...(await findings(page, `a photo, ${locale}, ${colorScheme}`)));
    await page.keyboard.press('Escape');
    lay({ 'a.txt': 'Una más', 'b.wav': tone(1) });
    await page.getByRole('tabpanel').locator('.head').getByRole('button').first().press('Enter');
    await page.getByRole('dialog').waitFor();
    found.push(...(await findings(page, `add evidence, ${locale}, ${colorScheme}`)));
    assert.deepEqual(troubles, []);
    await close();
  }
}

let caseAddress = '';
await play(program, { found, tidy: () => rmSync(chosen, { recursive: true, force: true }) }, async (page) => {
  await inSteps([startCase], page);
  caseAddress = page
    .url()
    .replace(/^[^#]*/, '')
    .replace(/\/evidence$/, '');
  await inSteps([addSeveral, lookAtEach, correct, oneExhibit, whatIsThereAlready, callOff, otherLooks], page);
});
