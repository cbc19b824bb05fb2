// Every screen in every look, 1024 wide: in three languages, light and dark, axe finds nothing and nothing is cut off; nor
// with text of twice the size, where no bar covers what has the focus; nor in the colours a person forces; and nothing
// moves for somebody who asked for less of that.
import assert from 'node:assert/strict';
import { findings } from './axe.mjs';
import { covered, cutOff, moving } from './fits.mjs';
import { openPage } from './program.mjs';
import { startWithFile } from './screen-programs.mjs';
import { callScreens, firstScreens, openSample, screens, show, skipQuestions } from './screens.mjs';

const [only] = process.argv.slice(2);
const size = { width: 1024, height: 768 };
const looks = [
  { locale: 'es-ES', colorScheme: 'light', textScale: 2 },
  { locale: 'ca-ES', colorScheme: 'dark' },
  { locale: 'en-GB', colorScheme: 'light', forced: true },
];
const found = [];
const program = await startWithFile();

async function judge(page, { textScale, forced }, where) {
  // Behind a dialog stands a screen that is judged by itself.
  found.push(...(await findings(page, where, 'dialog[open]')), ...(await cutOff(page, where)));
  if (forced) {
    await page.emulateMedia({ forcedColors: 'active' });
    found.push(...(await cutOff(page, `${where}, forced colours`)));
    await page.emulateMedia({ forcedColors: 'none' });
  } else {
    found.push(...(await moving(page, where)));
  }
  if (textScale || forced) found.push(...(await covered(page, where)));
}

/** Shows some of the screens in a look and judges each. One that can't be shown is a finding. */
async function goThrough(view, look, some, place) {
  for (const [name, screen] of Object.entries(some)) {
    if (screen.below || (only && only !== name)) continue;
    const where = `${name}, ${look.locale}`;
    try {
      await show(view.page, program.address, place, { ...look, ...screen });
      await judge(view.page, look, where);
    } catch (error) {
      found.push(`${where}: ${error.message.split('\n')[0]}`);
    }
    if (screen.size) await view.page.setViewportSize(size);
  }
}

async function timed(name, step) {
  const began = Date.now();
  await step();
  console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

const views = [];
try {
  for (const look of looks) views.push(await openPage(program, { viewport: size, ...look }));
  const inEach = (some, place) => async () => {
    for (const [at, look] of looks.entries()) await goThrough(views[at], look, some, place);
  };
  await timed('the first start', inEach(firstScreens));
  const [{ page }] = views;
  await page.goto(program.address);
  await skipQuestions(page);
  await timed('the offers', inEach({ offers: { at: () => '#/' } }));
  await page.goto(program.address);
  const place = await openSample(page);
  await timed('every screen', inEach(screens, place));
  for (const [at, look] of looks.entries()) {
    await timed(`a call, ${look.locale}`, () => goThrough(views[at], look, callScreens, place));
    await views[at].page.evaluate(async () => {
      const { Calls } = window.go.app;
      for (const { id } of await Calls.List()) await Calls.Discard(id);
    });
  }
  for (const view of views) found.push(...view.troubles);
  assert.deepEqual(found, [], found.join('\n'));
} catch (error) {
  console.error(program.said());
  throw error;
} finally {
  await program.close();
}
