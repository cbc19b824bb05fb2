// What a screen reader is told: names, roles, states and what is read out by itself, of the first start, a job that takes a
// while, a case, something done that can be undone, and a live call. The whole of it stands in reader.golden.txt;
// `node e2e/reader.e2e.mjs --write` writes that anew, to be read before it is kept.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPage, startProgram } from './program.mjs';
import { settled, skipQuestions } from './screens.mjs';

const golden = join(dirname(fileURLToPath(import.meta.url)), 'reader.golden.txt');
const told = [];
const program = await startProgram();

/** Notes how a part of the page is told. Ids, and the progress of clocks and jobs, are left out. */
async function note(what, part) {
  const tree = await part.ariaSnapshot();
  const steady = tree
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'ID')
    .replace(/(timer .*|time): .*\d\d:\d\d.*/g, '$1: CLOCK')
    .replace(/\d{1,2}:\d\d(:\d\d)?/g, 'CLOCK');
  told.push(`== ${what}\n${steady}\n`);
}

/** What is read out by itself when it changes, and how soon. */
const live = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[aria-live], [role=status], [role=alert], [role=log]')]
      .filter((element) => element.checkVisibility() || element.childElementCount === 0)
      .map((element) => {
        const name = element.getAttribute('aria-label') ?? '';
        return `${element.getAttribute('role') ?? 'live'} ${element.ariaLive ?? ''} “${name}” ${element.innerText.trim()}`;
      }),
  );

async function aJob(page) {
  await page.locator('.offer.sample').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('progressbar').waitFor();
  await note('a job under way', page.getByRole('dialog'));
  const within = await page.evaluate(() => document.querySelector('dialog').contains(document.activeElement));
  assert.ok(within, 'the focus is in the dialog');
}

async function aCase(page) {
  await page.getByRole('tablist', { name: 'Parts of the case' }).waitFor();
  await page.getByRole('tabpanel', { name: /Timeline/ }).waitFor();
  await page.getByRole('button', { name: 'Copy GM-26-0310774' }).waitFor();
  await note('the case at a glance', page.getByRole('region', { name: 'The case at a glance' }));
  await note('a contact', page.locator('[data-kind=contact]').first());
}

async function undone(page, place) {
  await page.goto(`${program.address}${place}/promises`);
  await page.getByRole('button', { name: 'How did it end?' }).last().click();
  await page.getByRole('radio', { name: 'withdrawn' }).press('Space');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await note('something done', page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Undo' }) }));
}

async function aCall(page) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('c');
  await page.getByRole('timer').waitFor();
  await settled(page);
  await note('a live call', page.locator('main'));
  await page.getByLabel('Note', { exact: true }).fill('He says that nothing is on file');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'He says that nothing is on file' }).waitFor();
  assert.ok(
    (await live(page)).some((region) => region.includes('He says that nothing is on file')),
    'a note that was taken is read out',
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await page.getByRole('button', { name: /On hold/, pressed: true }).waitFor();
  await note('on hold', page.getByRole('group', { name: 'What is happening' }));
  const clock = await page
    .getByRole('timer')
    .first()
    .evaluate((timer) => timer.getAttribute('aria-live') ?? 'off');
  assert.equal(clock, 'off', 'the clock is not read out every second');
}

const view = await openPage(program);
try {
  const { page } = view;
  await page.locator('.questions').waitFor();
  await note('the first start', page.locator('main'));
  await skipQuestions(page);
  await note('where to begin', page.locator('main'));
  await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
  await aJob(page);
  await page.locator('[data-kind=contact]').first().waitFor({ timeout: 120_000 });
  const place = new URL(page.url()).hash;
  await settled(page);
  await aCase(page);
  await undone(page, place);
  await aCall(page);
  const all = told.join('\n');
  if (process.argv.includes('--write')) writeFileSync(golden, all);
  assert.equal(all, readFileSync(golden, 'utf8'), 'a screen reader is told something else than before');
  assert.deepEqual(view.troubles, []);
} catch (error) {
  console.error(program.said());
  throw error;
} finally {
  await program.close();
}
