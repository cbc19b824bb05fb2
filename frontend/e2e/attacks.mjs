// The attacks of internal/mail/markup/testdata/attacks.txt as emails, and a server that nobody may ask for anything.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { root } from './program.mjs';

/** A server that remembers what it was asked for. */
export async function startCanary() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('canary');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${server.address().port}`;
  return { asked, host, close: () => new Promise((done) => server.close(done) && server.closeAllConnections()) };
}

/** The attacks as bytes of HTML, with what runs and loads in them made to ask the server of a host. */
export function attacks(host) {
  const text = readFileSync(join(root, 'internal/mail/markup/testdata/attacks.txt'), 'utf8');
  return text
    .split('\n== ')
    .slice(1)
    .map((one, at) => {
      const [head, ...lines] = one.split('\n');
      const [name, charset = 'utf-8'] = head.split(' | ');
      const source = lines
        .join('\n')
        .replaceAll('{{run}}', `taken=1;new Image().src='http://${host}/ran/${at}'`)
        .replaceAll('{{load}}', `http://${host}/asked/${at}`)
        .replaceAll('{{host}}', host)
        .replace(/\{\{times (\d+) (.*?)\}\}/gs, (_, count, part) => part.repeat(Number(count)));
      const pieces = source.split(/\{\{bytes ([0-9a-f]+)\}\}/);
      const encoding = charset === 'utf-16le' ? 'utf16le' : 'utf8';
      const bytes = Buffer.concat(pieces.map((piece, i) => Buffer.from(piece, i % 2 ? 'hex' : encoding)));
      return { name, charset, bytes };
    });
}

/** A picture that is a page, for those who believe what it is called. */
const page = (host) => `<svg xmlns="http://www.w3.org/2000/svg" onload="new Image().src='http://${host}/ran/cid'"/>`;

const part = (head, body) =>
  `--b\r\n${head}\r\nContent-Transfer-Encoding: base64\r\n\r\n${body.toString('base64')}\r\n`;

/** Writes an email for each attack into a folder: its HTML, and parts whose Content-IDs are those of others. */
export function writeEmails(folder, host) {
  mkdirSync(folder, { recursive: true });
  const all = attacks(host);
  for (const [at, { name, charset, bytes }] of all.entries()) {
    const email =
      `From: Attacker <a@attacker.example>\r\nTo: b@example.org\r\nSubject: ${name}\r\nMessage-ID: <${at}@attacker.example>\r\n` +
      `Date: Mon, 2 Mar 2026 10:${String(at % 60).padStart(2, '0')}:00 +0000\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: multipart/related; boundary=b\r\n\r\n` +
      part(`Content-Type: text/html; charset=${charset}`, bytes) +
      part('Content-Type: image/png\r\nContent-ID: <twice>', Buffer.from(page(host))) +
      part('Content-Type: text/html\r\nContent-ID: <twice>', Buffer.from('<script>taken=1</script>')) +
      part('Content-Type: image/svg+xml\r\nContent-ID: <script>', Buffer.from(page(host))) +
      '--b--\r\n';
    writeFileSync(join(folder, `${String(at).padStart(3, '0')}.eml`), email);
  }
  return all;
}

/** A case with an email for each attack, in the library of a home; made on the command line. */
export function makeCase(program, home, host) {
  const folder = join(home.home, 'emails');
  const all = writeEmails(folder, host);
  const run = (...words) => execFileSync(program, [...words, '--json'], { env: home.environment, encoding: 'utf8' });
  const { id } = JSON.parse(
    run('case', 'new', '--title', 'Attacks', '--company', 'Attacker', '--zone', 'Europe/Madrid'),
  );
  const { imported } = JSON.parse(run('mail', 'import', 'files', '--case', id, folder));
  if (imported !== all.length) throw new Error(`${imported} of ${all.length} emails were imported`);
  return { caseId: id, attacks: all };
}

/**
 * What a page does to show the original looks of all emails of a case, each in a frame as the one that is on it. It clicks
 * on every link, and tells which emails had a script run, or another document in their frame, and how many there were.
 */
export const showAll = (caseId) => `(async () => {
  const frame = document.querySelector('iframe');
  const { items } = await window.go.app.Cases.Timeline('${caseId}', { oldestFirst: true }, { first: 0, limit: 1000 });
  const emails = items.filter(({ kind }) => kind === 'message');
  const ran = [];
  const elsewhere = [];
  const show = async ({ id, subject }) => {
    const copy = frame.cloneNode();
    const loaded = new Promise((done) => (copy.onload = done));
    copy.src = '/original/${caseId}/' + id;
    document.body.append(copy);
    await loaded;
    for (const link of copy.contentDocument?.querySelectorAll('a') ?? []) link.click?.();
    await new Promise((done) => setTimeout(done));
    if (!copy.contentDocument?.location.pathname.endsWith(id)) elsewhere.push(subject);
    if (copy.contentWindow.taken === 1 || window.taken === 1) ran.push(subject);
    copy.remove();
  };
  const atOnce = 12;
  for (let at = 0; at < emails.length; at += atOnce) await Promise.all(emails.slice(at, at + atOnce).map(show));
  return JSON.stringify({ ran, elsewhere, shown: emails.length });
})()`;
