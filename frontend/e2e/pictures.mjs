// Takes pictures of every screen on the sample dispute: light and dark, 1280 and 1024 wide. With --readme, only the one
// that the README shows.
//
//   node e2e/pictures.mjs [--language es] [--out FOLDER] [--readme]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPage, root, startProgram } from './program.mjs';

const { values } = parseArgs({
  options: {
    language: { type: 'string', default: 'en' },
    out: { type: 'string', default: join(root, 'out/pictures') },
    readme: { type: 'boolean', default: false },
  },
});
const tags = { en: 'en-GB', es: 'es-ES', ca: 'ca-ES' };
mkdirSync(values.out, { recursive: true });

async function openSample(program) {
  const { page, close } = await openPage(program, { locale: tags[values.language] });
  await page.locator('.offer').nth(1).click();
  await page.locator('[data-kind=contact]').first().waitFor({ timeout: 60_000 });
  const address = page.url();
  await close();
  return address.slice(address.indexOf('#'));
}

/** Every screen: how to get there from the case's address, and what to do there. */
const screens = {
  today: { at: () => '#/' },
  cases: { at: () => '#/cases' },
  case: { at: (place) => place },
  timeline: { at: (place) => place, scroll: 640 },
  promises: { at: (place) => `${place}/promises`, scroll: 560 },
  evidence: { at: (place) => `${place}/evidence`, scroll: 560 },
  people: { at: (place) => `${place}/people`, scroll: 560 },
  contact: { at: (place) => `${place}/contact` },
  'contact-middle': { at: (place) => `${place}/contact`, scroll: 900 },
  'contact-end': { at: (place) => `${place}/contact`, scroll: 5000 },
  'contact-refused': { at: (place) => `${place}/contact`, act: (page) => page.keyboard.press('Control+Enter') },
  message: { at: (place) => place, act: (page) => page.locator('[data-kind=message] button').first().click() },
  settle: {
    at: (place) => `${place}/promises`,
    act: (page) => page.locator('#case-promises li button').first().click(),
  },
  export: {
    at: (place) => place,
    act: async (page) => {
      await page.locator('header.top button').first().click();
    },
  },
  palette: { at: (place) => place, act: (page) => page.keyboard.press('Control+k') },
  settings: { at: () => '#/settings' },
  'new-case': { at: () => '#/new' },
};

async function takeAll(program, place, width, colorScheme) {
  const options = {
    locale: tags[values.language],
    viewport: { width, height: width === 1280 ? 860 : 768 },
    colorScheme,
  };
  const { page, close } = await openPage(program, options);
  for (const [name, screen] of Object.entries(screens)) {
    await page.goto(`${program.address}${screen.at(place)}`);
    await page.locator('main h1, main .first').first().waitFor();
    await page.waitForTimeout(250);
    await screen.act?.(page);
    if (screen.scroll) await page.evaluate((y) => document.querySelector('main').scrollTo(0, y), screen.scroll);
    await page.waitForTimeout(350);
    await page.screenshot({ path: join(values.out, `${name}-${width}-${colorScheme}.png`) });
    await page.keyboard.press('Escape');
  }
  await close();
}

const program = await startProgram();
try {
  if (values.readme) {
    const place = await openSample(program);
    const { page } = await openPage(program, {
      locale: tags[values.language],
      deviceScaleFactor: 1.5,
      viewport: { width: 1280, height: 1060 },
    });
    await page.goto(`${program.address}${place}`);
    await page.locator('[data-kind=contact]').first().waitFor();
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(root, 'docs/pictures/window.png') });
  } else {
    for (const colorScheme of ['light', 'dark']) {
      const { page, close } = await openPage(program, { locale: tags[values.language], colorScheme });
      await page.locator('.offer').first().waitFor();
      await page.screenshot({ path: join(values.out, `first-1280-${colorScheme}.png`) });
      await close();
    }
    const place = await openSample(program);
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [1280, 1024]) await takeAll(program, place, width, colorScheme);
    }
  }
} finally {
  await program.close();
}
