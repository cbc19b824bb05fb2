// Takes pictures of every screen, in the three languages, light and dark, 1280 and 1024 wide:
// FOLDER/LANGUAGE/SCREEN-WIDTH-THEME.png. One program and one browser take them all. A screen that can't be shown is named
// at the end, and the rest goes on. With --readme, only the ones that the README shows.
//
//   node e2e/pictures.mjs [--out FOLDER] [--readme] [--language es]... [--theme dark]... [--width 1024]... [--screen today]...
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPage, root } from './program.mjs';
import { startWithBackup, startWithFile, startWithMailbox } from './screen-programs.mjs';
import {
  backupScreens,
  callScreens,
  firstScreens,
  openSample,
  screens,
  settled,
  show,
  skipQuestions,
  takenInScreens,
  watchedScreens,
} from './screens.mjs';

const every = {
  ...{ ...firstScreens, offers: { at: () => '#/' } },
  ...{ ...screens, ...callScreens, ...takenInScreens, ...backupScreens, ...watchedScreens },
};
const several = (all) => ({ type: 'string', multiple: true, default: all });
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'out/pictures') },
    readme: { type: 'boolean', default: false },
    language: several(['en', 'es', 'ca']),
    theme: several(['light', 'dark']),
    width: several(['1280', '1024']),
    screen: several(Object.keys(every)),
  },
});
const tags = { en: 'en-GB', es: 'es-ES', ca: 'ca-ES' };
const heights = { 1280: 860, 1024: 768 };
const looks = values.theme.flatMap((theme) => values.width.map((width) => ({ theme, width })));
const problems = [];
let taken = 0;

const open = (program, language, { theme, width }) =>
  openPage(program, {
    locale: tags[language],
    timezoneId: 'Europe/Madrid', // where the sample takes place
    viewport: { width: Number(width), height: heights[width] ?? 860 },
    colorScheme: theme,
  });

async function take(page, file) {
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  taken += 1;
}

/** Takes those of some screens that are wanted, in one look. */
async function takeScreens(program, language, look, some, place) {
  const wanted = Object.entries(some).filter(([name]) => values.screen.includes(name));
  if (wanted.length === 0) return;
  const { page, close } = await open(program, language, look);
  for (const [name, screen] of wanted) {
    try {
      await show(page, program.address, place, screen);
      await take(page, join(values.out, language, `${name}-${look.width}-${look.theme}.png`));
    } catch (error) {
      problems.push(`${language} ${name} ${look.width} ${look.theme}: ${error.message.split('\n')[0]}`);
    }
    if (screen.size) await page.setViewportSize({ width: Number(look.width), height: heights[look.width] ?? 860 });
  }
  await page.evaluate(async () => {
    const { Calls } = window.go.app;
    for (const { id } of await Calls.List()) await Calls.Discard(id);
  });
  await close();
}

/** The sample in a language, and every picture of it; then the sample is removed. */
async function takeSample(program, language) {
  const { page, close } = await open(program, language, { theme: 'light', width: '1280' });
  await settled(page);
  const place = await openSample(page);
  for (const look of looks) {
    await takeScreens(program, language, look, { ...screens, ...callScreens }, place);
    await takeScreens(program, language, look, takenInScreens, place);
  }
  await page.evaluate(() => window.go.app.Sample.Remove());
  await close();
  console.log(`${language}: ${taken} pictures so far`);
}

async function inEach(program, some, place) {
  for (const language of values.language)
    for (const look of looks) await takeScreens(program, language, look, some, place);
}

async function takeAll(program) {
  await inEach(program, firstScreens);
  const { page, close } = await open(program, 'en', { theme: 'light', width: '1280' });
  await skipQuestions(page);
  await close();
  await inEach(program, { offers: every.offers });
  for (const language of values.language) await takeSample(program, language);
}

async function takeReadme(program) {
  const { page } = await openPage(program, {
    locale: tags.en,
    deviceScaleFactor: 1.5,
    viewport: { width: 1280, height: 1000 },
  });
  await skipQuestions(page);
  await openSample(page);
  await settled(page);
  await take(page, join(root, 'docs/pictures/window.png'));
}

const program = await startWithFile();
try {
  await (values.readme ? takeReadme : takeAll)(program);
} finally {
  await program.close();
}
for (const [some, start] of [
  [backupScreens, startWithBackup],
  [watchedScreens, startWithMailbox],
]) {
  if (values.readme || !Object.keys(some).some((name) => values.screen.includes(name))) continue;
  const other = await start();
  try {
    await inEach(other, some, other.place);
  } finally {
    await other.close();
  }
}
console.log(`${taken} pictures`);
if (problems.length > 0) {
  console.error(`${problems.length} were not taken:\n${problems.join('\n')}`);
  process.exitCode = 1;
}
