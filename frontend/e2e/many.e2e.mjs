// “It has been going on for months”: twenty past calls into the grid by keyboard and clipboard, a phone's log and a table
// read, problems shown at their cells, all saved as one act, undone as one. And one contact logged afterwards, by
// keyboard alone, with its keys counted.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { openPage, startProgram } from './program.mjs';
import { inSteps, play } from './play.mjs';

const folder = mkdtempSync(join(tmpdir(), 'constancia-many-'));
const log = join(folder, 'calls.xml');
const pictures = process.env.MANY_PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });
const program = await startProgram({ CONSTANCIA_DIALOG_OPEN: log });
const found = [];

const shot = (page, name) => pictures && page.screenshot({ path: join(pictures, `${name}.png`) });

function writeLog() {
  const calls = Array.from({ length: 6 }, (_, at) => {
    const date = Date.UTC(2026, 2, 2 + at, 9, 5);
    return `<call number="+34900123456" duration="${60 * at + 12}" date="${date}" type="${at === 3 ? 3 : 2}" presentation="1" contact_name="Envíos Rayo"/>`;
  });
  calls.push(
    `<call number="600000000" duration="60" date="${Date.UTC(2026, 2, 2)}" type="1" presentation="1" contact_name="Mamá"/>`,
  );
  writeFileSync(log, `<?xml version='1.0' encoding='UTF-8'?>\n<calls count="7">\n${calls.join('\n')}\n</calls>\n`);
}

const cell = (page, row, column) => page.locator(`#many-${row - 1}-${column}`);

async function begin(page) {
  await page.goto(`${program.address}#/many`);
  await page.getByRole('heading', { name: 'Many at once' }).waitFor();
  await page.getByRole('button', { name: 'Begin' }).press('Enter');
  await page.getByRole('alert').getByText('Fill in “What is it about?”.').waitFor();
  found.push(...(await findings(page, 'many, no case yet')));
  await shot(page, 'first-case');
  await page.getByLabel('What is it about?').fill('The parcel that never came');
  await page.getByLabel('Company').fill('Envíos Rayo');
  await page.keyboard.press('Enter');
  await page.getByRole('grid').waitFor();
  await shot(page, 'empty');
}

/** Rows by keyboard: what is left out comes from the row above. */
async function typeRows(page) {
  const keys = page.keyboard;
  await keys.type('20/12/2025 10:05');
  for (let i = 0; i < 5; i += 1) await keys.press('Tab');
  await keys.type('They said it was on the van');
  await keys.press('Tab');
  await keys.type('Deliver it');
  await keys.press('Tab');
  await keys.type('48 h');
  await keys.press('Enter');
  await keys.type('3/1'); // below where the row began: the year turned
  await cell(page, 1, 'when').getByText('Sat 20 Dec 2025, 10:05').waitFor();
  await cell(page, 1, 'due').getByText('Mon 22 Dec 2025').waitFor();
  await keys.press('Tab');
  await keys.press('Tab');
  await keys.type('em');
  await page.getByRole('option', { name: 'email', exact: true }).waitFor();
  await keys.press('Tab'); // takes what is offered
  await keys.type('Núria, supervisor');
  await keys.press('Tab');
  await keys.type('a while');
  await keys.press('Enter');
  await cell(page, 2, 'when').getByText('Sat 3 Jan 2026').waitFor();
  await cell(page, 2, 'channel').getByText('email', { exact: true }).waitFor();
  await cell(page, 2, 'company').getByText('Envíos Rayo').waitFor();
  await cell(page, 2, 'hold').getByText('35, 12:30 or 1 h 20').waitFor();
  await keys.type('Monday 12 March 2026');
  await keys.press('Enter');
  await cell(page, 3, 'when').getByText('It was not on that weekday.').waitFor();
  found.push(...(await findings(page, 'many, with problems')));
  await shot(page, 'problems');

  // They are named on saving, too, and each leads to its cell.
  await keys.press('Control+Enter');
  const summary = page.getByRole('alert');
  await summary.getByText(/^Row 2\. /).waitFor();
  await shot(page, 'refused');
  found.push(...(await findings(page, 'many, refused')));
  await summary.getByText(/^Row 3\. /).click();
  await keys.type('some day in March 2026');
  await keys.press('ArrowUp');
  await cell(page, 3, 'when').getByText('March 2026', { exact: true }).waitFor();
  for (let i = 0; i < 4; i += 1) await keys.press('ArrowRight');
  await keys.type('35');
  await keys.press('Enter');
  await cell(page, 2, 'hold').getByText('35', { exact: true }).waitFor();
}

/** Rows from a spreadsheet, taken back and pasted again. */
async function pasteRows(page) {
  const rows = Array.from({ length: 11 }, (_, at) => `${at + 4}/3/2026\t\t\tAna\t${at}\tCall ${at + 1}, no news`);
  await cell(page, 4, 'when').click();
  const paste = (text) =>
    page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);
  await paste(rows.join('\r\n'));
  await cell(page, 14, 'what').getByText('Call 11, no news').waitFor();
  await page.getByText('11 rows pasted.').waitFor({ state: 'attached' });
  await page.keyboard.press('Control+z');
  await cell(page, 14, 'what').getByText('Call 11').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+y');
  await cell(page, 14, 'what').getByText('Call 11, no news').waitFor();
  await cell(page, 5, 'when').getByText('Thu 5 Mar 2026').waitFor();
}

/** Nothing is lost when the page goes away. */
async function reload(page) {
  await page.waitForTimeout(700);
  await page.reload();
  await cell(page, 14, 'what').getByText('Call 11, no news').waitFor();
}

async function readLog(page) {
  await page.getByRole('button', { name: 'Read a phone’s call log…' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await shot(page, 'log-start');
  found.push(...(await findings(page, 'call log')));
  await dialog.getByRole('button', { name: 'Choose the file' }).press('Enter');
  await dialog.getByText('7 rows').waitFor();
  await dialog.getByText('6 calls').waitFor();
  assert.equal(await dialog.getByRole('checkbox', { name: /Envíos Rayo/ }).isChecked(), true);
  assert.equal(await dialog.getByRole('checkbox', { name: /Mamá/ }).isChecked(), false);
  assert.equal(await dialog.getByRole('checkbox', { name: /Keep the file/ }).isChecked(), true);
  found.push(...(await findings(page, 'call log, numbers')));
  await shot(page, 'log-numbers');
  await dialog.getByRole('button', { name: 'Add to the table' }).press('Enter');
  await page.getByText('6 rows added to the table.').waitFor();
  await cell(page, 18, 'what').getByText('Missed call.').waitFor();
  await cell(page, 15, 'when').getByText('Mon 2 Mar 2026, 10:05').waitFor();
}

async function readTable(page) {
  writeFileSync(
    log,
    'a;b;c\n02/04/2026;10:30;They will look into it, they say\n03/04/2026;11:00;Nobody knows anything of it\n',
  );
  await page.getByRole('button', { name: 'Read a phone’s call log…' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Choose the file' }).press('Enter');
  await dialog.getByText('What does each column say?').waitFor();
  found.push(...(await findings(page, 'call log, columns')));
  await shot(page, 'log-columns');
  await dialog.getByLabel('b', { exact: true }).selectOption('clock');
  await dialog.getByRole('button', { name: 'Next' }).press('Enter');
  await dialog.getByRole('checkbox', { name: /Keep the file/ }).uncheck();
  await dialog.getByRole('button', { name: 'Add to the table' }).press('Enter');
  await cell(page, 22, 'when').getByText('Fri 3 Apr 2026, 11:00').waitFor();
  writeLog();
}

async function save(page) {
  found.push(...(await findings(page, 'many, filled')));
  await shot(page, 'filled');
  await page.getByRole('button', { name: 'Save 22 contacts' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('22 contacts are on record.').waitFor();
  await page.getByRole('heading', { level: 1, name: 'The parcel that never came' }).waitFor();
  // Only rows near the window are in the page: the newest on top, the oldest when they are turned around.
  await page.locator('[data-kind=contact]').getByText('Nobody knows anything of it').waitFor();
  await page.getByRole('button', { name: 'Newest first' }).press('Enter');
  await page.locator('[data-kind=contact]').getByText('They said it was on the van').waitFor();
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.locator('[data-kind=contact]').first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /Redo|Do it again/ }).press('Enter');
  await page.locator('[data-kind=contact]').getByText('They said it was on the van').waitFor();
  await shot(page, 'saved');
}

/** One contact afterwards, by keyboard alone: words don't count, every other key does. */
async function logOne(page) {
  let keys = 0;
  const press = async (key, times = 1) => {
    for (let i = 0; i < times; i += 1) await page.keyboard.press(key);
    keys += times * key.split('+').length;
  };
  const says = (label) =>
    page.waitForFunction((name) => document.activeElement?.labels?.[0]?.textContent.includes(name), label);
  await page.locator('body').click({ position: { x: 5, y: 400 } });
  await press('n');
  await says('When was it?');
  await page.keyboard.type('yesterday 10:30');
  await page.getByText('It will be marked as recorded 1 day later.').waitFor();
  await press('Tab', 4);
  await says('Name, as it was given');
  await page.keyboard.type('Marc Vila');
  await press('Tab', 5);
  await says('What they promised');
  await page.keyboard.type('Send the money back');
  await press('Tab');
  await says('By when');
  await page.keyboard.type('7 days');
  await page
    .locator('#contact-promise-0-due-read')
    .getByText(/in 6 days/)
    .waitFor();
  found.push(...(await findings(page, 'contact afterwards')));
  await shot(page, 'contact');
  await press('Control+Enter');
  await page.getByText('The contact is on record.').waitFor();
  await page.locator('[data-kind=contact]').getByText('Marc Vila').waitFor();
  await page.locator('[data-kind=contact]').getByText('Send the money back').waitFor();
  console.log(`one contact with name, promise and due date: ${keys} keys besides the words`);
  assert.ok(keys <= 15, `${keys} keys`);
}

const looks = [
  { name: 'es light', locale: 'es-ES', colorScheme: 'light', heading: 'Muchas a la vez' },
  { name: 'ca dark', locale: 'ca-ES', colorScheme: 'dark', heading: 'Moltes alhora' },
];

async function inOtherLooks(address) {
  for (const { name, heading, ...look } of looks) {
    const { page, troubles, close } = await openPage(program, {
      ...look,
      timezoneId: 'Europe/Madrid',
      viewport: { width: 1024, height: 768 },
    });
    await page.goto(address);
    await page.getByRole('heading', { name: heading }).waitFor();
    await page.getByRole('grid').waitFor();
    await page.keyboard.type(look.locale === 'es-ES' ? 'ayer hacia las 10' : '12 de març a les 10:05');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('pronto');
    await page.keyboard.press('Enter');
    await page.locator('.problem').first().waitFor();
    found.push(...(await findings(page, `many, ${name}`)));
    await shot(page, `look-${name.replace(' ', '-')}`);
    assert.deepEqual(troubles, []);
    await close();
  }
}

const tidy = () => rmSync(folder, { recursive: true });
await play(program, { found, options: { timezoneId: 'Europe/Madrid' }, tidy }, async (page) => {
  writeLog();
  await inSteps([begin, typeRows, pasteRows, reload, readLog, readTable, save, logOne], page);
  const caseId = page.url().split('#/case/')[1].split('/')[0];
  await inOtherLooks(`${program.address}#/many/${caseId}`);
});
