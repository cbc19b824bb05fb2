/**
 * What a component puts into the page, written short: a built page has its fragments like this in place of Svelte's own
 * (scripts/fragments.mjs). `div.row role=group(*p(*_);*)` is a div of class row with a paragraph that holds a text, a space, and
 * a place for something else; those with a star are handed to the component.
 *
 * A node is an element, `_` for the text that is a space, `'` and a text, or nothing for a place. An element is its name with
 * its classes, its attributes behind spaces, with `~` for each space within, and its children in parentheses. Nodes are
 * separated by a comma, or by a semicolon where a space is between them.
 */
// eslint-disable-next-line svelte/no-svelte-internal -- this is called where the compiler calls it
import { from_tree, type Structure } from 'svelte/internal/client';

/** From one node to the next that is handed over; hand is the handing over. */
type Step = 'firstChild' | 'nextSibling' | 'parentNode' | 'hand';

/**
 * What makes a fragment: the fragment, or its element where it is a single one, and then the nodes with a star in the order in
 * which they are written. The flags are Svelte's; the scope is the class that all its elements have.
 */
export function fragment(written: string, scope?: string, flags = 0): () => Node[] {
  let make: (() => Node) | undefined;
  let steps: Step[];
  return () => {
    if (!make) {
      const read = readFragment(written, scope);
      const several = read.structure.length > 1;
      make = from_tree(read.structure, flags + (several ? 1 : 0));
      steps = several ? ['firstChild', ...read.steps] : read.steps;
    }
    let node = make();
    const handed = [node];
    for (const step of steps) {
      if (step === 'hand') handed.push(node);
      else node = node[step] as Node;
    }
    return handed;
  };
}

export function readFragment(written: string, scope?: string): { structure: Structure; steps: Step[] } {
  const word = /[^(),;*]*/y;
  const steps: Step[] = [];
  let at = 0;

  function element(text: string): Structure[number] {
    const [named = '', ...attributes] = text.split(' ');
    const [name = '', ...classes] = named.split('.');
    if (scope) classes.push(scope);
    const values = attributes.map((attribute) => attribute.replaceAll('~', ' ').split(/=(.*)/, 2));
    const all = Object.fromEntries(values.map(([key, value = '']) => [key, value]));
    if (classes.length > 0) all['class'] = classes.join(' ');
    if (written[at] !== '(') return [name, all];
    at++;
    const before = steps.push('firstChild') - 1;
    const children = nodes();
    at++;
    if (steps.slice(before).includes('hand')) steps.push('parentNode');
    else steps.length = before;
    return [name, all, ...children];
  }

  function nodes(): Structure {
    const found: Structure = [];
    for (;;) {
      if (written[at] === '*') {
        steps.push('hand');
        at++;
      }
      word.lastIndex = at;
      const [text = ''] = word.exec(written) ?? [];
      at += text.length;
      if (text === '') found.push(undefined);
      else if (text === '_') found.push(' ');
      else if (text.startsWith("'")) found.push(text.slice(1));
      else found.push(element(text));
      const between = written[at];
      if (between !== ',' && between !== ';') return found;
      at++;
      steps.push('nextSibling');
      if (between === ';') {
        found.push(' ');
        steps.push('nextSibling');
      }
    }
  }

  return { structure: nodes(), steps };
}
