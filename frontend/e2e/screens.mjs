// Every screen that pictures are taken of. A new screen is a line: how to get there from the sample case's address, what
// to do there, and how far down to look.

const press = (keys) => (page) => page.keyboard.press(keys);
const click = (selector) => (page) => page.locator(selector).first().click();

async function find(page) {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('galer');
  await page.waitForTimeout(400);
}

export const screens = {
  today: { at: () => '#/' },
  cases: { at: () => '#/cases' },
  'new-case': { at: () => '#/new' },
  case: { at: (place) => place },
  timeline: { at: (place) => place, scroll: 640 },
  message: { at: (place) => place, act: click('[data-kind=message] button') },
  export: { at: (place) => place, act: click('header.top button') },
  promises: { at: (place) => `${place}/promises`, scroll: 560 },
  settle: { at: (place) => `${place}/promises`, act: click('#case-promises li button') },
  people: { at: (place) => `${place}/people`, scroll: 560 },
  figures: { at: (place) => `${place}/figures`, scroll: 560 },
  evidence: { at: (place) => `${place}/evidence`, scroll: 560 },
  contact: { at: (place) => `${place}/contact` },
  'contact-middle': { at: (place) => `${place}/contact`, scroll: 900 },
  'contact-end': { at: (place) => `${place}/contact`, scroll: 5000 },
  'contact-refused': { at: (place) => `${place}/contact`, act: press('Control+Enter') },
  palette: { at: (place) => place, act: press('Control+k') },
  'palette-found': { at: (place) => place, act: find },
  many: { at: () => '#/many' },
  menu: { at: () => '#/', act: click('nav [aria-haspopup=menu]') },
  backup: { at: () => '#/backup' },
  settings: { at: () => '#/settings' },
  call: { at: () => '#/call' }, // last: it begins a call, which every other screen would tell of
};
