// One window at a time, in the real WebKitGTK: a second start brings the first window to the front and ends; and where the
// system has no bus over which it could find the first, it says in plain words that a window is open, and touches nothing.
//
//   node --experimental-websocket e2e/window-single.mjs
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { shows } from './hands.mjs';
import { inspect } from './inspector.mjs';
import { eventually, freePort, makeHome, root, underDisplay } from './program.mjs';

const program = join(root, 'out/window/constancia');
const opened = [];

/** Starts the program; page() is there once its window is. */
async function start(environment) {
  const port = await freePort();
  const window = underDisplay(program, { ...environment, WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${port}` });
  opened.push(window);
  return { window, page: () => eventually('the window’s page', () => inspect(port), 90) };
}

/** A session bus of its own, and what programs find it by. */
async function startBus() {
  const script = 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'; // it lasts until nobody holds its input
  const child = spawn('dbus-run-session', ['--', 'sh', '-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const [address] = await once(child.stdout, 'data');
  return { address: String(address).trim(), end: () => child.stdin.end() };
}

async function secondEnds(home) {
  const bus = await startBus();
  try {
    const environment = { ...home.environment, DBUS_SESSION_BUS_ADDRESS: bus.address };
    const first = await start(environment);
    const page = await first.page();
    await shows(page, 'Put it on record');
    await page.evaluate('window.runtime.Hide()');
    await eventually('the window to be hidden', () => page.evaluate("document.visibilityState === 'hidden'"));
    const second = await start(environment);
    await eventually('the second to end', async () => !second.window.running(), 60);
    await eventually('the first to be in front', () => page.evaluate("document.visibilityState === 'visible'"));
    await first.window.end();
  } finally {
    bus.end();
  }
}

async function secondSaysSo(home) {
  const first = await start(home.environment);
  await shows(await first.page(), 'Put it on record');
  const second = await start(home.environment);
  const page = await second.page();
  await shows(page, 'Constancia is open in another window already.');
  const refused = await page.evaluate("window.go.app.Cases.List().then(() => 'answered', (error) => String(error))");
  assert.match(refused, /window_open/);
  await second.window.end();
  await first.window.end();
}

try {
  for (const [what, step] of [
    ['a second start brings the first window to the front', secondEnds],
    ['without a bus the second says that a window is open', secondSaysSo],
  ]) {
    const home = makeHome();
    try {
      await step(home);
      console.log(what);
    } finally {
      home.remove();
    }
  }
} catch (error) {
  for (const window of opened) console.error(window.said());
  throw error;
} finally {
  for (const window of opened) await window.end();
}
