// What a test does to the page of a real window, where the inspector is all it has.
import { eventually } from './program.mjs';

/** Clicks what the selector and the name's beginning fit. */
export const press = (page, selector, name) =>
  eventually(`${selector} “${name}”`, () =>
    page.evaluate(`(() => {
      const named = (element) => (element.getAttribute('aria-label') ?? element.textContent).trim().startsWith(${JSON.stringify(name)});
      const found = [...document.querySelectorAll(${JSON.stringify(selector)})].find(named);
      found?.click();
      return !!found;
    })()`),
  );

/** Writes into the field whose label begins so. */
export const type = (page, label, text) =>
  eventually(`the field “${label}”`, () =>
    page.evaluate(`(() => {
      const labelled = [...document.querySelectorAll('label')].find((one) => one.textContent.trim().startsWith(${JSON.stringify(label)}));
      const field = labelled && (labelled.control ?? labelled.querySelector('input, textarea'));
      if (!field) return false;
      field.focus();
      field.value = ${JSON.stringify(text)};
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return true;
    })()`),
  );

/** Presses a key where the focus is. */
export const key = (page, name) =>
  page.evaluate(`(document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key: ${JSON.stringify(name)}, bubbles: true, cancelable: true }))`);

/** Goes out of the field that has the focus. */
export const leaveField = (page) => page.evaluate('document.activeElement?.blur()');

export const shows = (page, text) =>
  eventually(`“${text}”`, () => page.evaluate(`document.body.innerText.includes(${JSON.stringify(text)})`));

export const there = (page, selector) =>
  eventually(selector, () => page.evaluate(`!!document.querySelector(${JSON.stringify(selector)})`));

export const go = (page, hash) => page.evaluate(`location.hash = ${JSON.stringify(hash)}`);

/** What a bound method answers. */
export const call = async (page, method, ...values) =>
  JSON.parse(await page.evaluate(`window.go.app.${method}(...${JSON.stringify(values)}).then(JSON.stringify)`));
