// Holds the page to its limits on a long case: opens one of 10,000 contacts and one of 100, scrolls it beside an empty
// page, and weighs both. One table; what does not hold fails. Beforehand: make window-build.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPage, root, startProgram } from './program.mjs';

const rounds = 9;
const frames = 240;
/** Pixels that are scrolled in a frame: a brisk turn of the wheel. */
const step = 60;
const limits = { opening: 1.5, scrolling: 1.2, memory: 1.3 };

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const p95 = (values) => sorted(values)[Math.floor(values.length * 0.95)];

const folder = mkdtempSync(join(tmpdir(), 'constancia-bench-'));
const filler = join(root, 'out/library.test');
const test = { cwd: join(root, 'internal/library'), stdio: ['ignore', 'ignore', 'inherit'] };
execFileSync('go', ['test', '-c', '-o', filler, '.'], { ...test, env: { ...process.env, CGO_ENABLED: '0' } });

async function start(contacts) {
  const library = join(folder, String(contacts));
  execFileSync(filler, ['-test.run', 'TestFillsALibrary', '-fill', library, '-contacts', String(contacts)], test);
  const program = await startProgram({ CONSTANCIA_LIBRARY: library });
  const { page } = await openPage(program);
  const link = page.locator('main a[href^="#/case/"]').first();
  await page.goto(`${program.address}#/cases`);
  await link.waitFor({ timeout: 60_000 });
  return { contacts, program, page, place: await link.getAttribute('href'), opening: [], blank: 0, looked: 0 };
}

/** Milliseconds from asking for the case until its first rows were painted. */
async function open(one) {
  if (one.opening.length > 0) await one.page.locator('.figures dl').waitFor();
  await one.page.evaluate(() => (location.hash = '#/settings'));
  await one.page.locator('h1').first().waitFor();
  await one.page.waitForTimeout(150);
  return one.page.evaluate(
    (place) =>
      new Promise((done) => {
        const began = performance.now();
        location.hash = place;
        const look = () => {
          if (!document.querySelector('[data-row="0"] article')) return requestAnimationFrame(look);
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        };
        look();
      }),
    one.place,
  );
}

/** The times between frames while an element scrolls. look counts the frames in which a place of the list was empty. */
const scroll = (page, options) =>
  page.evaluate(
    ({ selector, frames, step, look }) =>
      new Promise((done) => {
        const scroller = document.querySelector(selector);
        const times = [];
        let [blank, last, way] = [0, 0, 1];
        const empty = () => {
          const box = scroller.getBoundingClientRect();
          const list = scroller.querySelector('ol[tabindex]').getBoundingClientRect();
          const x = list.left + list.width * 0.6;
          for (let y = Math.max(box.top, list.top) + 60; y < Math.min(box.bottom, list.bottom) - 60; y += 120) {
            if (!document.elementFromPoint(x, y)?.closest('[data-row]:not([aria-busy])')) return true;
          }
          return false;
        };
        const turn = (now) => {
          if (last) times.push(now - last);
          last = now;
          if (look && empty()) blank += 1;
          if (times.length >= frames) return done({ times, blank });
          scroller.scrollTop += way * step;
          if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 10) way = -1;
          requestAnimationFrame(turn);
        };
        requestAnimationFrame(turn);
      }),
    { selector: 'main', frames, step, look: false, ...options },
  );

/** Bytes that the page's scripts hold and how many nodes it has, after all of the list was gone through. */
async function weigh(one) {
  await one.page.evaluate(async () => {
    const main = document.querySelector('main');
    for (let part = 0; part <= 60; part++) {
      main.scrollTop = (main.scrollHeight * part) / 60;
      await new Promise((done) => setTimeout(done, 30));
    }
    main.scrollTop = 0;
    await new Promise((done) => setTimeout(done, 600));
  });
  const session = await one.page.context().newCDPSession(one.page);
  await session.send('HeapProfiler.enable');
  for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name) => metrics.find((metric) => metric.name === name).value;
  return { heap: value('JSHeapUsedSize'), nodes: value('Nodes') };
}

async function emptyPage(program) {
  const page = await (await program.browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
  await page.setContent(
    `<style>body{margin:0}main{height:100vh;overflow:auto}div{height:2000000px;background:linear-gradient(#fff,#888)}</style>
    <main><div></div></main>`,
  );
  return page;
}

const few = await start(100);
const many = await start(10_000);
let failed = false;
try {
  for (let round = 0; round < rounds; round++) {
    for (const one of [few, many]) one.opening.push(await open(one));
  }
  const empty = await emptyPage(many.program);
  const still = [];
  const moving = [];
  for (let round = 0; round < 4; round++) {
    await empty.bringToFront();
    still.push(...(await scroll(empty, {})).times);
    await many.page.bringToFront();
    moving.push(...(await scroll(many.page, {})).times);
  }
  await many.page.evaluate(() => (document.querySelector('main').scrollTop = 0));
  const { blank } = await scroll(many.page, { look: true, frames: 600 });
  const weights = { few: await weigh(few), many: await weigh(many) };

  const rows = [
    ['opening a case, median', 'ms', median(few.opening), median(many.opening), limits.opening],
    ['a frame while scrolling, p95', 'ms', p95(still), p95(moving), limits.scrolling],
    ['memory of the scripts', 'MB', weights.few.heap / 1e6, weights.many.heap / 1e6, limits.memory],
    ['nodes in the page', '', weights.few.nodes, weights.many.nodes, limits.memory],
  ];
  console.log(
    `${''.padEnd(32)}${'100*'.padStart(12)}${'10,000'.padStart(12)}${'ratio'.padStart(8)}${'limit'.padStart(8)}`,
  );
  for (const [name, unit, small, large, limit] of rows) {
    const ratio = large / small;
    const holds = ratio <= limit;
    failed ||= !holds;
    const amounts = [small, large].map((amount) => `${amount.toFixed(1)} ${unit}`.padStart(12)).join('');
    console.log(
      `${name.padEnd(32)}${amounts}${ratio.toFixed(2).padStart(8)}${limit.toFixed(1).padStart(8)}${holds ? '' : '  BROKEN'}`,
    );
  }
  failed ||= blank > 0;
  console.log(`blank frames while scrolling: ${blank} of 600${blank > 0 ? '  BROKEN' : ''}`);
  console.log('* of frames: an empty page that scrolls as far');
} finally {
  await few.program.close();
  await many.program.close();
  rmSync(folder, { recursive: true, force: true });
}
if (failed) process.exitCode = 1;
