// The day of somebody with a dispute, by keyboard: the first start's questions, a promise that is late stands on Today
// and is settled there, settings are kept, text at 200 % fits, and a backup is made.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from './axe.mjs';
import { openPage, startProgram } from './program.mjs';
import { inSteps, play } from './play.mjs';

const disk = mkdtempSync(join(tmpdir(), 'constancia-usb-'));
const program = await startProgram({ CONSTANCIA_DIALOG_OPEN: disk });
const found = [];

async function look(page, where) {
  found.push(...(await findings(page, where)));
}

async function fill(page, label, text) {
  await page.getByLabel(label, { exact: true }).first().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

async function choose(page, group, option) {
  await page.getByRole('group', { name: group }).getByRole('radio', { name: option, exact: true }).focus();
  await page.keyboard.press('Space');
}

const press = (page, name) => page.getByRole('button', { name }).first().press('Enter');

async function firstStart(page) {
  await page.getByRole('heading', { name: 'Deja constancia' }).waitFor();
  await look(page, 'first start, language');
  await press(page, 'Continuar');
  await page.getByText(join(program.home, 'library')).waitFor();
  await look(page, 'first start, folder');
  await press(page, 'Continuar');
  await fill(page, 'Nombre', 'Núria Vidal');
  await fill(page, 'Dirección postal', 'Carrer Major 1');
  await look(page, 'first start, person');
  await press(page, 'Continuar');
  await page.getByRole('link', { name: /Ya lleva meses/ }).waitFor();
  await page.getByRole('button', { name: /Abrir el caso de ejemplo/ }).waitFor();
  await look(page, 'first start, where to begin');
  await page.getByRole('link', { name: /Empezar un caso/ }).press('Enter');
  await page.getByRole('heading', { name: 'Caso nuevo' }).waitFor();
  await fill(page, '¿De qué se trata?', 'Fibra que nunca llegó');
  await fill(page, 'Empresa', 'Iberluz');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Fibra que nunca llegó' }).waitFor();
}

/** Logs a call of a past day with a promise that was to be kept on it. */
async function latePromise(page) {
  await page.keyboard.press('n');
  await fill(page, '¿Cuándo fue?', '2/3/2026');
  await fill(page, 'Qué pasó', 'Dicen que vendrá un técnico.');
  await fill(page, 'Qué prometieron', 'Enviar un técnico');
  await fill(page, 'Para cuándo', '48 horas');
  await page.keyboard.press('Control+Enter');
  await page.getByText('La gestión ya consta.').waitFor();
}

async function today(page) {
  await page.getByRole('link', { name: 'Hoy', exact: true }).press('Enter');
  await page.getByText(/Iberluz lleva \d+ días de retraso/).waitFor();
  await page.getByText('«Enviar un técnico»').waitFor();
  await page.waitForFunction(() => document.title === 'Hoy · Constancia');
  await look(page, 'today, es');
  await page.getByRole('button', { name: '¿En qué quedó? Enviar un técnico' }).press('Enter');
  await look(page, 'settle on today');
  await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByText('No hay nada pendiente').waitFor();
  await look(page, 'today, nothing waiting');
  await page.getByRole('link', { name: 'Casos', exact: true }).press('Enter');
  await page.getByRole('main').getByRole('link', { name: 'Fibra que nunca llegó' }).waitFor();
  await look(page, 'cases, es');
}

async function backup(page) {
  await page.getByRole('link', { name: 'Copia de seguridad' }).press('Enter');
  await look(page, 'backup, none');
  await press(page, 'Elegir una carpeta');
  await page.getByText(disk).first().waitFor();
  await press(page, 'Hacer una copia ahora');
  await page.getByText(/^AGE-SECRET-KEY-1/).waitFor();
  await look(page, 'recovery key');
  await page.getByRole('dialog').getByRole('button', { name: 'Guardar la hoja de recuperación' }).press('Enter');
  await page.getByText(/La hoja de recuperación está en/).waitFor();
  assert.ok(existsSync(join(program.saved, 'Hoja de recuperación.pdf')));
  await page.keyboard.press('Escape');
  await page
    .getByRole('listitem')
    .filter({ hasText: /1 caso, \d+ anotaciones/ })
    .waitFor();
  assert.equal(await page.getByText(/AGE-SECRET-KEY-1/).count(), 0, 'the key is shown once');
  await look(page, 'backup, es');
}

async function settings(page) {
  await page.getByRole('link', { name: 'Ajustes' }).press('Enter');
  assert.equal(await page.getByLabel('Nombre', { exact: true }).inputValue(), 'Núria Vidal');
  await fill(page, 'Correo electrónico', 'núria en casa');
  await press(page, 'Guardar');
  await page.getByRole('alert').waitFor();
  await look(page, 'settings, refused');
  await fill(page, 'Correo electrónico', 'nuria@example.org');
  await press(page, 'Guardar');
  await page.getByText('Guardado para los casos nuevos.').waitFor();
  await choose(page, 'Zona horaria', 'Otra');
  await fill(page, 'Busca una ciudad', 'mexico');
  await page.getByLabel('Zonas encontradas').selectOption('America/Mexico_City');
  await page.getByText('En uso: America/Mexico City').waitFor();
  await page.getByRole('link', { name: 'Ajustes' }).press('?');
  await page.getByRole('dialog', { name: 'Atajos de teclado' }).waitFor();
  await look(page, 'keyboard help');
  await page.keyboard.press('Escape');
  await look(page, 'settings, es');
}

/** Nothing of the page may be wider than the window. */
async function overflow(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('main, main *, nav, nav *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(one).clipPath === 'none')
      .map((one) => `${one.tagName}.${one.className}: ${one.textContent?.trim().slice(0, 40)}`),
  );
}

async function largeText(page) {
  await page.setViewportSize({ width: 1024, height: 768 });
  await choose(page, 'Tamaño del texto', '200 %');
  await page.reload();
  await page.getByRole('heading', { name: 'Ajustes', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '34px');
  await page.getByText('En uso: America/Mexico City').waitFor();
  for (const place of ['#/settings', '#/', '#/cases', '#/backup']) {
    await page.evaluate((address) => (location.hash = address), place);
    await page.waitForTimeout(300);
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.scrollingElement;
      return { scrollWidth, clientWidth };
    });
    assert.ok(scrollWidth <= clientWidth, `${place} is ${scrollWidth} wide in ${clientWidth}`);
    assert.deepEqual(await overflow(page), [], place);
    await look(page, `${place} at 200 %`);
  }
}

async function otherLooks() {
  for (const [locale, colorScheme, language] of [
    ['ca-ES', 'dark', 'Català'],
    ['en-GB', 'light', 'English'],
  ]) {
    const { page, close } = await openPage(program, { locale, colorScheme });
    await page.goto(`${program.address}#/settings`);
    await page.getByRole('radio', { name: language, exact: true }).press('Space');
    await page.getByRole('radio', { name: '100 %' }).press('Space');
    for (const place of ['#/settings', '#/', '#/cases', '#/backup']) {
      await page.evaluate((address) => (location.hash = address), place);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(300);
      await look(page, `${place}, ${language}`);
    }
    await close();
  }
}

const steps = [firstStart, latePromise, today, backup, settings, largeText, otherLooks];
const tidy = () => rmSync(disk, { recursive: true });
await play(program, { found, options: { locale: 'es-ES' }, tidy }, (page) => inSteps(steps, page));
