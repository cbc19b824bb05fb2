import { describe, expect, it } from 'vitest';
import { importedIcons, symbol } from '../../scripts/icons.mjs';
import { numberKeys, withNumbers } from '../../scripts/catalogue.mjs';
import { withConstants, withoutSlots } from '../../scripts/runtime.mjs';

describe('the icons of the page', () => {
  it('are each drawn once, under the name that pictures refer to', () => {
    const drawn = importedIcons().map(symbol);
    const names = drawn.map((shape) => /^<symbol id="icon-([\w-]+)" viewBox="0 0 24 24"><\w/.exec(shape)?.[1]);
    expect(names).toEqual(importedIcons());
    expect(new Set(names).size).toBe(names.length);
  });

  it('are in the page under the name that Lucide gives them, also where it is imported by another', () => {
    expect(importedIcons()).toContain('flag');
    expect(symbol('plus')).toBe(
      '<symbol id="icon-plus" viewBox="0 0 24 24"><path d="M5 12h14" /><path d="M12 5v14" /></symbol>',
    );
  });
});

describe('what never changes in Svelte’s runtime', () => {
  it('becomes a constant that nothing writes to', () => {
    const source = 'export let hydrating = false;\n\nexport function set_hydrating(value) {\n\thydrating = value;\n}\n';
    expect(withConstants(source, ['hydrating'])).toBe(
      'export const hydrating = false;\n\nexport function set_hydrating(value) {\n\n}\n',
    );
  });

  it('stops the build where Svelte names it otherwise', () => {
    expect(() => withConstants('export let drawn = false;', ['hydrating'])).toThrow('hydrating');
  });
});

describe('a built component', () => {
  it('says nothing of slots', () => {
    expect(withoutSlots('B(a, { size: 1, children: f, $$slots: { default: true } });')).toBe(
      'B(a, { size: 1, children: f });',
    );
  });

  it('asks for its words by number, but for those whose key others begin with', () => {
    const numbers = numberKeys(['page.again', 'term.contact', 'term.contact.call']);
    expect(withNumbers('texts.text(\'page.again\'); texts.count("term.contact", 2); `page.again`', numbers)).toBe(
      'texts.text(0); texts.count("term.contact", 2); `page.again`',
    );
  });
});
