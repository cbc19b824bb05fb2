// Holds the page to its limits on a long case: opens one of 10,000 contacts and one of 100, types into what searches them,
// scrolls the long one beside an empty page, and weighs both. Both cases go over ten years and have the same company and
// people, so that what is drawn of them (the head, the strip, the names to choose from) is alike but for how much there
// is. What is compared is taken by turns, so that whatever else the machine does falls on both. One table; what does not
// hold fails. Beforehand: make window-build.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  emptyPage,
  filter,
  find,
  late,
  median,
  open,
  p95,
  print,
  scroll,
  weighPage,
  weighProcesses,
} from './bench-measures.mjs';
import { libraryMaker } from './long-case.mjs';
import { openPage, startProgram } from './program.mjs';

const rounds = 9;
/** How often the list and the empty page are scrolled by turns, and how many frames each time. */
const turns = { times: 24, frames: 50 };
const limits = { opening: 1.5, scrolling: 1.2, searching: 2, memory: 1.3 };

const folder = mkdtempSync(join(tmpdir(), 'constancia-bench-'));
const makeLibrary = libraryMaker();

async function start(contacts) {
  const library = join(folder, String(contacts));
  makeLibrary(contacts, library);
  const program = await startProgram({ CONSTANCIA_LIBRARY: library });
  const { page } = await openPage(program);
  const link = page.locator('main a[href^="#/case/"]').first();
  await page.goto(`${program.address}#/cases`);
  await link.waitFor({ timeout: 60_000 });
  return { program, page, place: await link.getAttribute('href'), opening: [], finding: [], filtering: [] };
}

const few = await start(100);
const many = await start(10_000);
const both = [few, many];
try {
  const busy = [loadavg()[0]];
  // The first time of each warms what stays warm, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const one of both) {
      const taken = await open(one.page, one.place);
      if (round > 0) one.opening.push(taken);
    }
  }
  for (let round = 0; round <= 2; round++) {
    for (const one of both) {
      const taken = { finding: await find(one.page), filtering: await filter(one.page) };
      if (round === 0) continue;
      one.finding.push(...taken.finding);
      one.filtering.push(...taken.filtering);
    }
  }
  const empty = await emptyPage(many.program);
  const still = [];
  const moving = [];
  for (let turn = 0; turn < turns.times; turn++) {
    for (const [page, into] of [
      [empty, still],
      [many.page, moving],
    ]) {
      await page.bringToFront();
      into.push(...(await scroll(page, turns)).times);
    }
  }
  await empty.context().close();
  busy.push(loadavg()[0]);
  await many.page.evaluate(() => (document.querySelector('main').scrollTop = 0));
  const { blank } = await scroll(many.page, { look: true, frames: 600 });
  for (const one of both) one.weight = { ...(await weighPage(one.page)), ...(await weighProcesses(one.program)) };

  const weights = (of) => both.map(({ weight }) => of(weight));
  const mega = (of) => weights((weight) => of(weight) / 1e6);
  print(
    ['100*', '10,000'],
    [
      ['opening a case, median', 'ms', median(few.opening), median(many.opening), limits.opening],
      ['a letter in the palette, median', 'ms', median(few.finding), median(many.finding), limits.searching],
      ['a letter in the palette, p95', 'ms', p95(few.finding), p95(many.finding), limits.searching],
      ['a letter above the timeline, median', 'ms', median(few.filtering), median(many.filtering), limits.searching],
      ['a letter above the timeline, p95', 'ms', p95(few.filtering), p95(many.filtering), limits.searching],
      ['a frame while scrolling, p95', 'ms', p95(still), p95(moving), limits.scrolling],
      ['memory of program and browser', 'MB', ...mega(({ program, browser }) => program + browser), limits.memory],
      ['  of it the program', 'MB', ...mega(({ program }) => program)],
      ['memory of the scripts', 'MB', ...mega(({ heap }) => heap), limits.memory],
      ['nodes in the page', '', ...weights(({ nodes }) => nodes), limits.memory],
    ],
  );
  console.log('* of frames: an empty page that scrolls as far, by turns with the list');
  console.log(`late frames: ${late(still)} % of the empty page, ${late(moving)} % of the list`);
  console.log(`blank frames while scrolling: ${blank} of 600${blank > 0 ? '  BROKEN' : ''}`);
  console.log(`load of the machine: ${busy.map((load) => load.toFixed(1)).join(' to ')}`);
  if (blank > 0) process.exitCode = 1;
} finally {
  await few.program.close();
  await many.program.close();
  rmSync(folder, { recursive: true, force: true });
}
