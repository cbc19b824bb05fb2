import { describe, expect, it } from 'vitest';
import { importedIcons, symbol } from '../../scripts/icons.mjs';
import { numberKeys, withDirectTexts, withNumbers } from '../../scripts/catalogue.mjs';
import { withoutMemory, withoutSlots, withoutTakingOver } from '../../scripts/components.mjs';
import { withShortFragments } from '../../scripts/fragments.mjs';
import { withNeighbours } from '../../scripts/neighbours.mjs';
import { withConstants } from '../../scripts/runtime.mjs';

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
    expect(withoutSlots('B(a, { children: ($$anchor, $$slotProps) => {} });')).toBe(
      'B(a, { children: ($$anchor) => {} });',
    );
  });

  it('takes nothing over from a server', () => {
    const source = '\tvar h1 = $.only_child(div, true);\n\t$.next();\n\t$.reset(div);\n\t$.append($$anchor, div);\n';
    expect(withoutTakingOver(source)).toBe('\tvar h1 = $.only_child(div);\n\n\n\t$.append($$anchor, div);\n');
  });

  it('works its values out where it shows them', () => {
    const source =
      '$.template_effect(($0, $1) => { $.set_text(a, $0); $.set_text(b, x ?? $1); }, [() => y(), () => p ? q : r]);';
    expect(withoutMemory(source)).toBe(
      '$.template_effect(() => { $.set_text(a, (y())); $.set_text(b, x ?? (p ? q : r)); });',
    );
  });

  it('remembers a value that it shows twice', () => {
    const source = '$.template_effect(($0) => { $.set_text(a, $0); $.set_text(b, $0); }, [() => y()]);';
    expect(withoutMemory(source)).toBe(source);
  });

  it('reads a text without values from the catalogue, and asks for one with values', () => {
    expect(withDirectTexts("texts.text('page.again'); texts.text('page.form.problems', { what })")).toBe(
      "texts.all['page.again']; texts.text('page.form.problems', { what })",
    );
  });

  it('asks for its words by number, but for those whose key others begin with', () => {
    const numbers = numberKeys(['page.again', 'term.contact', 'term.contact.call']);
    expect(withNumbers('texts.text(\'page.again\'); texts.count("term.contact", 2); `page.again`', numbers)).toBe(
      'texts.text(0); texts.count("term.contact", 2); `page.again`',
    );
  });
});

describe('a fragment of a built component', () => {
  const component = (structure: string, statements: string, flags = '') =>
    `var root = $.from_tree(${structure}${flags});\nfunction C($$anchor) {\n${statements}\n$.append($$anchor, f);\n}`;
  const short = (structure: string, statements: string, flags?: string) =>
    withShortFragments(component(structure, statements, flags), 'k4')
      .replace(/^import .*\n/, '')
      .replaceAll(/\n+/g, ' ');

  it('is written short, and hands over the nodes that the component works with', () => {
    const structure = "[['div', { class: 'row k4', role: 'group' }, ['p', { class: 'k4' }, ' '], ' ', ,]]";
    const steps =
      'var f = root(); var p = $.child(f); var text = $.only_child(p); var node = $.sibling(p, 2); B(node); $.set_text(text, 1);';
    expect(short(structure, steps)).toBe(
      'var root = $fragment("div.row role=group(p(*_);*)","k4"); function C($$anchor) { ' +
        'var [f,text,node] = root();    B(node); $.set_text(text, 1); $.append($$anchor, f); }',
    );
  });

  it('may be several nodes, of which Svelte passes over an empty place at the start', () => {
    const steps = 'var f = root(); var node = $.first_child(f); var p = $.sibling(node, 2); B(node, p);';
    expect(short("[, , ' ', ['p', null, 'SHA-256 ']]", steps, ', 1')).toContain(
      'var root = $fragment(",*;*p(\'SHA-256 )"); function C($$anchor) { var [f,node,p] = root();',
    );
  });

  it('may be a part of a drawing, and hand over nothing', () => {
    expect(short("[['path', { d: 'M1 12h20' }]]", 'var f = root();', ', 4')).toContain(
      'var root = $fragment("path d=M1~12h20","",4); function C($$anchor) { var [f] = root(); $.append',
    );
  });

  it('stays as it is where it can’t be written short, or is used otherwise', () => {
    for (const [structure, steps] of [
      ["[['path', { transform: 'rotate(5)' }]]", 'var f = root();'],
      ["[['p', null, 'first; second']]", 'var f = root();'],
      ["[['p']]", 'var f = root(); keep(root);'],
    ] as const) {
      expect(withShortFragments(component(structure, steps), 'k4')).toBe(component(structure, steps));
    }
  });
});

describe('what is alike in a built script', () => {
  const list = (name: string) =>
    `function ${name}(e){let t=texts();return list(e,{items:t.of(e.caseId),empty:t.none})}`;
  const chart = (name: string) => `function ${name}(e){for(const t of e.weeks)draw(t.start,t.count,{width:t.days*9})}`;

  it('stands side by side', () => {
    const ordered = withNeighbours(list('a') + chart('b') + list('c') + chart('d'));
    expect([...ordered.matchAll(/function (\w)/g)].map(([, name]) => name).join('')).toMatch(/^(ac|ca)(bd|db)$/);
  });

  it('is moved only where it means the same anywhere', () => {
    const script =
      'import{tree as t}from"./start.js";let n=1;function a(){return n}n=a()+1;' +
      'var r=t([["p",{class:"soft"}," "]],1),s=t(n);var u=t([["ul"]]);export{r,s,u};';
    expect(withNeighbours(script)).toBe(
      'import{tree as t}from"./start.js";var u=t([["ul"]]);function a(){return n}let n=1;n=a()+1;' +
        'var r=t([["p",{class:"soft"}," "]],1),s=t(n);export{r,s,u};',
    );
  });
});
