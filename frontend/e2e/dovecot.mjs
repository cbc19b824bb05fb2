// A real mail server for a run: Dovecot over TLS on loopback, with the sample dispute's emails in Spanish. It needs
// dovecot-imapd, and ends with whoever started it.
import { spawn } from 'node:child_process';
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
