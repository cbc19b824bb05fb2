// Holds the start of the real window, until Today can be used, to at most 1.3 times that of an empty one: in one run, by
// turns, the medians. Both are asked over WebKit's inspector, which costs both the same. A library with a case is there, as
// it is for somebody who starts the program on any day but the first.
//
//   node --experimental-websocket e2e/bench-window.mjs [--times 9]
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inspect } from './inspector.mjs';
import { freePort, makeHome, root, underDisplay } from './program.mjs';

const limit = 1.3;
const { values } = parseArgs({ options: { times: { type: 'string', default: '9' } } });
const home = makeHome();
const real = join(root, 'out/window/constancia');
const programs = { empty: join(root, 'out/window/empty'), real };

/** Milliseconds from the launch until the page says its heading. Both wait for a display of their own first. */
async function start(program) {
  const port = await freePort();
  const began = performance.now();
  const window = underDisplay(program, {
    ...home.environment,
    WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${port}`,
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
  });
  try {
    for (;;) {
      if (!window.running()) throw new Error(window.said());
      const page = await inspect(port).catch(() => undefined);
      // The heading stands in both; what the program says before it began does not count.
      while (page) {
        const usable = await page
          .evaluate("document.readyState === 'complete' && !!document.querySelector('main h1, main .first h1')")
          .catch(() => undefined);
        if (usable) return performance.now() - began;
        if (usable === undefined) break;
        await new Promise((done) => setTimeout(done, 5));
      }
      await new Promise((done) => setTimeout(done, 5));
    }
  } finally {
    await window.end();
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

try {
  execFileSync(real, ['case', 'new', '--company', 'Iberluz', '--title', 'Fibre', '--zone', 'Europe/Madrid'], {
    env: home.environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const taken = { empty: [], real: [] };
  // The first start of each finds nothing in the system's caches, and is not counted.
  for (let time = 0; time <= Number(values.times); time++) {
    for (const [name, program] of Object.entries(programs)) {
      const milliseconds = await start(program);
      if (time > 0) taken[name].push(milliseconds);
    }
  }
  for (const [name, numbers] of Object.entries(taken)) {
    const sorted = numbers.toSorted((a, b) => a - b).map((number) => Math.round(number));
    console.log(`${name.padEnd(6)} median ${Math.round(median(numbers))} ms of ${sorted.join(' ')}`);
  }
  const ratio = median(taken.real) / median(taken.empty);
  console.log(`the real window takes ${ratio.toFixed(2)} times as long as an empty one; at most ${limit}`);
  if (ratio > limit) process.exitCode = 1;
} finally {
  home.remove();
}
