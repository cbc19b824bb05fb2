// The life of the real window (out/window/constancia) in WebKitGTK, over WebKit's inspector: a case with a
// promise, how it ended, and undone; nothing from outside runs; and the window comes
// back where it was.
//
//   node --experimental-websocket e2e/window-life.mjs
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
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

/** Clicks what has the role and the name; the page has no other hands here. */
const press = (page, selector, name) =>
  eventually(`${selector} “${name}”`, () =>
    page.evaluate(`(() => {
      const named = (element) => (element.getAttribute('aria-label') ?? element.textContent).trim().startsWith(${JSON.stringify(name)});
      const found = [...document.querySelectorAll(${JSON.stringify(selector)})].find(named);
      found?.click();
      return !!found;
    })()`),
  );

const type = (page, label, text) =>
  eventually(`the field “${label}”`, () =>
    page.evaluate(`(() => {
      const labelled = [...document.querySelectorAll('label')].find((one) => one.textContent.trim().startsWith(${JSON.stringify(label)}));
      const field = labelled && (labelled.control ?? labelled.querySelector('input, textarea'));
      if (!field) return false;
      field.value = ${JSON.stringify(text)};
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return true;
    })()`),
  );

const shows = (page, text) =>
  eventually(`“${text}”`, () => page.evaluate(`document.body.innerText.includes(${JSON.stringify(text)})`));

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
    await page.evaluate(
      `window.runtime.WindowSetSize(${width}, ${height}), window.runtime.WindowSetPosition(${x}, ${y})`,
    );
    await new Promise((done) => setTimeout(done, 800));
  }
  await page.evaluate('setTimeout(() => window.runtime.Quit(), 50)');
  await eventually('the window to close', async () => !window.running());
  const state = readdirSync(join(home.home, 'state'), { recursive: true }).find((file) => file.endsWith('window.json'));
  const { x, y, width, height } = JSON.parse(readFileSync(join(home.home, 'state', state), 'utf8'));
  return [x, y, width, height];
}

let opened;
try {
  opened = await open();
  await mainPath(opened.page);
  console.log('the main path runs in the window');
  await nothingElseRuns(opened.page);
  console.log('nothing from outside runs in it');
  const frame = [150, 90, 1000, 700];
  assert.deepEqual(await close(opened, frame), frame);
  opened = await open();
  assert.deepEqual(await close(opened), frame, 'the window comes back where it was');
  console.log('the window comes back where it was');
} catch (error) {
  console.error(opened?.window.said());
  throw error;
} finally {
  await opened?.window.end();
  home.remove();
}
