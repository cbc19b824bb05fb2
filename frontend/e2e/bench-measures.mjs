// What bench.mjs measures of a page and of the program behind it.
import { readFileSync } from 'node:fs';

const sorted = (values) => [...values].sort((a, b) => a - b);
export const median = (values) => sorted(values)[Math.floor(values.length / 2)];
export const p95 = (values) => sorted(values)[Math.floor(values.length * 0.95)];
/** The share of frames that came later than the screen shows them, percent. */
export const late = (values) => ((100 * values.filter((value) => value > 20).length) / values.length).toFixed(1);

/** A page of a program's browser with nothing in it that scrolls as far. */
export async function emptyPage(program) {
  const page = await (await program.browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
  await page.setContent(
    `<style>body{margin:0}main{height:100vh;overflow:auto}div{height:2000000px;background:linear-gradient(#fff,#888)}</style>
    <main><div></div></main>`,
  );
  return page;
}

/** Prints measures of two things beside one another. What is beyond its limit fails. */
export function print(heads, rows) {
  const columns = heads.map((name) => name.padStart(12)).join('');
  console.log(`${''.padEnd(36)}${columns}${'ratio'.padStart(8)}${'limit'.padStart(8)}`);
  for (const [name, unit, small, large, limit] of rows) {
    const holds = limit === undefined || large / small <= limit;
    if (!holds) process.exitCode = 1;
    const amounts = [small, large].map((amount) => `${amount.toFixed(1)} ${unit}`.padStart(12)).join('');
    const ratio = (large / small).toFixed(2).padStart(8);
    console.log(
      `${name.padEnd(36)}${amounts}${ratio}${(limit?.toFixed(1) ?? '').padStart(8)}${holds ? '' : '  BROKEN'}`,
    );
  }
}

/** Milliseconds from asking for a case until its first rows were painted. */
export async function open(page, place) {
  await page.evaluate(() => (location.hash = '#/settings'));
  await page.locator('h1').first().waitFor();
  await page.waitForTimeout(150);
  const taken = await page.evaluate(
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
    place,
  );
  await page.locator('.figures dl').waitFor();
  return taken;
}

/**
 * The same of a list whose rows are in the page only where they are near: with list, the frames are counted in which a
 * place of it was in view without its row. With jumps, each frame is at another end of it.
 */
export const scrollIn = (page, { frames, list = '', row = '', jumps = false }) =>
  page.evaluate(
    ({ frames, list, row, jumps, step, settling }) =>
      new Promise((done) => {
        const scroller = document.querySelector('main');
        const times = [];
        let [blank, last, way] = [0, 0, 1];
        const empty = () => {
          const box = scroller.getBoundingClientRect();
          for (let y = box.top + 300; y < box.bottom - 160; y += 40) {
            const under = document.elementFromPoint(box.left + box.width * 0.4, y);
            if (under?.closest(list) && !under.closest(row)) return true;
          }
          return false;
        };
        const turn = (now) => {
          if (last) times.push(now - last);
          last = now;
          if (list && empty()) blank += 1;
          if (times.length >= frames + settling) return done({ times: times.slice(settling), blank });
          if (jumps) scroller.scrollTop = ((times.length * 0.37) % 1) * scroller.scrollHeight;
          else scroller.scrollTop += way * step;
          if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 10) way = -1;
          requestAnimationFrame(turn);
        };
        requestAnimationFrame(turn);
      }),
    { frames, list, row, jumps, step: 60, settling: 8 },
  );

/** The times between frames while an element scrolls. look counts the frames in which a place of the list was empty. */
export const scroll = (page, { frames, look = false }) =>
  page.evaluate(
    ({ frames, look, step, settling }) =>
      new Promise((done) => {
        const scroller = document.querySelector('main');
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
          if (times.length >= frames + settling) return done({ times: times.slice(settling), blank });
          scroller.scrollTop += way * step;
          if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 10) way = -1;
          requestAnimationFrame(turn);
        };
        requestAnimationFrame(turn);
      }),
    // A brisk turn of the wheel, in pixels a frame; and the frames in which a page that was behind another comes to itself.
    { frames, look, step: 60, settling: 8 },
  );

/**
 * Types words into a field letter by letter, each as soon as the last one's answer was seen. Gives the milliseconds from
 * each letter until what it finds was painted. status is the element that is busy meanwhile.
 */
const type = (page, { field, words, status }) =>
  page.evaluate(
    async ({ field, words, status }) => {
      const input = document.querySelector(field);
      const told = document.querySelector(status);
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
      const write = (text) => {
        set.call(input, text);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      };
      const answered = () =>
        new Promise((done) => {
          const look = () => {
            if (told.ariaBusy === 'true') return;
            watcher.disconnect();
            done();
          };
          const watcher = new MutationObserver(look);
          watcher.observe(told, { attributeFilter: ['aria-busy'] });
          setTimeout(look); // by then the page has begun to ask
        });
      const times = [];
      for (const word of words) {
        for (let letters = 1; letters <= word.length; letters++) {
          const began = performance.now();
          write(word.slice(0, letters));
          await answered();
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          times.push(performance.now() - began);
          // Letters fall anywhere between two frames. Were each as long behind the last one's frame, all of them would fall at
          // one place, and what takes a little longer than from there to the next frame would seem to take a whole frame more.
          await new Promise((done) => setTimeout(done, 40 + ((times.length * 7) % 17)));
        }
      }
      write('');
      await answered();
      return times;
    },
    { field, words, status },
  );

/** A word of every contact, common ones, a rare one, a name and what nothing has. */
const words = ['refund', 'cade', 'telobo', 'bisabi', 'agent 7', 'nowhere'];

/** Looks in everything on record: the palette. */
export async function find(page) {
  await page.keyboard.press('Control+k');
  await page.locator('dialog[open] input').waitFor();
  const times = await type(page, { field: 'dialog[open] input', words, status: 'dialog[open] [role=status]' });
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  return times;
}

/** Looks in the case that is open: the field above its timeline. */
export const filter = (page) => type(page, { field: '.tools input', words, status: '.tools [role=status]' });

/** Bytes that the page's scripts hold and how many nodes it has, after all of the list was gone through. */
export async function weighPage(page) {
  await page.evaluate(async () => {
    const main = document.querySelector('main');
    for (let part = 0; part <= 60; part++) {
      main.scrollTop = (main.scrollHeight * part) / 60;
      await new Promise((done) => setTimeout(done, 30));
    }
    main.scrollTop = 0;
    await new Promise((done) => setTimeout(done, 600));
  });
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const value = (name) => metrics.find((metric) => metric.name === name).value;
  return { heap: value('JSHeapUsedSize'), nodes: value('Nodes') };
}

/**
 * Bytes that the program and the browser its page is in have in memory, what they share with others by their share. The
 * program's own window, which nobody sees here, has the same page a second time and is left out.
 */
export async function weighProcesses(program) {
  const session = await program.browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const shareOf = (pid) => {
    const [, kilobytes] = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+) kB$/m);
    return Number(kilobytes) * 1024;
  };
  const sum = (pids) => pids.map(shareOf).reduce((all, share) => all + share, 0);
  return { program: sum(program.pids()), browser: sum(processInfo.map(({ id }) => id)) };
}
