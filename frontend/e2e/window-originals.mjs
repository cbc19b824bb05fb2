// The original look of emails under attack, in the real window: WebKitGTK runs nothing of them and asks nobody. A page that
// it shows without care tells that the server would have noticed.
//
//   node --experimental-websocket e2e/window-originals.mjs
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { makeCase, showAll, startCanary } from './attacks.mjs';
import { press, there } from './hands.mjs';
import { inspect } from './inspector.mjs';
import { eventually, freePort, makeHome, root, underDisplay } from './program.mjs';

const program = join(root, 'out/window/constancia');
const canary = await startCanary();
const home = makeHome();
const made = makeCase(program, home, canary.host);
const port = await freePort();
const window = underDisplay(program, { ...home.environment, WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${port}` });
try {
  const page = await eventually('the window’s page', () => inspect(port), 90);
  await eventually('the program behind it', () => page.evaluate("!!document.querySelector('main h1')"));
  await page.evaluate(`location.hash = '#/case/${made.caseId}/timeline'`);
  await press(page, 'button', 'Read');
  await press(page, '[role=tab]', 'Original look');
  await there(page, 'iframe');
  await eventually('the frame to fit what is in it', () =>
    page.evaluate("document.querySelector('iframe').contentDocument?.body?.childElementCount > 0"),
  );
  const { ran, elsewhere, shown } = JSON.parse(await page.evaluate(showAll(made.caseId)));
  assert.equal(shown, made.attacks.length);
  assert.deepEqual(ran, [], 'scripts ran');
  assert.deepEqual(elsewhere, [], 'frames went elsewhere');
  assert.deepEqual(canary.asked, []);
  assert.ok(await page.evaluate("!!document.querySelector('article h1')"), 'the page is still there');
  // What the page itself may not do, a frame of it without the walls would be refused, too: only the server tells whether
  // it hears what is asked of it here.
  assert.equal((await fetch(`http://${canary.host}/heard`)).status, 200);
  assert.deepEqual(canary.asked, ['/heard']);
  console.log(`${shown} attacks in the real window: none ran, and nobody was asked for anything`);
} catch (error) {
  console.error(window.said());
  throw error;
} finally {
  await window.end();
  await canary.close();
  home.remove();
}
