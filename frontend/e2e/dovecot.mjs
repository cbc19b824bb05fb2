// A real mail server for a run: Dovecot over TLS on loopback, with the sample dispute's emails in Spanish. It needs
// dovecot-imapd, and ends with whoever started it.
import { spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './program.mjs';

/** Where it is {host, port, startTlsPort, pin, user, password, maildir, messages}, and what ends it. */
export async function startDovecot() {
  const child = spawn('go', ['run', './frontend/e2e/dovecot'], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const ended = new Promise((done) => child.on('exit', done));
  const line = await Promise.race([
    new Promise((done) => createInterface(child.stdout).once('line', done)),
    ended.then(() => undefined),
  ]);
  if (!line) throw new Error(`Dovecot did not start: ${said}`);
  return {
    ...JSON.parse(line),
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Connects its mailbox in the dialog that is open, in English: by the server under Advanced and its certificate. */
export async function connectTo(page, server) {
  const dialog = page.getByRole('dialog', { name: 'Connect a mailbox' });
  await dialog.getByLabel('Your email address').fill(server.user);
  await dialog.getByText('Advanced', { exact: true }).click();
  await dialog.getByLabel('Mail server (IMAP)').fill(server.host);
  await dialog.getByLabel('Port').fill(String(server.port));
  await dialog.getByLabel('Password', { exact: true }).fill(server.password);
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog.getByRole('button', { name: 'Trust this key from now on' }).click();
  await dialog.getByText(`It holds ${server.messages} emails.`).waitFor();
  await dialog.getByRole('button', { name: 'Continue' }).click();
}

let delivered = 0;

/** Puts one more email into its mailbox, whole at once as a mail server does. It is of the second of October 2026. */
export function deliver(server, { from, subject, text }) {
  const id = `${++delivered}.${process.pid}`;
  const email = [
    `From: ${from}`,
    `To: ${server.user}`,
    `Subject: ${subject}`,
    'Date: Fri, 02 Oct 2026 10:05:00 +0200',
    `Message-ID: <${id}@delivered.example>`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
  ].join('\r\n');
  const begun = join(server.maildir, 'tmp', id);
  writeFileSync(begun, email);
  renameSync(begun, join(server.maildir, 'cur', `9999999999.${id}.delivered,S=${Buffer.byteLength(email)}:2,`));
}
