// The programs that the pictures are taken of: one with files to choose, one with a backup, one with a mailbox.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectTo, deliver, startDovecot } from './dovecot.mjs';
import { makeHome, openPage, startProgram } from './program.mjs';
import { saveInto } from './saved-emails.mjs';
import { click, skipQuestions } from './screens.mjs';

/** The program, whose dialog answers with a file that a person may well have: an operator's list of calls. */
export function startWithFile() {
  const home = makeHome();
  const file = join(home.home, 'llamadas-marzo-2026.csv');
  writeFileSync(
    file,
    'Fecha;Hora;Número;Duración\n02/03/2026;10:05;900123456;00:12:31\n03/03/2026;17:40;900123456;00:41:02\n',
  );
  const folder = join(home.home, 'correos');
  mkdirSync(folder);
  saveInto(folder);
  return startProgram({ CONSTANCIA_DIALOG_OPEN: file, CONSTANCIA_DIALOG_FOLDER: folder }, home);
}

/** A program with a case of one's own and a backup of it. The key on the screen goes to the person who is not there. */
export async function startWithBackup() {
  const home = makeHome();
  const copies = join(home.home, 'copias');
  mkdirSync(copies);
  const program = await startProgram({ CONSTANCIA_DIALOG_FOLDER: copies }, home);
  const { page, close } = await openPage(program);
  await skipQuestions(page);
  await page.evaluate(() =>
    window.go.app.Cases.New({
      ...{ title: 'Pedido GM-26-0310774', company: 'Galerías Montalbeda', role: 'seller', summary: '', outcome: '' },
      ...{ referenceLabel: '', referenceNumber: '', claimed: '149,00', currency: 'EUR', zone: 'Europe/Madrid' },
    }),
  );
  await page.evaluate(() => (location.hash = '#/backup'));
  const folder = 'main section:has(p.folder)'; // where a backup is brought back a folder is chosen, too
  await click(`${folder} button:has(.lucide-folder-open)`, `${folder} button:has(.lucide-archive)`)(page);
  await page.getByText(/^AGE-SECRET-KEY-1/).waitFor();
  await close();
  return program;
}

/** A program with a mailbox on a real mail server, and a case that is watched for its emails. place is the case. */
export async function startWithMailbox() {
  const server = await startDovecot();
  const program = await startProgram();
  const { page, close } = await openPage(program);
  await skipQuestions(page);
  const id = await page.evaluate(() =>
    window.go.app.Cases.New({
      ...{ title: 'El sofá que no llegó', company: 'Pasolargo', role: 'carrier', summary: '', outcome: '' },
      ...{ referenceLabel: '', referenceNumber: '', claimed: '149,00', currency: 'EUR', zone: 'Europe/Madrid' },
    }),
  );
  const place = `#/case/${id}`;
  await page.evaluate((address) => (location.hash = address), `${place}/mail`);
  await click('.ways button')(page);
  await connectTo(page, server);
  await click('#find-form [type=submit]')(page);
  await page.locator('li .subject').first().waitFor();
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  await page.getByText('This case is being watched for new emails.').waitFor();
  deliver(server, {
    from: 'Pasolargo Clientes <clientes@pasolargo.example>',
    subject: 'Valore su entrega',
    text: '¿Qué le pareció la entrega?',
  });
  await page.getByRole('button', { name: 'Look now' }).click();
  await page.evaluate(() => (location.hash = '#/'));
  await page.reload(); // it did not see the case begin
  await page.locator('section .lucide-mail-plus').waitFor({ timeout: 90_000 });
  await close();
  return {
    ...program,
    place,
    async close() {
      await program.close();
      await server.close();
    },
  };
}
