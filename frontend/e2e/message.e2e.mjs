// An email is read by keyboard: its text with what was quoted put away, its original look in a frame as high as it is, its
// links that lead nowhere by themselves, its route and where it came from; the one before it; its original saved byte for
// byte, and an attachment looked at. In three languages, light and dark, axe finds nothing on any of it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { makeHome, openPage, root, startProgram } from './program.mjs';

const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const question = [
  'From: Dolores Vidal <dolores@example.org>',
  'To: Centella <help@centella.example>',
  'Message-ID: <1@example.org>',
  'Subject: My parcel',
  'Date: Sun, 1 Mar 2026 10:00:00 +0100',
  '',
  'When does it come?',
  '',
].join('\r\n');
const answer = [
  'ARC-Seal: i=1; a=rsa-sha256; t=1772449595; cv=none; d=forwarder.example; s=arc; b=Zm9v',
  'ARC-Authentication-Results: i=1; forwarder.example; spf=pass smtp.mailfrom=centella.example',
  'Received: from mx.centella.example (mx.centella.example [192.0.2.7]) by imap.example.org with ESMTPS id 7;',
  ' Mon, 2 Mar 2026 11:06:35 +0000',
  'Received: from desk.centella.example ([192.0.2.9]) by mx.centella.example with ESMTP id 3;',
  ' Mon, 2 Mar 2026 11:05:00 +0000',
  'From: Centella <help@centella.example>',
  'To: Dolores Vidal <dolores@example.org>',
  'Message-ID: <2@centella.example>',
  'In-Reply-To: <1@example.org>',
  'Subject: Re: My parcel',
  'Date: Mon, 2 Mar 2026 05:05:00 -0600',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=m',
  '',
  '--m',
  'Content-Type: multipart/related; boundary=r',
  '',
  '--r',
  'Content-Type: multipart/alternative; boundary=a',
  '',
  '--a',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'It was delivered yesterday.',
  '',
  'On Sun, 1 Mar 2026 at 10:00, Dolores Vidal wrote:',
  '> When does it come?',
  '--a',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>It was delivered <b>yesterday</b>.</p><p><img src="cid:logo" alt="Centella" width="40" height="40"></p>',
  '<p><a href="https://pay.example.net/x">www.centella.com</a></p>',
  '<img src="https://open.example.net/o.gif?u=7" width="1" height="1">',
  `${'<p>&nbsp;</p>'.repeat(40)}`,
  '--a--',
  '--r',
  'Content-Type: image/png',
  'Content-ID: <logo>',
  'Content-Disposition: inline',
  'Content-Transfer-Encoding: base64',
  '',
  picture,
  '--r--',
  '--m',
  'Content-Type: text/plain; name="note.txt"',
  'Content-Disposition: attachment; filename="note.txt"',
  '',
  'Signed for by a neighbour.',
  '--m--',
  '',
].join('\r\n');

const home = makeHome();
const emails = join(home.home, 'emails');
mkdirSync(emails);
writeFileSync(join(emails, '1.eml'), question);
writeFileSync(join(emails, '2.eml'), answer);
const run = (...words) =>
  JSON.parse(
    execFileSync(join(root, 'out/constancia-dev'), [...words, '--json'], { env: home.environment, encoding: 'utf8' }),
  );
const { id: caseId } = run('case', 'new', '--title', 'A parcel', '--company', 'Centella', '--zone', 'Europe/Madrid');
run('mail', 'import', 'files', '--case', caseId, emails);
const program = await startProgram({}, home);
const found = [];

const tabs = ['text', 'original', 'links', 'route', 'origin'];
const tab = (page, id) => page.locator(`#message-${id}-tab`);

/** Opens the answer from the timeline, on which it stands. */
async function openAnswer(page) {
  await page.goto(`${program.address}#/case/${caseId}/timeline`);
  const entry = page.locator('[data-kind=message]').filter({ hasText: 'Re: My parcel' });
  await entry.locator('article button').first().press('Enter');
  await tab(page, 'origin').waitFor();
}

async function read(page) {
  await openAnswer(page);
  await page.getByText('It was delivered yesterday.').waitFor();
  await page.getByText('2 March 2026, 05:05 by the sender’s clock (UTC-06:00)').waitFor();
  assert.equal(await page.getByText('When does it come?').count(), 0, 'what was quoted is put away');
  await page.getByRole('button', { name: 'Show what was quoted' }).press('Enter');
  await page.getByText('When does it come?').waitFor();

  await tab(page, 'text').focus();
  await page.keyboard.press('ArrowRight');
  const frame = page.frameLocator('iframe');
  await frame.getByText('yesterday').waitFor();
  assert.equal(await frame.getByRole('img', { name: 'Centella' }).evaluate((image) => image.naturalWidth), 1);
  assert.equal(await frame.locator('[href], script, [onerror]').count(), 0);
  await page.waitForFunction(() => {
    const shown = document.querySelector('iframe');
    const needed = shown.contentDocument.body.offsetHeight;
    return needed > 800 && Math.abs(shown.clientHeight - needed) <= 20;
  });

  await page.keyboard.press('ArrowRight');
  await page.getByText('Its words name www.centella.com, but it leads to pay.example.net.').waitFor();
  await page.getByText('open.example.net', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Open… www.centella.com' }).press('Enter');
  await page.getByRole('dialog', { name: 'Leave the program?' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await tab(page, 'links').focus();
  await page.keyboard.press('ArrowRight');
  await page.getByText('1 min 35 s later').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByText('Taken from a file, and kept as it stood there.').waitFor();
}

async function save(page) {
  await page.getByRole('button', { name: 'Save original' }).press('Enter');
  await page.getByText('byte for byte as it was received').waitFor();
  const [name] = readdirSync(home.saved);
  const saved = readFileSync(join(home.saved, name));
  assert.equal(saved.toString('latin1'), Buffer.from(answer).toString('latin1'));
  await page.getByText(createHash('sha256').update(saved).digest('hex')).first().waitFor();
}

async function lookAtAttachment(page) {
  await page.getByRole('button', { name: /^note\.txt/ }).press('Enter');
  await page.getByRole('dialog').getByText('Signed for by a neighbour.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function turn(page) {
  await page.getByText('2 of 2 in the conversation').waitFor();
  await page.getByRole('button', { name: 'Save original' }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('1 of 2 in the conversation').waitFor();
  await page.getByRole('heading', { name: 'My parcel', exact: true }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByText('2 of 2 in the conversation').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /Timeline/, selected: true }).waitFor();
}

/** Every part of it in a look. */
async function judge(locale, colorScheme) {
  const view = await openPage(program, { locale, colorScheme, timezoneId: 'Europe/Madrid' });
  await openAnswer(view.page);
  for (const id of tabs) {
    await tab(view.page, id).press('Enter');
    await view.page.locator(`#message-${id}`).waitFor();
    await view.page.locator('.loading').waitFor({ state: 'detached' });
    found.push(...(await findings(view.page, `${id}, ${locale} ${colorScheme}`)));
  }
  assert.deepEqual(view.troubles, []);
  await view.close();
}

try {
  const view = await openPage(program, { timezoneId: 'Europe/Madrid' });
  await read(view.page);
  await save(view.page);
  await lookAtAttachment(view.page);
  await turn(view.page);
  assert.deepEqual(view.troubles, []);
  await view.close();
  await judge('es-ES', 'light');
  await judge('ca-ES', 'dark');
  await judge('en-GB', 'light');
  assert.deepEqual(found, []);
} catch (error) {
  console.error(program.said());
  throw error;
} finally {
  await program.close();
}
