// Every screen, for those who look at all of them: how to get there from the sample case's address, what to do there, and
// how far down to look; "below" is more of a screen that stands here already. A new screen is a line. Nothing here goes by
// words, so that it works in every language.
import { saveAnew, saveBroken } from './saved-emails.mjs';

const press = (keys) => (page) => page.keyboard.press(keys);
export const click =
  (...selectors) =>
  async (page) => {
    for (const selector of selectors) await page.locator(selector).first().click();
  };

async function find(page) {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('galer');
  await page.locator('dialog [role=option] mark, dialog [role=option] b').first().waitFor();
}

async function beginCall(page) {
  await page.locator('[role=timer]').waitFor();
  await page.evaluate(() => document.activeElement?.blur());
}

const inCall = (key) => async (page) => {
  await beginCall(page);
  await page.keyboard.press(key);
};

const contactMenu = '[data-kind=contact] [aria-haspopup=menu]';
const caseMenu = 'header.top [aria-haspopup=menu]';
const personMenu = '#case-people .table [aria-haspopup=menu]';
/** Opens the menu of the first contact. Its row is there once the timeline is near the window. */
async function openMenu(page) {
  await page.locator('[data-row]').first().scrollIntoViewIfNeeded();
  await click(contactMenu)(page);
}

/** Opens the first email on one of its parts; on its text where it has not that one. */
const openMessage = (part) => async (page) => {
  await page.locator('[data-kind=message] article button').first().click();
  await page.locator('#message-origin-tab').waitFor();
  const tab = page.locator(`#message-${part}-tab`);
  if (await tab.count()) await tab.click();
  await settled(page);
};

/** The dossier for a reader, on one of its parts, once its pages are drawn. */
const dossier = (edition, part) => async (page) => {
  await click('header.top > .actions button')(page);
  if (edition) await page.locator(`#dossier-edition input[value=${edition}]`).check();
  await page.locator('.preview[aria-busy=false] [data-drawn]').first().waitFor();
  if (part) await page.locator(`#dossier-${part}-tab`).click();
};

/** Back to what is looked for, where the screen still shows what was found before. */
async function askAgain(page) {
  await page.locator('#find-form, #found-title').first().waitFor();
  const again = page.locator('section[aria-labelledby=found-title] > header button');
  if (await again.count()) await again.click();
  await page.locator('.ways').waitFor();
}

/** Looks for emails in what was saved of two conversations. */
async function findSaved(page) {
  await askAgain(page);
  await page.locator('.ways button:nth-of-type(3)').click();
  await page.locator('#find-form .option input').first().check();
  await page.locator('#find-form [type=submit]').click();
  await page.locator('li .subject').nth(1).waitFor();
  await settled(page);
}

async function lookAtSaved(page) {
  await findSaved(page);
  await page.locator('li button.said').first().click();
  await page.locator('li li button').first().click();
  await page.locator('li .body').first().waitFor();
  await settled(page);
}

/** Takes in what was saved anew: the newest email of the case, and one that came damaged. */
async function takeIn(page) {
  saveAnew();
  await findSaved(page);
  await page.locator('.bar button').click();
  await page.locator('.empty h2').waitFor();
}

/** The same beside an archive that broke. */
async function takeInBesideBroken(page) {
  const mend = saveBroken();
  await takeIn(page);
  mend();
}

const chooseInMenu = (icon) => async (page) => {
  await openMenu(page);
  await click(item(icon))(page);
};

const item = (icon) => `[role=menu]:popover-open [role=menuitem]:has(.lucide-${icon})`;

/** Types an address where a mailbox is connected. */
const connectAs = (address) => async (page) => {
  await click('button:has(.lucide-mail-plus)')(page);
  await page.locator('#mailbox-address').fill(address);
  await page.locator(`[data-domain="${address.split('@')[1]}"]`).waitFor();
};

/** Those of the first start, before its questions are answered or passed over. */
export const firstScreens = {
  first: {},
  'first-where': { act: click('.questions [type=submit]') },
  'first-who': { act: click('.questions [type=submit]', '.questions [type=submit]') },
};

/** Those on the sample dispute. */
export const screens = {
  today: { at: () => '#/' },
  cases: { at: () => '#/cases' },
  'new-case': { at: () => '#/new' },
  case: { at: (place) => place },
  timeline: { at: (place) => place, scroll: 640, below: true },
  message: { at: (place) => place, act: openMessage('text') },
  'message-original': { at: (place) => place, act: openMessage('original') },
  'message-links': { at: (place) => place, act: openMessage('links') },
  'message-route': { at: (place) => place, act: openMessage('route') },
  'message-origin': { at: (place) => place, act: openMessage('origin') },
  'entry-menu': { at: (place) => place, act: openMenu },
  correct: { at: (place) => place, act: chooseInMenu('pencil') },
  history: { at: (place) => place, act: chooseInMenu('rotate-ccw-clock') },
  erase: { at: (place) => place, act: chooseInMenu('eraser') },
  export: { at: (place) => place, act: dossier() },
  'export-text': { at: (place) => place, act: dossier('', 'text') },
  'export-press': { at: (place) => place, act: dossier('press') },
  'export-hidden': { at: (place) => place, act: dossier('press', 'press') },
  'case-menu': { at: (place) => place, act: click(caseMenu) },
  'close-case': { at: (place) => place, act: click(caseMenu, item('folder-check')) },
  'export-regulator': { at: (place) => place, act: dossier('regulator') },
  'export-filing': { at: (place) => place, act: dossier('regulator', 'filing') },
  'export-options': {
    at: (place) => place,
    act: async (page) => {
      await dossier()(page);
      await click('.options summary')(page);
    },
    scroll: 300,
  },
  sign: {
    at: (place) => place,
    act: async (page) => {
      await dossier()(page);
      await click('.files button')(page);
    },
  },
  'export-made': { at: (place) => place, act: dossier(), scroll: 5000 },
  check: { at: () => '#/check' },
  promises: { at: (place) => `${place}/promises`, scroll: 560 },
  'promises-end': { at: (place) => `${place}/promises`, scroll: 5000, below: true },
  promise: { at: (place) => `${place}/promises`, act: click('#case-promises button') },
  settle: { at: (place) => `${place}/promises`, act: click('#case-promises li button') },
  people: { at: (place) => `${place}/people`, scroll: 560 },
  'people-end': { at: (place) => `${place}/people`, scroll: 1300, below: true },
  'people-join': {
    at: (place) => `${place}/people`,
    act: click(personMenu, item('merge'), 'dialog li button'),
  },
  'correct-person': { at: (place) => `${place}/people`, act: click(personMenu, item('pencil')) },
  'correct-company': {
    at: (place) => `${place}/people`,
    act: click('#case-people [aria-haspopup=menu]', item('pencil')),
  },
  everybody: { at: () => '#/people' },
  runaround: { at: (place) => `${place}/runaround`, scroll: 560 },
  'runaround-table': { at: (place) => `${place}/runaround`, scroll: 1450 },
  contradictions: { at: (place) => `${place}/runaround`, scroll: 9000 },
  'pin-contradiction': { at: (place) => `${place}/runaround`, act: click('.contradictions header > button') },
  figures: { at: (place) => `${place}/figures`, scroll: 560 },
  'figures-end': { at: (place) => `${place}/figures`, scroll: 5000, below: true },
  evidence: { at: (place) => `${place}/evidence`, scroll: 560 },
  'evidence-add': { at: (place) => `${place}/evidence`, act: click('[role=tabpanel] .head button') },
  'evidence-look': { at: (place) => `${place}/evidence`, act: click('li.row:has(img) button.look') },
  mail: { at: (place) => `${place}/mail` },
  'mail-what': { at: (place) => `${place}/mail`, act: click('.ways button:nth-of-type(2)') },
  'mail-found': { at: (place) => `${place}/mail`, act: findSaved },
  'mail-look': { at: (place) => `${place}/mail`, act: lookAtSaved },
  'mail-refused': {
    at: (place) => `${place}/mail`,
    act: async (page) => {
      await askAgain(page);
      await click('.ways button:nth-of-type(2)', '#find-form [type=submit]')(page);
    },
  },
  contact: { at: (place) => `${place}/contact` },
  'contact-middle': { at: (place) => `${place}/contact`, scroll: 900, below: true },
  'contact-end': { at: (place) => `${place}/contact`, scroll: 5000, below: true },
  'contact-refused': { at: (place) => `${place}/contact`, act: press('Control+Enter') },
  palette: { at: (place) => place, act: press('Control+k') },
  'palette-found': { at: (place) => place, act: find },
  many: { at: () => '#/many' },
  menu: { at: () => '#/', act: click('nav [aria-haspopup=menu]') },
  keyboard: { at: () => '#/', act: press('?') },
  backup: { at: () => '#/backup' },
  settings: { at: () => '#/settings' },
  'settings-end': { at: () => '#/settings', scroll: 5000, below: true },
  mailbox: { at: () => '#/settings', act: connectAs('elena@gmail.com') },
  'mailbox-files': { at: () => '#/settings', act: connectAs('elena@hotmail.com') },
  'mailbox-unknown': { at: () => '#/settings', act: connectAs('elena@taller.example') },
};

/** Those with an email that was taken in just now, and that has all there can be on one. What came goes back at their end. */
export const takenInScreens = {
  'mail-done': { at: (place) => `${place}/mail`, act: takeIn },
  'mail-failed': { at: (place) => `${place}/mail`, act: takeInBesideBroken },
  rich: { at: (place) => place, act: openMessage('text') },
  'rich-original': { at: (place) => place, act: openMessage('original') },
  'rich-links': { at: (place) => place, act: openMessage('links') },
  'rich-route': { at: (place) => place, act: openMessage('route') },
  'rich-header': {
    at: (place) => place,
    act: async (page) => {
      await openMessage('route')(page);
      await click('[role=tabpanel] summary')(page);
    },
    scroll: 5000,
  },
};

/** Those of a case that is watched, with a mailbox. */
export const watchedScreens = {
  'mail-mailbox': { at: (place) => `${place}/mail` },
  'mail-searched': {
    at: (place) => `${place}/mail`,
    act: async (page) => {
      await click('#find-form [type=submit]')(page);
      await page.locator('li .subject').first().waitFor();
    },
    scroll: 5000,
  },
  'today-offer': { at: () => '#/' },
  'mailbox-settings': {
    at: () => '#/settings',
    act: (page) => page.locator('button:has(.lucide-mail-plus)').scrollIntoViewIfNeeded(),
  },
};

/** Those of a live call. They begin one, which every other screen would tell of: they come last. */
export const callScreens = {
  call: { at: () => '#/call', act: beginCall },
  'call-promise': { at: () => '#/call', act: inCall('p') },
  'call-ask': { at: () => '#/call', act: inCall('a') },
  'call-failures': { at: () => '#/call', act: inCall('f') },
  'call-small': { at: () => '#/call', act: inCall('w'), size: { width: 430, height: 560 } },
  'call-review': { at: () => '#/call', act: inCall('e') },
};

/** Those of a library of one's own with a backup: the sample has none. */
export const backupScreens = {
  'backup-made': { at: () => '#/backup' },
  restore: {
    at: () => '#/backup',
    scroll: 5000,
    act: async (page) => {
      await click('main section:last-of-type .actions button')(page);
      await page.locator('main section:last-of-type table').waitFor();
    },
  },
};

/** Opens the sample dispute from the first start, and gives the address of its case. */
export async function openSample(page) {
  await page.locator('.offer.sample').click();
  await page.locator('[data-kind=contact]').first().waitFor({ timeout: 120_000 });
  return new URL(page.url()).hash;
}

/** Passes over the questions of the first start. */
export async function skipQuestions(page) {
  await page.locator('.questions button').last().click();
  await page.locator('.offer.sample').waitFor();
}

/** Until everything on it has come and stands still. */
export async function settled(page) {
  await page.waitForFunction(() => {
    const inView = (image) => image.checkVisibility() && image.getBoundingClientRect().top < innerHeight;
    return (
      document.querySelector('main h1, main .questions, main [role=timer]') &&
      !document.querySelector('.loading') &&
      [...document.images].every((image) => image.complete || !inView(image))
    );
  });
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

/**
 * Shows a screen, as somebody sees it who comes there: nothing is open that was opened before. textScale is how large
 * text is, as it is set in Settings.
 */
export async function show(page, address, place, { at, act, scroll, size, textScale }) {
  if (at) {
    await page.keyboard.press('Escape'); // an open menu goes by this alone
    await page.evaluate(() => {
      for (const open of document.querySelectorAll('dialog[open]')) open.dispatchEvent(new Event('cancel'));
      for (const open of document.querySelectorAll(':popover-open')) open.hidePopover();
      location.hash = '#/cases';
    });
    await page.waitForFunction(() => !document.querySelector('dialog[open]'));
    await page.evaluate((hash) => (location.hash = hash), at(place));
  } else {
    await page.reload();
  }
  await settled(page);
  if (textScale) {
    await page.evaluate((scale) => document.documentElement.style.setProperty('--text-scale', scale), textScale);
    await settled(page);
  }
  await act?.(page);
  if (size) await page.setViewportSize(size);
  if (scroll) await page.evaluate((y) => document.querySelector('main').scrollTo(0, y), scroll);
  await settled(page);
}
