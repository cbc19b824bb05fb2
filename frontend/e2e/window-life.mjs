// The life of the real window (out/window/constancia) in WebKitGTK, over WebKit's inspector: a case with a promise, how it
// ended, and undone; its dossier before it is saved; a live call that is cut off by kill -9 and found again with its clock, its small window, its end; a
// contact that already happened; a file that is dropped; nothing from outside runs; the window comes back where it was.
//
//   node --experimental-websocket e2e/window-life.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { call, go, key, leaveField, press, shows, there, type } from './hands.mjs';
import { inspect } from './inspector.mjs';
import { eventually, freePort, makeHome, root, underDisplay } from './program.mjs';

const program = join(root, 'out/window/constancia');
const home = makeHome();

/** One start of the window, with what drives its page. */
async function open() {
  const port = await freePort();
  const environment = { ...home.environment, WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${port}` };
  const window = underDisplay(program, environment, '1600x1100x24');
  const page = await eventually('the window’s page', () => inspect(port), 90);
  await eventually('the program behind it', () => page.evaluate("!!document.querySelector('main h1')"));
  return { window, page };
}

async function mainPath(page) {
  await page.evaluate("location.hash = '#/new'");
  await type(page, 'What is it about?', 'Fibre that never came');
  await type(page, 'Company', 'Iberluz');
  await press(page, 'main button', 'Start the case');
  await shows(page, 'The case has begun.');
  await press(page, '[role=tab]', 'Promises');
  await press(page, 'button', 'Add a promise');
  await type(page, 'What they promised', 'A technician on Monday');
  await press(page, 'dialog button', 'Save');
  await shows(page, 'A technician on Monday');
  await press(page, 'button', 'How did it end?');
  await page.evaluate("document.querySelector('dialog input[value=broken]').click()");
  await press(page, 'dialog button', 'Save');
  await shows(page, 'How the promise ended is on record.');
  await press(page, 'button', 'Undo');
  await shows(page, 'Undone:');
}

/** The dossier as its pages are drawn: ink on paper, in a worker of the window’s own. */
async function lookAtDossier(page) {
  await press(page, 'button', 'Export dossier');
  await there(page, '[data-drawn]');
  const dark = await page.evaluate(`(() => {
    const canvas = document.querySelector('[data-drawn] canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, at) => at % 4 === 0 && value < 128 && data[at + 3] > 0).length / (data.length / 4);
  })()`);
  assert.ok(dark > 0.005 && dark < 0.3, `${dark} of the first page is dark`);
  await press(page, '[role=tab]', 'As text');
  await eventually('the heading of a section', () =>
    page.evaluate(
      "[...document.querySelectorAll('[role=tabpanel] h2')].some(({ textContent }) => textContent.trim() === 'How to check this dossier')",
    ),
  );
}

/** A call begun, with who was on the line, a note and a promise with its date. */
async function beginCall(page) {
  await leaveField(page);
  await key(page, 'c');
  await there(page, '[role=timer]');
  await type(page, 'Who you are speaking to', 'Pau');
  await type(page, 'Note', 'He says that nothing is on file');
  await key(page, 'Enter');
  await there(page, '.notes li');
  await leaveField(page);
  await key(page, 'p');
  await type(page, 'What they promised', 'The line works');
  await key(page, 'Enter');
  await type(page, 'By when', '48 h');
  await press(page, 'button', 'Note the promise');
  await shows(page, 'The line works');
  await type(page, 'Note', 'half a sent');
  await eventually('all of it to be kept', async () =>
    (await call(page, 'Calls.List'))[0].form.includes('half a sent'),
  );
}

async function foundAgain(page, before) {
  await shows(page, `A call of ${before.began.slice(11)} is not finished.`);
  await press(page, 'button', 'Go on with it');
  await there(page, '[role=timer]');
  const [after] = await call(page, 'Calls.List');
  assert.equal(after.beganAt, before.beganAt);
  assert.deepEqual(after.notes, before.notes);
  assert.equal(await page.evaluate("document.querySelector('#call-note').value"), 'half a sent');
  const clock = await page.evaluate("document.querySelector('[role=timer]').textContent");
  assert.match(clock, /[1-9]/, 'the clock went on meanwhile');
}

const sizeOf = async (page) => {
  const { w, h } = JSON.parse(await page.evaluate('window.runtime.WindowGetSize().then(JSON.stringify)'));
  return [w, h];
};

const placeOf = async (page) => {
  const { x, y } = JSON.parse(await page.evaluate('window.runtime.WindowGetPosition().then(JSON.stringify)'));
  return [x, y];
};

async function smallAndBack(page) {
  const before = await sizeOf(page);
  await press(page, 'button', 'Small window');
  await eventually('the small window', async () => (await sizeOf(page)).join() === '430,560');
  await press(page, 'button', 'Large window');
  await eventually('the window as it was', async () => (await sizeOf(page)).join() === before.join());
}

async function endCall(page) {
  await leaveField(page);
  await key(page, 'e');
  await press(page, 'button', 'Save');
  await there(page, '[data-kind=contact]');
  await shows(page, 'He says that nothing is on file');
  await shows(page, 'The line works');
  assert.deepEqual(await call(page, 'Calls.List'), []);
}

async function logLater(page) {
  const [{ id }] = await call(page, 'Cases.List');
  await go(page, `#/case/${id}/contact`);
  await type(page, 'When was it?', 'some day in March 2026');
  await type(page, 'What happened', 'Nobody came, and nobody called');
  await press(page, 'main button', 'Save');
  await shows(page, 'Nobody came, and nobody called');
}

/** A file falls on the window, as from a file manager. */
async function dropFile({ page, window }) {
  const [{ id }] = await call(page, 'Cases.List');
  await go(page, `#/case/${id}/evidence`);
  await shows(page, 'No evidence yet');
  const dropped = join(home.home, 'the router’s light.txt');
  writeFileSync(dropped, 'It blinks red.\n');
  const drop = join(home.home, 'drop');
  execFileSync('sh', ['-c', `gcc -o '${drop}' frontend/e2e/drop.c $(pkg-config --cflags --libs x11)`], { cwd: root });
  // A window that is busy may miss the pointer with the file over it: whoever sees that drops it again.
  await eventually('the window to take the file', async () => {
    execFileSync(drop, [pathToFileURL(dropped).href, '500', '300'], {
      env: { ...process.env, ...window.displayOf('constancia') },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return true;
  });
  await shows(page, 'Add a file as evidence');
  await press(page, 'dialog button', 'Save');
  await shows(page, 'the router’s light.txt');
  assert.equal(await page.evaluate('location.protocol'), 'wails:', 'the file did not replace the page');
}

/** Nothing from outside runs here, either: this engine lets any script call every binding. */
async function nothingElseRuns(page) {
  const refused = await page.evaluate(`(async () => {
    const script = Object.assign(document.createElement('script'), { textContent: 'window.pwned = 1' });
    document.body.append(script);
    const place = document.createElement('div');
    place.innerHTML = '<img src="data:," onerror="window.pwned = 2"><iframe srcdoc="<script>parent.pwned = 3</' + 'script>"></iframe>';
    document.body.append(place);
    const elsewhere = await import('https://elsewhere.example/x.js').then(() => 'ran', () => 'refused');
    await new Promise((done) => setTimeout(done, 500));
    script.remove();
    place.remove();
    return JSON.stringify([window.pwned ?? 'nothing', elsewhere]);
  })()`);
  assert.deepEqual(JSON.parse(refused), ['nothing', 'refused']);
}

/** Moves the window, closes it, and gives the frame that it keeps. */
async function close({ window, page }, frame) {
  if (frame) {
    const [x, y, width, height] = frame;
    // Wails sets the size beside the thread that draws, and now and then it is lost.
    await eventually('the frame', async () => {
      if ((await sizeOf(page)).join() === `${width},${height}` && (await placeOf(page)).join() === `${x},${y}`)
        return true;
      await page.evaluate(
        `window.runtime.WindowSetSize(${width}, ${height}), window.runtime.WindowSetPosition(${x}, ${y})`,
      );
      return false;
    });
  }
  await page.evaluate('setTimeout(() => window.runtime.Quit(), 50)');
  await eventually('the window to close', async () => !window.running());
  const state = readdirSync(join(home.home, 'state'), { recursive: true }).find((file) => file.endsWith('window.json'));
  const { x, y, width, height } = JSON.parse(readFileSync(join(home.home, 'state', state), 'utf8'));
  return [x, y, width, height];
}

async function told(what, step) {
  const began = Date.now();
  await step();
  console.log(`${what}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

let opened;
try {
  opened = await open();
  await told('the main path', () => mainPath(opened.page));
  await told('the dossier before it is saved', () => lookAtDossier(opened.page));
  await told('a call is cut off', async () => {
    await beginCall(opened.page);
    const [before] = await call(opened.page, 'Calls.List');
    await opened.window.kill('constancia');
    opened = await open();
    await foundAgain(opened.page, before);
  });
  await told('the small window', () => smallAndBack(opened.page));
  await told('the call is saved', () => endCall(opened.page));
  await told('a contact that already happened', () => logLater(opened.page));
  await told('a file is dropped', () => dropFile(opened));
  await nothingElseRuns(opened.page);
  console.log('nothing from outside runs in it');
  const frame = [150, 90, 1000, 700];
  assert.deepEqual(await close(opened, frame), frame);
  opened = await open();
  assert.deepEqual(await close(opened), frame, 'the window comes back where it was');
  console.log('the window comes back where it was');
} catch (error) {
  console.error(opened?.window.said());
  const seen = opened?.page.evaluate("location.hash + ' ' + document.body.innerText").catch(() => '');
  console.error(`The page then: ${await seen}`);
  throw error;
} finally {
  await opened?.window.end();
  home.remove();
}
