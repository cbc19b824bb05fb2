// The runaround of a case: who sent whom where, as a sentence, a picture that the keyboard goes through and a table, each
// leading to its contact; a contradiction pinned by keyboard, corrected, undone and taken back; and both again in three
// languages and both themes, and in a new case, where there is none yet.
import assert from 'node:assert/strict';
import { findings } from './axe.mjs';
import { eventually, openPage, startProgram } from './program.mjs';
import { inSteps, play } from './play.mjs';

const program = await startProgram();
const found = [];

async function openSample(page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sample');
  await page.keyboard.press('Enter');
  await page.getByText('This is the sample dispute.').waitFor({ timeout: 90_000 });
  await page.locator('[data-row] article').first().waitFor({ timeout: 30_000 });
  return page.url().slice(page.url().indexOf('#'));
}

const arrows = (page) => page.getByRole('group', { name: 'Who sent you to whom' }).getByRole('link');

async function readRunaround(page) {
  await page.getByRole('tab', { name: 'Runaround' }).press('Enter');
  await page.getByText(/You were sent on 9 times, between 4 places\./).waitFor();
  await page.getByText(/tell your story again 7 times/).waitFor();
  assert.equal(await arrows(page).count(), 8);
  const circle = page.getByRole('link', {
    name: /Norvela Seguros.*Sent you to: Galerías Montalbeda.*Back where it began/,
  });
  await circle.focus();
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.querySelector('title').textContent), /the website/);
  found.push(...(await findings(page, 'runaround, English, light')));
  await circle.press('Enter');
  await page.locator('[data-revealed]').getByText('Pau Recasens').first().waitFor();
  await page.goBack();
}

async function followTheTable(page) {
  const row = page.getByRole('row', { name: /Soraya Quintela/ });
  await row.getByText('Galerías Montalbeda').waitFor();
  await row.getByRole('link').press('Enter');
  await page.locator('[data-revealed]').getByText('Soraya Quintela').first().waitFor();
  await page.goBack();
}

/** An answer, by keyboard: its contact found by words, and what it said word for word. */
async function answer(page, words, person) {
  await page.keyboard.type(words);
  await eventually(`what ${person} said`, async () => {
    const first = page.locator('.picker:focus-within li').first();
    return (await first.textContent()).includes(person);
  });
  await page.keyboard.press('Enter');
}

async function pin(page) {
  await page.getByRole('button', { name: 'Pin a contradiction' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await dialog
    .getByRole('alert')
    .getByText(/question/)
    .waitFor();
  found.push(...(await findings(page, 'pinning, refused, English')));
  await dialog.getByLabel('The question').focus();
  await page.keyboard.type('Will there be a refund?');
  await page.keyboard.press('Tab');
  await answer(page, 'teresa', 'Teresa Ibarrola');
  await dialog.getByRole('group', { name: 'Answer 2' }).getByRole('searchbox').focus();
  await answer(page, 'retamero', 'Iván Retamero');
  assert.notEqual(await dialog.getByRole('group', { name: 'Answer 2' }).getByLabel('What they said').inputValue(), '');
  found.push(...(await findings(page, 'pinning, English')));
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('The contradiction is on record.').waitFor();
}

async function correctAndTakeBack(page) {
  const card = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Will there be a refund?' }) });
  await card.getByText('Galerías Montalbeda · Iván Retamero').waitFor();
  await card.getByText('31 July 2026, 10:30').waitFor();

  await card.getByRole('button', { name: /Will there be a refund/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Correct' }).press('Enter');
  await page
    .getByRole('dialog')
    .getByLabel(/A note/)
    .fill('The same shop.');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).press('Enter');
  await card.getByText('The same shop.').waitFor();
  await page.keyboard.press('Control+z');
  await card.getByText('The same shop.').waitFor({ state: 'detached' });

  await card.getByRole('button', { name: /Will there be a refund/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Take back' }).press('Enter');
  await card.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await card.waitFor();
}

/** What is typed into the form of a contact is in the picture. */
async function logARunaround(page, place) {
  await page.goto(`${program.address}${place}/contact`);
  await page.getByLabel('What happened').fill('They say it is the warehouse.');
  await page.getByRole('combobox', { name: /Where they sent you/ }).fill('the warehouse');
  await page.getByLabel('Told it all again').fill('2');
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-row] article').first().waitFor();
  await page.goto(`${program.address}${place}/runaround`);
  await page.getByText(/You were sent on 10 times, between 5 places\./).waitFor();
  await page.getByText(/tell your story again 9 times/).waitFor();
  await page.getByRole('link', { name: /Sent you to: the warehouse/ }).waitFor();
}

async function readElsewhere(place) {
  for (const look of [
    { locale: 'es-ES', colorScheme: 'light', summary: /Te mandaron de un lado a otro 10 veces/ },
    { locale: 'ca-ES', colorScheme: 'dark', summary: /T’han enviat d’un lloc a l’altre 10 vegades/ },
    { locale: 'en-GB', colorScheme: 'light', forcedColors: 'active', summary: /You were sent on 10 times/ },
  ]) {
    const { page, troubles, close } = await openPage(program, { ...look, viewport: { width: 1024, height: 768 } });
    await page.goto(`${program.address}${place}/runaround`);
    await page.getByText(look.summary).waitFor();
    await page.locator('blockquote').first().waitFor();
    const { wide, room } = await page.evaluate(() => ({
      wide: document.querySelector('main').scrollWidth,
      room: document.querySelector('main').clientWidth,
    }));
    assert.ok(wide <= room, `${look.locale}: the page is ${wide} wide in ${room}`);
    found.push(...(await findings(page, `runaround, ${look.locale}, ${look.colorScheme}`)));
    assert.deepEqual(troubles, []);
    await close();
  }
}

async function readAnEmptyOne(page) {
  await page.goto(`${program.address}#/new`);
  await page.getByLabel(/What is it about/).fill('The line that is not there');
  await page.getByLabel('Company', { exact: true }).fill('Iberluz');
  await page.getByRole('button', { name: /Start the case/ }).press('Enter');
  await page.getByRole('tab', { name: 'Runaround' }).press('Enter');
  await page.getByText('Nobody has sent you on so far').waitFor();
  await page.getByText(/Did two people tell you two different things\?/).waitFor();
  found.push(...(await findings(page, 'runaround, empty')));
}

await play(program, { found }, async (page) => {
  const place = await openSample(page);
  await inSteps([readRunaround, followTheTable, pin, correctAndTakeBack], page);
  await logARunaround(page, place);
  await readElsewhere(place);
  await readAnEmptyOne(page);
});
