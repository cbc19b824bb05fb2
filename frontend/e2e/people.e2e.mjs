// People and companies, by keyboard: who was spoken to with what came of it, somebody joined, parted and undone, a name
// that was given later, a company's references, and the way to the contacts with each.
import assert from 'node:assert/strict';
import { findings } from './axe.mjs';
import { openPage, startProgram } from './program.mjs';
import { inSteps, play } from './play.mjs';

const program = await startProgram();
const found = [];

async function look(page, where) {
  found.push(...(await findings(page, where)));
}

async function fill(page, label, text) {
  await page.getByLabel(label, { exact: true }).first().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

const press = (place, name) => place.getByRole('button', { name, exact: true }).press('Enter');
const dialog = (page) => page.getByRole('dialog');
const rows = (page) => page.getByRole('list', { name: /Personas que atendieron|People spoken to|Persones que van/ });
const row = (page, name) =>
  rows(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name, exact: true }) });

/** Chooses from the menu of somebody or a company. */
async function choose(page, name, action) {
  await page.getByRole('button', { name: `Qué puedes hacer con esto: ${name}`, exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: action, exact: true }).press('Enter');
}

/** A case with three calls: with Núria, with Nuria Vidal, and with somebody who refused a name. */
async function threeCalls(page) {
  for (let steps = 0; steps < 3; steps++) await press(page, 'Continuar');
  await page.getByRole('link', { name: /Empezar un caso/ }).press('Enter');
  await fill(page, '¿De qué se trata?', 'Fibra que nunca llegó');
  await fill(page, 'Empresa', 'Iberluz');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Fibra que nunca llegó' }).waitFor();
  const caseId = page.url().match(/#\/case\/([^/?]+)/)[1];
  for (const [name, hold, promise] of [
    ['Núria', '35', 'Enviar un técnico'],
    ['Nuria Vidal', '12', ''],
    ['', '5', ''],
  ]) {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate((id) => (location.hash = `#/case/${id}/contact`), caseId);
    await fill(page, '¿Cuándo fue?', '2/3/2026');
    if (name) await fill(page, 'Nombre, como lo dijo', name);
    else await page.getByRole('checkbox', { name: 'No quiso dar su nombre' }).first().press('Space');
    await fill(page, 'Tiempo en espera', hold);
    await fill(page, 'Qué pasó', 'Dicen que lo mirarán.');
    if (promise) {
      await fill(page, 'Qué prometieron', promise);
      await fill(page, 'Para cuándo', '48 horas');
    }
    await page.keyboard.press('Control+Enter');
    await page.getByText('La gestión ya consta.').waitFor();
    await page.getByRole('button', { name: 'Cerrar' }).last().press('Enter');
  }
}

async function list(page) {
  await page.getByRole('tab', { name: /Empresas y personas/ }).press('Enter');
  const company = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Iberluz' }) });
  await company.getByText('52 min').waitFor();
  assert.match(await company.innerText(), /No dieron su nombre\s*1/);
  await row(page, 'Núria').getByText('35 min').waitFor();
  await row(page, 'Núria').getByText('1 vencida').waitFor();
  assert.equal(
    await rows(page)
      .getByRole('listitem')
      .filter({ has: page.getByRole('link') })
      .count(),
    3,
  );
  await look(page, 'people of a case, es');
}

async function joined(page) {
  await page.getByText('Núria y Nuria Vidal, de Iberluz', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Comparar/ }).press('Enter');
  await dialog(page).getByRole('heading', { name: 'Nuria Vidal' }).waitFor();
  await look(page, 'are they the same');
  await press(dialog(page), 'Son la misma persona');
  await page.getByText('Núria y Nuria Vidal cuentan ahora como una sola persona.').waitFor();
  await row(page, 'Núria').getByText('también como Nuria Vidal').waitFor();
  await row(page, 'Núria').getByText('47 min').waitFor();
  // The way to the contacts with her, under both names.
  await row(page, 'Núria').getByRole('link').press('Enter');
  await page.getByText('Se muestran 3 entradas').waitFor();
  assert.equal(await page.locator('[data-kind=contact]').count(), 2); // the third is the date that passed
  await look(page, 'the contacts with one person');
  await page.goBack();
  await choose(page, 'Núria', 'No es la misma persona');
  await look(page, 'part');
  await press(dialog(page), 'Son personas distintas');
  await row(page, 'Nuria Vidal').waitFor();
  await page.keyboard.press('Control+z');
  await row(page, 'Núria').getByText('también como Nuria Vidal').waitFor();
  await page.keyboard.press('Control+z');
  await row(page, 'Nuria Vidal').waitFor();
  await page.getByRole('button', { name: /^No lo son/ }).press('Enter');
  await page.reload();
  await row(page, 'Nuria Vidal').waitFor();
  assert.equal(await page.getByText('¿Serán la misma persona?').count(), 0, 'it asks once');
}

async function corrected(page) {
  await choose(page, 'No quiso dar su nombre', 'Corregir');
  await dialog(page).getByRole('checkbox', { name: 'No quiso dar su nombre' }).press('Space');
  await press(dialog(page), 'Guardar');
  await dialog(page).getByRole('alert').waitFor();
  await look(page, 'correct a person, refused');
  await fill(page, 'Nombre, como lo dijo', 'Pau');
  await fill(page, 'Por qué · opcional', 'Lo dijo después');
  await press(dialog(page), 'Guardar');
  await row(page, 'Pau').waitFor();
  await choose(page, 'Iberluz', 'Corregir');
  await look(page, 'correct a company');
  await press(dialog(page), 'Otra referencia');
  await fill(page, 'Qué es', 'Incidencia');
  await fill(page, 'Número', 'INC-7');
  await page.getByLabel('Dominios de correo').fill('iberluz.example');
  await press(dialog(page), 'Guardar');
  await page.getByText('@iberluz.example').waitFor();
  await choose(page, 'Iberluz', 'Historial');
  await dialog(page).getByText('Corregido', { exact: false }).first().waitFor();
  await look(page, 'history of a company');
  await page.keyboard.press('Escape');
}

async function everybody(page) {
  await page.getByRole('link', { name: 'Personas y empresas' }).press('Enter');
  await page.waitForFunction(() => document.title === 'Personas y empresas · Constancia');
  await row(page, 'Pau').waitFor();
  await page.getByRole('searchbox').fill('NÚRIA VID');
  await page.getByText('1 persona', { exact: true }).waitFor();
  await row(page, 'Nuria Vidal').waitFor();
  await page.getByRole('searchbox').fill('nadie así');
  await page.getByText('Aquí no hay nadie así').waitFor();
  await look(page, 'nobody found');
  await press(page, 'Verlo todo');
  await press(page, 'En espera');
  await page.waitForFunction(() => document.querySelector('main .table li a')?.textContent === 'Núria');
  await look(page, 'everybody, es');
  await page.getByRole('tab', { name: 'Empresas' }).press('Enter');
  await page.getByRole('link', { name: 'Iberluz', exact: true }).waitFor();
  await look(page, 'companies, es');
}

/** Nothing of the page may be wider than the window. */
async function overflow(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('main, main *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(one).clipPath === 'none')
      .map((one) => `${one.tagName}.${one.className}: ${one.textContent?.trim().slice(0, 40)}`),
  );
}

async function otherLooks() {
  for (const [locale, colorScheme, language, size] of [
    ['ca-ES', 'dark', 'Català', '100 %'],
    ['en-GB', 'light', 'English', '200 %'],
  ]) {
    const { page, close } = await openPage(program, { locale, colorScheme, viewport: { width: 1024, height: 768 } });
    await page.goto(`${program.address}#/settings`);
    await page.getByRole('radio', { name: language, exact: true }).press('Space');
    await page.getByRole('radio', { name: size }).press('Space');
    await page.evaluate(() => (location.hash = '#/people'));
    await row(page, 'Pau').waitFor();
    assert.deepEqual(await overflow(page), [], `everybody, ${language}`);
    await look(page, `everybody, ${language}`);
    await row(page, 'Pau').getByRole('link').press('Enter');
    await page.locator('[data-kind=contact]').first().waitFor();
    await page.getByRole('tab').nth(2).press('Enter');
    await row(page, 'Pau').waitFor();
    assert.deepEqual(await overflow(page), [], `people, ${language}`);
    await look(page, `people, ${language}`);
    await close();
  }
}

const steps = [threeCalls, list, joined, corrected, everybody, otherLooks];
await play(program, { found, options: { locale: 'es-ES' } }, (page) => inSteps(steps, page));
