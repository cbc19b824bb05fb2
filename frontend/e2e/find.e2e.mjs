// Somebody with a Hotmail address has ten saved emails in the case, by keyboard alone: files chosen, looked through,
// chosen as conversations, one read before, taken in, taken back, and found to be there afterwards. axe on each step.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { startProgram } from './program.mjs';
import { inSteps, play } from './play.mjs';

/** Ten emails about a parcel, as Outlook saves them: eight of one conversation, one confirmation, one of somebody else. */
function saveEmails(folder) {
  mkdirSync(folder);
  const write = (name, from, to, subject, day, id, answers, text) =>
    writeFileSync(
      join(folder, `${name}.eml`),
      [
        `From: ${from}`,
        `To: ${to}`,
        `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
        `Date: ${String(day).padStart(2, '0')} Mar 2026 10:05:00 +0100`,
        `Message-ID: <${id}>`,
        ...(answers ? [`In-Reply-To: <${answers}>`, `References: <${answers}>`] : []),
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(text).toString('base64'),
        '',
      ].join('\r\n'),
    );
  const rayo = 'Envios Rayo <ayuda@rayo.example>';
  const me = 'Dolores <dolores@hotmail.com>';
  for (let n = 0; n < 8; n++) {
    const [from, to] = n % 2 ? [me, rayo] : [rayo, me];
    const subject = `${n ? 'RE: ' : ''}Su envío RY-4471`;
    write(`hilo-${n}`, from, to, subject, 2 + n, `m${n}@rayo.example`, n && `m${n - 1}@rayo.example`, `Mensaje ${n}`);
  }
  write('pedido', 'Lumen <pedidos@lumen.example>', me, 'Pedido confirmado', 1, 'p@lumen.example', '', 'Gracias');
  write('otra', 'Boletín <ofertas@otra.example>', me, 'Ofertas', 11, 'o@otra.example', '', 'Nada');
}

const place = mkdtempSync(join(tmpdir(), 'constancia-mail-'));
const folder = join(place, 'correos');
saveEmails(folder);
const program = await startProgram({ CONSTANCIA_DIALOG_OPEN: folder });
const found = [];

async function startCase(page) {
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Skip these questions' }).press('Enter');
  await page.getByRole('link', { name: 'Start a case' }).press('Enter');
  await page.getByLabel('What is it about?').fill('The parcel that never came');
  await page.getByLabel('Company', { exact: true }).fill('Envíos Rayo');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'The parcel that never came' }).waitFor();
}

/** From the case to the list of what was found, by keyboard. */
async function search(page) {
  await page.getByRole('button', { name: 'Find emails' }).first().press('Enter');
  await page.getByRole('heading', { name: 'Find emails' }).waitFor();
  await page.getByRole('button', { name: 'Choose a folder' }).press('Enter');
  await page.getByRole('radio', { name: 'correos' }).waitFor();
  await page.getByLabel('Something else').focus();
  await page.keyboard.type('RY-4471');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove RY-4471' }).waitFor();
  found.push(...(await findings(page, 'what to look for')));
  await page.getByRole('button', { name: 'Search', exact: true }).press('Enter');
  await page.getByText('10 emails in 3 conversations').waitFor();
}

async function chooseAndRead(page) {
  const all = page.getByRole('checkbox', { name: 'Choose all' });
  assert.ok(await all.isChecked());
  await page.getByRole('button', { name: 'Take in 10 emails' }).waitFor();
  const newsletter = page.getByRole('checkbox', { name: 'Choose: Ofertas' });
  await newsletter.focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Take in 9 emails' }).waitFor();
  assert.ok(await all.evaluate((box) => box.indeterminate));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show the text' }).first().press('Enter');
  await page.getByText('Mensaje 0').waitFor();
  found.push(...(await findings(page, 'found, one open')));
  await page.getByRole('button', { name: 'Find the rest of this conversation' }).press('Enter');
  await page.getByText('There is nothing more of this conversation.').waitFor();
}

async function takeIn(page) {
  await page.keyboard.press('Control+Enter');
  await page.getByText('9 emails are now in the case.').first().waitFor();
  found.push(...(await findings(page, 'done')));
  await page.getByRole('button', { name: 'See the timeline' }).press('Enter');
  await page.getByText('Pedido confirmado').first().waitFor();
}

async function backToCase(page) {
  await page.getByRole('tab', { name: /Timeline/ }).waitFor();
}

/** What is in the case can’t be chosen again; what was taken back says so. */
async function takeBack(page) {
  await search(page);
  await page.getByText('9 are in the case already').waitFor();
  assert.ok(await page.getByRole('checkbox', { name: 'Choose: Pedido confirmado' }).isDisabled());
  await page.getByRole('button', { name: 'Take in 1 email' }).press('Enter');
  await page.getByText('1 email is now in the case.').first().waitFor();
  await page.getByRole('button', { name: 'Take these emails back' }).press('Enter');
  await page.getByRole('heading', { name: 'Where are they?' }).waitFor();
  await page.getByRole('button', { name: 'Search', exact: true }).press('Enter');
  await page.getByText('taken back').first().waitFor();
}

/** The same steps as somebody sees them in another language, and by night. */
async function otherLooks(page) {
  const mail = await page.evaluate(() => location.hash);
  for (const [language, colorScheme, title, again, choose, look, told] of [
    ['Español', 'light', 'Buscar correos', 'Buscar de nuevo', 'Elegir una carpeta', 'Buscar', 'en 3 conversaciones'],
    ['Català', 'dark', 'Cerca correus', 'Cerca de nou', 'Tria una carpeta', 'Cerca', 'en 3 converses'],
  ]) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(() => (location.hash = '#/settings'));
    await page.getByRole('radio', { name: language }).check();
    await page.evaluate((address) => (location.hash = address), mail);
    await page.getByRole('heading', { name: title }).waitFor();
    // What was found is there as it was left.
    await page.getByRole('button', { name: again }).click();
    await page.getByRole('button', { name: choose }).click();
    await page.getByRole('radio', { name: 'correos' }).waitFor();
    found.push(...(await findings(page, `${language} ${colorScheme}: what to look for`)));
    await page.getByRole('main').getByRole('button', { name: look, exact: true }).click();
    await page.getByText(told).waitFor();
    found.push(...(await findings(page, `${language} ${colorScheme}: found`)));
  }
}

const steps = [startCase, search, chooseAndRead, takeIn, backToCase, takeBack, otherLooks];
await play(program, { found, tidy: () => rmSync(place, { recursive: true, force: true }) }, (page) =>
  inSteps(steps, page),
);
