// Takes pictures of every screen on the sample dispute, in the three languages, light and dark, 1280 and 1024 wide:
// FOLDER/LANGUAGE/SCREEN-WIDTH-THEME.png. With --readme, only the ones that the README shows.
//
//   node e2e/pictures.mjs [--out FOLDER] [--readme] [--language es]... [--theme dark]... [--width 1024]... [--screen today]...
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPage, root, startProgram } from './program.mjs';
import { screens } from './screens.mjs';

const several = (all) => ({ type: 'string', multiple: true, default: all });
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'out/pictures') },
    readme: { type: 'boolean', default: false },
    language: several(['en', 'es', 'ca']),
    theme: several(['light', 'dark']),
    width: several(['1280', '1024']),
    screen: several(['first', ...Object.keys(screens)]),
  },
});
const tags = { en: 'en-GB', es: 'es-ES', ca: 'ca-ES' };
const heights = { 1280: 860, 1024: 768 };
const problems = [];

/** Opens the sample dispute from the first start, and gives the address of its case. */
async function openSample(program, locale) {
  const { page, close } = await openPage(program, { locale });
  await page.locator('.questions button').last().click();
  await page.locator('.offer.sample').click();
  await page.locator('[data-kind=contact]').first().waitFor({ timeout: 120_000 });
  const address = page.url();
  await close();
  return address.slice(address.indexOf('#'));
}

async function take(page, file) {
  mkdirSync(join(file, '..'), { recursive: true });
  await page.screenshot({ path: file });
}

async function takeScreen(page, address, place, screen, file) {
  await page.goto(address + screen.at(place));
  await page.reload(); // the same hash would leave what was done on the last picture
  await page.locator('main h1, main .questions').first().waitFor();
  await page.waitForTimeout(250);
  await screen.act?.(page);
  if (screen.scroll) await page.evaluate((y) => document.querySelector('main').scrollTo(0, y), screen.scroll);
  await page.waitForTimeout(300);
  await take(page, file);
}

async function takeLanguage(language) {
  const program = await startProgram();
  const looks = values.theme.flatMap((theme) => values.width.map((width) => ({ theme, width })));
  const open = ({ theme, width }) =>
    openPage(program, {
      locale: tags[language],
      viewport: { width: Number(width), height: heights[width] ?? 860 },
      colorScheme: theme,
    });
  const fileOf = (name, { theme, width }) => join(values.out, language, `${name}-${width}-${theme}.png`);
  try {
    if (values.screen.includes('first')) {
      for (const look of looks) {
        const { page, close } = await open(look);
        await page.locator('.questions').waitFor();
        await take(page, fileOf('first', look));
        await close();
      }
    }
    const place = await openSample(program, tags[language]);
    for (const look of looks) {
      const { page, close } = await open(look);
      for (const [name, screen] of Object.entries(screens)) {
        if (!values.screen.includes(name)) continue;
        await takeScreen(page, program.address, place, screen, fileOf(name, look)).catch((error) => {
          problems.push(`${language} ${name} ${look.width} ${look.theme}: ${error.message.split('\n')[0]}`);
        });
      }
      await close();
    }
  } finally {
    await program.close();
  }
}

async function takeReadme() {
  const program = await startProgram();
  try {
    const place = await openSample(program, tags.en);
    const { page } = await openPage(program, {
      locale: tags.en,
      deviceScaleFactor: 1.5,
      viewport: { width: 1280, height: 1060 },
    });
    await page.goto(program.address + place);
    await page.locator('[data-kind=contact]').first().waitFor();
    await page.waitForTimeout(500);
    await take(page, join(root, 'docs/pictures/window.png'));
  } finally {
    await program.close();
  }
}

if (values.readme) await takeReadme();
else for (const language of values.language) await takeLanguage(language);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}
