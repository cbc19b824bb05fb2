// What leaves for the press and for an online form: parts of a picture are covered by keyboard and by pointer, and are black in
// the file; the pack for the editor is made after its consent sheet, and the files for a form as that form takes them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { play } from './play.mjs';
import { eventually, openPage, startProgram } from './program.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'constancia-press-'));
const folder = join(scratch, 'form');
mkdirSync(folder);
const passphrase = 'the one of the certificate';
const program = await startProgram({ CONSTANCIA_DIALOG_FOLDER: folder, CONSTANCIA_DIALOG_OPEN: makeCertificate() });
const found = [];
const looks = [
  { locale: 'es-ES', colorScheme: 'light' },
  { locale: 'ca-ES', colorScheme: 'dark', viewport: { width: 1024, height: 768 } },
  { locale: 'en-GB', colorScheme: 'light' },
];

/** A person's certificate and its key, from an authority of its own, as the file that an authority hands out. */
function makeCertificate() {
  const openssl = (...words) => execFileSync('openssl', words, { cwd: scratch, stdio: 'pipe' });
  const key = ['-newkey', 'rsa:2048', '-noenc', '-keyout'];
  openssl('req', '-x509', ...key, 'ca.key', '-out', 'ca.pem', '-days', '30', '-subj', '/CN=Authority of the test');
  openssl('req', ...key, 'clara.key', '-out', 'clara.csr', '-subj', '/CN=Clara Vidal Roca');
  // The sample dispute has a clock of its own, behind that of this computer.
  const authority = ['[ca]', 'default_ca=own', '[own]', 'database=issued', 'new_certs_dir=.', 'rand_serial=yes'];
  const rules = ['default_md=sha256', 'policy=any', 'x509_extensions=usage', '[any]', 'commonName=supplied'];
  const usage = ['[usage]', 'keyUsage=critical,digitalSignature,nonRepudiation'];
  writeFileSync(join(scratch, 'ca.cnf'), [...authority, ...rules, ...usage, ''].join('\n'));
  writeFileSync(join(scratch, 'issued'), '');
  const times = ['-startdate', '20200101000000Z', '-enddate', '20460101000000Z'];
  const issuer = ['-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key'];
  openssl('ca', '-batch', '-notext', ...issuer, ...times, '-in', 'clara.csr', '-out', 'clara.pem');
  const both = ['-inkey', 'clara.key', '-in', 'clara.pem', '-certfile', 'ca.pem'];
  openssl('pkcs12', '-export', ...both, '-out', 'clara.p12', '-passout', `pass:${passphrase}`);
  return join(scratch, 'clara.p12');
}

async function openDossier(page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sample');
  await page.keyboard.press('Enter');
  await page.getByText('This is the sample dispute.').waitFor({ timeout: 90_000 });
  await page.locator('[data-row] article').first().waitFor({ timeout: 60_000 });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('export');
  await page.keyboard.press('Enter');
  await page.getByText(/^\d\d pages$/).waitFor({ timeout: 90_000 });
}

async function picture(page, name) {
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`) });
}

/** By keyboard: an area is added, moved, sized; another removed, and that undone. Then one is drawn, and one between two corners. */
async function cover(page) {
  await page.getByRole('radio', { name: 'press' }).check();
  await page.getByRole('button', { name: 'Review it' }).press('Enter');
  const exhibit = page.getByRole('checkbox', { name: / picture$/ }).first();
  await exhibit.press('Space');
  await page.getByRole('button', { name: /^Cover a part/ }).press('Enter');
  const sheet = page.getByRole('dialog', { name: /^Cover parts of / });
  await sheet.getByRole('img').evaluate((image) => image.decode());
  await picture(page, 'cover-none');
  await sheet.getByRole('button', { name: 'Add an area' }).press('Enter');
  for (const key of ['ArrowLeft', 'ArrowUp', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowDown'])
    await page.keyboard.press(key);
  const said = sheet.getByRole('status');
  await said.getByText('Area 1: 39 % from the left, 39 % from the top, 22 % wide, 21 % high').waitFor();
  await sheet.getByRole('button', { name: 'Add an area' }).press('Enter');
  await page.keyboard.press('Delete');
  await said.getByText('Area 2 was removed.').waitFor();
  await page.keyboard.press('Control+z');
  await sheet.getByRole('button', { name: 'Remove area 2' }).press('Enter');
  await sheet.getByRole('button', { name: 'Remove area 2' }).waitFor({ state: 'detached' });

  const box = await sheet.getByRole('img').boundingBox();
  const at = (x, y) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(0.05, 0.05));
  await page.mouse.down();
  await page.mouse.move(...at(0.1, 0.1), { steps: 3 });
  await page.mouse.move(...at(0.2, 0.25), { steps: 3 });
  await page.mouse.up();
  await said.getByText(/^Area 2: 5 % from the left, 5 % from the top, 15 % wide, 20 % high$/).waitFor();
  await page.mouse.click(...at(0.7, 0.9));
  await said.getByText('Now press at the opposite corner.').waitFor();
  await page.mouse.click(...at(0.9, 0.8));
  await said.getByText(/^Area 3: 70 % from the left, 80 % from the top, 20 % wide, 10 % high$/).waitFor();
  await coverSmall(page, sheet, said);
  await sheet.getByRole('button', { name: /^Area 1: / }).focus();
  await picture(page, 'cover');
  found.push(...(await findings(page, 'covering a picture')));
  await sheet.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('4 parts covered').waitFor({ timeout: 30_000 });
  await page.locator('.preview[aria-busy=false]').waitFor({ timeout: 90_000 });
  await picture(page, 'cover-list');
  found.push(...(await findings(page, 'what is covered')));
}

/** Something small is covered where the picture was zoomed: the same part of it is black, at every size. */
async function coverSmall(page, sheet, said) {
  const img = sheet.getByRole('img');
  const desk = sheet.getByRole('region', { name: /to scroll through$/ });
  const box = () => img.boundingBox();
  /** A point of the picture in the window. */
  const at = async (x, y) => {
    const { x: left, y: top, width, height } = await box();
    return [left + x * width, top + y * height];
  };
  const whole = await box();
  const grown = (times) =>
    page.waitForFunction(
      ([before, n, image]) => Math.abs(image.getBoundingClientRect().width - before * n) < 1,
      [whole.width, times, image],
    );
  const image = await img.elementHandle();

  // By the wheel with Ctrl, what is below the pointer stays there.
  const pointed = await at(0.85, 0.15);
  await page.mouse.move(...pointed);
  await page.keyboard.down('Control');
  for (let turn = 0; turn < 40; turn++) await page.mouse.wheel(0, -120);
  await page.keyboard.up('Control');
  await grown(8);
  for (const [axis, place] of (await at(0.85, 0.15)).entries())
    assert.ok(Math.abs(place - pointed[axis]) < 2, `what was at ${pointed} is at ${await at(0.85, 0.15)}`);
  await page.mouse.move(...(await at(0.84, 0.14)));
  await page.mouse.down();
  await page.mouse.move(...(await at(0.85, 0.15)), { steps: 3 });
  await page.mouse.move(...(await at(0.87, 0.17)), { steps: 3 });
  await page.mouse.up();
  await said.getByText('Area 4: 84 % from the left, 14 % from the top, 3 % wide, 3 % high').waitFor();
  await picture(page, 'cover-zoomed');
  found.push(...(await findings(page, 'covering at eight times')));

  // By keyboard: smaller, scrolled through, whole again; and an area is added where the person looks.
  await page.keyboard.press('-');
  await grown(6);
  await desk.focus();
  const before = await box();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await eventually('the picture to have been scrolled', async () => {
    const now = await box();
    await page.waitForTimeout(200); // it glides to its place
    const { x, y } = await box();
    return x === now.x && y === now.y && x < before.x && y < before.y;
  });
  await sheet.getByRole('button', { name: 'Add an area' }).press('Enter');
  const added = sheet.getByRole('button', { name: /^Area 5: / });
  const [frame, small] = [await desk.boundingBox(), await added.boundingBox()];
  const middle = (one) => [one.x + one.width / 2, one.y + one.height / 2];
  for (const [axis, place] of middle(small).entries())
    assert.ok(
      Math.abs(place - middle(frame)[axis]) < 24,
      `the area is at ${middle(small)}, in view is ${middle(frame)}`,
    );
  await page.keyboard.press('Delete');
  await said.getByText('Area 5 was removed.').waitFor();
  await page.keyboard.press('0');
  await grown(1);
  await sheet.getByRole('button', { name: 'Zoom in' }).press('Enter');
  await grown(1.5);
  await sheet.getByRole('button', { name: 'Whole picture' }).press('Enter');
  await grown(1);
  const [x, y] = await at(0.84, 0.14);
  const marked = await sheet.getByRole('button', { name: /^Area 4: / }).boundingBox();
  assert.ok(Math.hypot(marked.x - x, marked.y - y) < 1, 'the mark has moved');
}

/** The file that comes to be in a folder while something is done. */
async function made(place, act) {
  const before = new Set(readdirSync(place));
  await act();
  const [file, ...others] = readdirSync(place).filter((name) => !before.has(name));
  assert.deepEqual(others, []);
  return join(place, file);
}

/** A picture of the saved file has black where it was covered, and shows something else beside. */
async function savePress(page) {
  const file = await made(program.saved, async () => {
    await page.getByRole('button', { name: /^Save .*…$/ }).press('Enter');
    await page.getByText('The dossier is ready.').waitFor({ timeout: 90_000 });
  });
  execFileSync('pdfimages', [file, join(scratch, 'image')]);
  const pictures = readdirSync(scratch).filter((name) => name.endsWith('.ppm'));
  const areas = [
    { x: 0.39, y: 0.39, width: 0.22, height: 0.21 },
    { x: 0.05, y: 0.05, width: 0.15, height: 0.2 },
    { x: 0.7, y: 0.8, width: 0.2, height: 0.1 },
    { x: 0.84, y: 0.14, width: 0.03, height: 0.03 },
  ];
  const beside = { x: 0.25, y: 0.05, width: 0.7, height: 0.3 };
  const covered = pictures
    .map((name) => readPixmap(join(scratch, name)))
    .filter((one) => areas.every((area) => black(one, area)));
  assert.ok(covered.length > 0, `none of ${pictures.length} pictures is covered`);
  for (const one of covered) assert.ok(!black(one, beside), 'a picture is black beside its areas, too');
  return file;
}

/** From the list, where the file is known: it is signed, and another program calls the signature valid. */
async function signFromTheList(page, file) {
  const use = page.getByRole('button', { name: /^Open, sign, stamp…/ });
  await use.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Sign it…' }).press('Enter');
  await page.getByLabel(/^Password of the certificate/).fill(passphrase);
  await page.keyboard.press('Enter');
  await page
    .getByRole('dialog')
    .getByText(/Clara Vidal Roca/)
    .waitFor({ timeout: 60_000 });
  found.push(...(await findings(page, 'signed from the list')));
  await picture(page, 'list-signed');
  assert.match(execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }), /Signature is Valid/);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // The one that was listed first is not there any more as it was made.
  await use.nth(1).press('Enter');
  await page.getByText(/is not where this computer wrote it, or it was changed since/).waitFor({ timeout: 30_000 });
  await page.getByRole('dialog').getByRole('button', { name: 'Sign a file…' }).waitFor();
  found.push(...(await findings(page, 'gone from the list')));
  await picture(page, 'list-gone');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** A portable pixmap (P6): its size and its pixels, of three bytes each. */
function readPixmap(path) {
  const content = readFileSync(path);
  const [head, width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(content.subarray(0, 40).toString('latin1'));
  return { width: Number(width), height: Number(height), pixels: content.subarray(head.length) };
}

/** Whether an area is as black as paint, as far as JPEG keeps it. */
function black({ width, height, pixels }, area) {
  const inset = Math.min(0.01, area.width / 4, area.height / 4); // the edge of an area bleeds
  const [left, right] = [area.x + inset, area.x + area.width - inset].map((part) => Math.round(part * width));
  const [top, bottom] = [area.y + inset, area.y + area.height - inset].map((part) => Math.round(part * height));
  if (right <= left || bottom <= top) return false;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++)
      for (const [channel, paint] of [0x18, 0x1b, 0x20].entries())
        if (Math.abs(pixels[(y * width + x) * 3 + channel] - paint) > 12) return false;
  return true;
}

/** Nothing is made before the person consents; then it names who is hidden, and holds the original. */
async function packForTheEditor(page) {
  await page.getByRole('button', { name: /^Verification pack/ }).press('Enter');
  const sheet = page.getByRole('dialog');
  found.push(...(await findings(page, 'consent sheet')));
  await sheet.getByRole('checkbox').press('Space');
  const file = await made(program.saved, async () => {
    await sheet.getByRole('button', { name: 'Make the pack…' }).press('Enter');
    await page.getByText('It is ready.').waitFor({ timeout: 90_000 });
  });
  assert.match(file, /\.zip$/);
  const listed = execFileSync('unzip', ['-Z1', file], { encoding: 'utf8' });
  assert.match(listed, /^originals\/A-\d+ .*\.jpe?g$/m);
  assert.match(execFileSync('unzip', ['-p', file, 'who-is-who.txt'], { encoding: 'utf8' }), /agent 1/);
  found.push(...(await findings(page, 'pack made')));
}

/** As many files as there are volumes, each of them small, and the facts to paste. */
async function filesForAForm(page) {
  await page.getByRole('radio', { name: 'regulator' }).check();
  await page.locator('.preview[aria-busy=false]').waitFor({ timeout: 90_000 });
  const set = await made(folder, async () => {
    await page.getByRole('button', { name: /^As files for an online form/ }).press('Enter');
    await page.getByText('It is ready.').waitFor({ timeout: 120_000 });
  });
  const files = readdirSync(set, { recursive: true }).filter((name) => statSync(join(set, name)).isFile());
  const volumes = files.filter((name) => /^[\w.-]+\.pdf$/.test(name) && name.length < 50);
  assert.ok(volumes.length > 0, `it holds ${files}`);
  for (const name of volumes) execFileSync('qpdf', ['--check', join(set, name)]);
  const facts = files.find((name) => name.endsWith('.txt'));
  const said = readFileSync(join(set, facts), 'utf8');
  assert.ok(said.length > 100 && [...said].length <= 1500, `the facts have ${said.length} characters`);
  found.push(...(await findings(page, 'set made')));
}

/** The list says what was made and what was sent; the sheets stand beside it in every look. */
async function inEveryLook(page) {
  await page.getByRole('button', { name: 'Mark as sent…' }).first().press('Enter');
  await page.getByRole('textbox', { name: 'To whom' }).fill('Agència Catalana del Consum');
  await page.getByRole('button', { name: 'Put it on record' }).press('Enter');
  await page.getByRole('cell', { name: /· Agència/ }).waitFor();
  const place = page.url();
  for (const look of looks) {
    const name = `${look.locale}-${look.colorScheme}`;
    const { page: other, troubles, close } = await openPage(program, look);
    await other.goto(place);
    await other.locator('[data-drawn]').first().waitFor({ timeout: 90_000 });
    await other.getByRole('table').scrollIntoViewIfNeeded();
    await picture(other, `made-${name}`);
    found.push(...(await findings(other, `made, ${name}`)));
    await other.locator('input[name=dossier-edition][value=press]').check();
    await other.locator('.preview[aria-busy=false]').waitFor({ timeout: 90_000 });
    await other.getByRole('button', { name: /^(Verification pack|Paquete|Paquet)/ }).press('Enter');
    await other.getByRole('dialog').waitFor();
    await picture(other, `consent-${name}`);
    found.push(...(await findings(other, `consent, ${name}`)));
    await other.keyboard.press('Escape');
    await other.getByRole('tab').nth(2).press('Enter');
    await other.locator('button[id^=cover-]').first().press('Enter');
    await other
      .getByRole('dialog')
      .getByRole('img')
      .evaluate((image) => image.decode());
    await other.keyboard.press('+');
    await picture(other, `cover-${name}`);
    found.push(...(await findings(other, `cover, ${name}`)));
    await other.keyboard.press('Escape');
    assert.deepEqual(troubles, []);
    await close();
  }
}

const tidy = () => rmSync(scratch, { recursive: true, force: true });
await play(program, { found, tidy }, async (page) => {
  await openDossier(page);
  await cover(page);
  await signFromTheList(page, await savePress(page));
  await packForTheEditor(page);
  await filesForAForm(page);
  await inEveryLook(page);
  console.log('press: ok');
});
