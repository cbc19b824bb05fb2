// A case read in the window: where it stands, its references, the timeline filtered by words, chips and time, turned
// around, by keyboard too, in three languages and both themes; and a correction with what it corrects.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { openPage, startProgram } from './program.mjs';
import { inSteps, play } from './play.mjs';

const pictures = process.env.CASE_PICTURES;
const program = await startProgram();
const found = [];

const rows = (page) => page.locator('[data-row] article');
const picture = (page, name) => pictures && page.screenshot({ path: join(pictures, `${name}.png`) });

async function openSample(page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sample');
  await page.keyboard.press('Enter');
  await page.getByText('This is the sample dispute.').waitFor({ timeout: 90_000 });
  await rows(page).first().waitFor({ timeout: 30_000 });
  return page.url().slice(page.url().indexOf('#'));
}

async function readHead(page) {
  await page.getByText(/promised by .* 2026: “.*”\. \d+ days late\./).waitFor();
  await page.getByRole('img', { name: /The whole case on a line/ }).waitFor();
  found.push(...(await findings(page, 'case, English, light')));
  await picture(page, 'case-en-light');
}

async function filterTimeline(page) {
  const list = page.getByRole('list', { name: 'Timeline' });
  const all = Number(await list.getByRole('listitem').first().getAttribute('aria-setsize'));
  assert.ok(all > 10, `${all} rows`);
  /** How many rows are shown, once the answer to the filter is there. */
  const narrowed = async () => {
    const shown = await page.waitForFunction((all) => {
      const count = Number.parseInt(document.querySelector('.tools [role=status]').textContent, 10);
      return count < all && count;
    }, all);
    return shown.jsonValue();
  };

  await page.keyboard.press('Control+f');
  await page.keyboard.type('zzzz');
  await page.getByText('Nothing fits the search').waitFor();
  await page.getByRole('button', { name: 'Show everything' }).press('Enter');
  await page.getByRole('checkbox', { name: 'Emails' }).press('Space');
  const emails = await narrowed();
  assert.equal(await page.locator('[data-row="0"]').getAttribute('aria-setsize'), String(emails));
  found.push(...(await findings(page, 'timeline, filtered')));
  await page.getByRole('checkbox', { name: 'Emails' }).press('Space');

  const first = await rows(page).first().textContent();
  await page.getByRole('button', { name: 'Newest first' }).press('Enter');
  await page.getByRole('button', { name: 'Oldest first' }).waitFor();
  await page.waitForFunction((text) => document.querySelector('[data-row] article')?.textContent !== text, first);
  await page.getByRole('button', { name: 'Oldest first' }).press('Enter');

  await page
    .getByRole('button', { name: /Show the timeline of .* only/ })
    .first()
    .press('Enter');
  await page.getByRole('button', { name: /From .* to .*/ }).waitFor();
  await narrowed();
  await page.getByRole('button', { name: /From .* to .*/ }).press('Enter');
  await page.getByRole('img', { name: /The whole case on a line/ }).click({ position: { x: 30, y: 50 } });
  await page.getByRole('button', { name: /From .* to .*/ }).press('Enter');
  await page.locator(`[data-row][aria-setsize="${all}"]`).first().waitFor();
}

/** Down to the end and up again: every row in its place, and nothing empty in between. */
async function goThrough(page) {
  const total = Number(await page.locator('[data-row]').first().getAttribute('aria-setsize'));
  await page.evaluate(() => document.querySelector('main').scrollTo(0, 10_000_000));
  await page.locator(`[aria-posinset="${total}"] article`).waitFor();
  const order = await page.evaluate(() => [...document.querySelectorAll('[data-row]')].map((row) => row.ariaPosInSet));
  assert.deepEqual(
    order,
    order.map((_, at) => String(Number(order[0]) + at)),
  );
  await picture(page, 'case-end');
  await page.evaluate(() => document.querySelector('main').scrollTo(0, 0));
  await page.locator('[aria-posinset="1"] article').waitFor();
}

async function copyReference(page) {
  await page.getByRole('tab', { name: /Companies/ }).press('Enter');
  await page
    .getByRole('button', { name: /^Copy / })
    .first()
    .press('Enter');
  await page.getByText('Copied').first().waitFor();
  found.push(...(await findings(page, 'companies')));
  await page.getByRole('tab', { name: /Timeline/ }).click();
}

/** Nothing is cut off sideways. */
async function fits(page, where) {
  const wide = await page.evaluate(() => {
    const main = document.querySelector('main');
    if (main.scrollWidth <= main.clientWidth) return [];
    const edge = main.getBoundingClientRect().right;
    const beyond = [...main.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > edge + 1);
    return beyond.map((one) => `${one.tagName}.${one.getAttribute('class')} ${one.textContent.slice(0, 40)}`);
  });
  assert.deepEqual(wide, [], `${where} is too wide`);
}

async function otherLooks(place) {
  for (const [name, options] of [
    ['es-light', { locale: 'es-ES', colorScheme: 'light' }],
    ['ca-dark', { locale: 'ca-ES', colorScheme: 'dark' }],
    ['narrow', { locale: 'en-GB', viewport: { width: 1024, height: 768 } }],
    ['narrow-dark', { locale: 'es-ES', colorScheme: 'dark', viewport: { width: 1024, height: 768 } }],
    ['forced', { locale: 'en-GB', forcedColors: 'active', viewport: { width: 1024, height: 768 } }],
  ]) {
    const { page, close, troubles } = await openPage(program, options);
    await page.goto(`${program.address}${place}`);
    await rows(page).first().waitFor();
    await page.locator('figure svg').waitFor();
    await page.waitForTimeout(300);
    if (name !== 'forced') found.push(...(await findings(page, `case, ${name}`)));
    await fits(page, name);
    await picture(page, `case-${name}`);
    await page.evaluate(() => document.querySelector('main').scrollTo(0, 620));
    await page.waitForTimeout(300);
    await picture(page, `timeline-${name}`);
    if (name === 'narrow') {
      await page.addStyleTag({ content: ':root { font-size: 34px !important; }' });
      await page.waitForTimeout(400);
      await fits(page, '200 % text');
      await picture(page, 'case-large-text');
    }
    assert.deepEqual(troubles, []);
    await close();
  }
}

await play(program, { found }, async (page) => {
  const place = await openSample(page);
  await inSteps([readHead, filterTimeline, goThrough, copyReference], page);
  await otherLooks(place);
});
