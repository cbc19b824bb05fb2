// The original look of emails under attack, in Chromium: what is shown of an email runs nothing and asks nobody; and were
// an attack not cleaned away, the frame would hold it by itself. Without either, most of the attacks get through.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { attacks, makeCase, showAll, startCanary } from './attacks.mjs';
import { makeHome, openPage, root, startProgram } from './program.mjs';

const canary = await startCanary();
const home = makeHome();
const made = makeCase(join(root, 'out/constancia-dev'), home, canary.host);
const program = await startProgram({}, home);

/** Which attacks asked the server for something. */
const asking = () => [...new Set(canary.asked.map((path) => path.split('/')[2]))];

/** On a page of no care, in frames that may run scripts: most of them must get through, or they are none. */
async function withoutWalls() {
  const all = attacks(canary.host);
  const careless = createServer((request, response) => {
    const at = Number(request.url.slice(1) || -1);
    response.setHeader('Content-Type', `text/html; charset=${all[at]?.charset ?? 'utf-8'}`);
    response.end(all[at]?.bytes ?? '<!DOCTYPE html>');
  });
  await new Promise((done) => careless.listen(0, '127.0.0.1', done));
  const page = await program.browser.newPage();
  await page.goto(`http://127.0.0.1:${careless.address().port}/`);
  await page.evaluate(async (count) => {
    const show = async (at) => {
      const frame = document.createElement('iframe');
      frame.sandbox = 'allow-scripts allow-same-origin allow-forms';
      frame.src = `/${at}`;
      const loaded = new Promise((done) => (frame.onload = done));
      document.body.append(frame);
      await Promise.race([loaded, new Promise((done) => setTimeout(done, 3000))]);
    };
    await Promise.all(Array.from({ length: count }, (_, at) => show(at)));
  }, all.length);
  await page.close();
  careless.closeAllConnections();
  careless.close();
  const through = asking().length;
  assert.ok(through > all.length / 2, `only ${through} of ${all.length} attacks are any`);
  console.log(`without a wall ${through} of ${all.length} attacks get through`);
  canary.asked.length = 0;
}

/** Opens an email, and its original look. */
async function openOne(page) {
  await page.goto(`${program.address}#/case/${made.caseId}/timeline`);
  await page.getByRole('button', { name: 'Read' }).first().click();
  await page.getByRole('tab', { name: 'Original look' }).click();
  await page.frameLocator('iframe').locator('body').waitFor({ state: 'attached' });
}

async function asTheyAreShown() {
  const { page, troubles, close } = await openPage(program);
  page.on('dialog', (dialog) => troubles.push(`dialog: ${dialog.message()}`));
  page.context().on('page', (other) => troubles.push(`a window opened: ${other.url()}`));
  await openOne(page);
  const { ran, elsewhere, shown } = JSON.parse(await page.evaluate(showAll(made.caseId)));
  assert.equal(shown, made.attacks.length);
  assert.deepEqual(ran, [], 'scripts ran');
  assert.deepEqual(elsewhere, [], 'frames went elsewhere');
  assert.deepEqual(canary.asked, []);
  assert.deepEqual(troubles, [], 'nothing is left for the policy to refuse');
  await close();
}

/** The frame alone: in the place of what was cleaned stands each attack as it was sent, with the headers of the program. */
async function withTheFrameAlone() {
  const { page, close } = await openPage(program);
  const windows = [];
  page.context().on('page', (other) => windows.push(other.url()));
  await openOne(page);
  const left = [...made.attacks];
  await page.route('**/original/**', async (route) => {
    const given = await route.fetch();
    await route.fulfill({ response: given, body: left.shift().bytes });
  });
  const { ran } = JSON.parse(await page.evaluate(showAll(made.caseId)));
  assert.deepEqual(left, []);
  assert.deepEqual(ran, [], 'scripts ran');
  assert.deepEqual(windows, []);
  assert.deepEqual(canary.asked, []);
  await close();
}

try {
  await withoutWalls();
  await asTheyAreShown();
  await withTheFrameAlone();
} catch (error) {
  console.error(program.said());
  throw error;
} finally {
  await program.close();
  await canary.close();
}
