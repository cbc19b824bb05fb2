// Holds the review of found emails to its limits: a file with 5,000 emails, each a conversation of its own, is looked
// through, shown to its end, chosen and left as a whole, and scrolled beside an empty page. What is compared is taken by
// turns or in one page, so that whatever else the machine does falls on both. One table; what does not hold fails.
// Beforehand: make window-build.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPage, startProgram } from './program.mjs';
import { emptyPage, median, p95, print, scrollIn } from './bench-measures.mjs';
import { skipQuestions } from './screens.mjs';

const emails = 5000;
const page100 = 100;
const limits = { more: 2, choosing: 3, scrolling: 1.2 };
const turns = { times: 16, frames: 50 };

/** An mbox of emails that have nothing to do with one another. */
function writeEmails(file) {
  const one = (n) =>
    [
      `From - Mon Mar  2 10:05:00 2026`,
      `From: Sender ${n} <sender${n}@shop${n % 97}.example>`,
      'To: Dolores <dolores@example.org>',
      `Subject: Order ${n} of the week`,
      `Date: Mon, 2 Mar 2026 ${String(n % 24).padStart(2, '0')}:05:00 +0100`,
      `Message-ID: <${n}@shop.example>`,
      '',
      `What was ordered under number ${n} is on its way.`,
      '',
      '',
    ].join('\n');
  writeFileSync(file, Array.from({ length: emails }, (_, n) => one(n)).join(''));
}

/** Milliseconds from a click until what it changes was painted. isDone is asked in the page. */
const taken = (page, selector, isDone, expected) =>
  page.evaluate(
    ({ selector, isDone, expected }) =>
      new Promise((done) => {
        const holds = new Function('expected', `return ${isDone}`);
        const began = performance.now();
        document.querySelector(selector).click();
        const look = () => {
          if (!holds(expected)) return requestAnimationFrame(look);
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        };
        look();
      }),
    { selector, isDone, expected },
  );

/** Conversations stand in stretches of so many, which are in the page only near what is seen. */
const together = 10;
const list = 'main .list';
const rows = `${list} li`;
const showMore = (page, shown) =>
  taken(page, '.more button', `document.querySelectorAll('${list} > div').length >= expected`, shown / together);
const chooseAll = (page, on) =>
  taken(page, '.all input', `document.querySelector('${rows} input.one').checked === expected`, on);

async function choosing(page) {
  const times = [];
  for (let round = 0; round < 7; round++) {
    for (const on of [false, true]) times.push(await chooseAll(page, on));
  }
  return times.slice(2);
}

const folder = mkdtempSync(join(tmpdir(), 'constancia-bench-'));
const file = join(folder, 'mail.mbox');
writeEmails(file);
const program = await startProgram({ CONSTANCIA_DIALOG_OPEN: file });
try {
  const { page } = await openPage(program);
  await skipQuestions(page);
  await page.evaluate(async () => {
    const id = await window.go.app.Cases.New({
      ...{ title: 'Orders', company: 'Shop', role: 'seller', summary: '', outcome: '', zone: 'Europe/Madrid' },
      ...{ referenceLabel: '', referenceNumber: '', claimed: '', currency: 'EUR' },
    });
    location.hash = `#/case/${id}/mail`;
  });
  await page.locator('.ways button').nth(1).click();
  await page.locator('#find-form .option input').first().check();
  const began = performance.now();
  await page.locator('#find-form [type=submit]').click();
  await page.getByText(`5,000 emails in 5,000 conversations`).waitFor({ timeout: 600_000 });
  const searched = performance.now() - began;
  await page.locator(`${list} > div:nth-child(${page100 / together})`).waitFor({ state: 'attached' });
  const few = { choosing: await choosing(page) };
  const more = [];
  for (let shown = page100; shown < emails; shown += page100) more.push(await showMore(page, shown + page100));
  const many = { choosing: await choosing(page) };

  const empty = await emptyPage(program);
  const [still, moving] = [[], []];
  for (let turn = 0; turn < turns.times; turn++) {
    for (const [one, into] of [
      [empty, still],
      [page, moving],
    ]) {
      await one.bringToFront();
      into.push(...(await scrollIn(one, turns)).times);
    }
  }
  await empty.context().close();
  await page.evaluate(() => (document.querySelector('main').scrollTop = 0));
  const { blank } = await scrollIn(page, { frames: 600, list, row: 'li' });
  const jumped = await scrollIn(page, { frames: 60, list, row: 'li', jumps: true });
  print(
    ['100 shown*', '5,000 shown'],
    [
      ['a hundred more, median', 'ms', median(more.slice(0, 10)), median(more.slice(-10)), limits.more],
      ['all or none chosen, median', 'ms', median(few.choosing), median(many.choosing), limits.choosing],
      ['a frame while scrolling, p95', 'ms', p95(still), p95(moving), limits.scrolling],
    ],
  );
  console.log('* of a hundred more: the first ten times; of frames: an empty page that scrolls as far, by turns');
  console.log(`looked through and shown: ${(searched / 1000).toFixed(1)} s; load ${loadavg()[0].toFixed(1)}`);
  for (const [what, count, of] of [
    ['scrolling', blank, 600],
    ['jumping', jumped.blank, 60],
  ]) {
    console.log(`blank frames while ${what}: ${count} of ${of}${count > 0 ? '  BROKEN' : ''}`);
    if (count > 0) process.exitCode = 1;
  }
} finally {
  await program.close();
  rmSync(folder, { recursive: true, force: true });
}
