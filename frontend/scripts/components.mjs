// Makes compiled components lighter: a plugin of Vite's build that leaves out of what Svelte's compiler writes that which
// does nothing here. Nothing was drawn on a server, and no component is of Svelte 4 and asks for slots. And it lets the
// texts of a page be worked out again where one beside them has changed, in place of remembering each of them by itself.
import { parseAst } from 'vite';

/** Calls that only take over what a server has drawn: without it, each is an empty function. */
const takingOver = /^\s*\$\.(?:next|reset|remove_input_defaults|remove_textarea_child|replay_events)\([^;\n]*\);$/gm;

/** The component without taking over what a server drew. */
export function withoutTakingOver(component) {
  return component
    .replaceAll(takingOver, '')
    .replaceAll(/(\$\.(?:child|only_child|first_child)\([\w$]+), true\)/g, '$1)');
}

/** The component without the list of slots that it gives to others, and without what its snippets are told of slots. */
export function withoutSlots(component) {
  return component
    .replaceAll(/,\s*\$\$slots: \{[^{}]*\}/g, '')
    .replaceAll(/(\(\$\$anchor), \$\$slotProps(?=\) =>)/g, '$1');
}

/**
 * The component with effects on the page that work their values out themselves: what is in the page already is not written
 * again. Effects with a value that is used twice, or waited for, stay as they are.
 */
export function withoutMemory(component) {
  let lean = component;
  for (const [start, end, code] of effects(parseAst(component), component).reverse()) {
    lean = lean.slice(0, start) + code + lean.slice(end);
  }
  return lean;
}

/** Where such effects stand in the order of the source, each with what takes its place. */
function effects(tree, source) {
  const found = [];
  visit(tree, (node) => {
    if (node.type !== 'CallExpression' || node.callee.property?.name !== 'template_effect') return;
    const [effect, values, ...others] = node.arguments;
    if (values?.type !== 'ArrayExpression' || others.length > 0) return;
    const worked = values.elements.map((value) =>
      value.async || value.body.type === 'BlockStatement' ? undefined : value.body,
    );
    const uses = effect.params.map(({ name }) => named(effect.body, name));
    if (worked.includes(undefined) || uses.some((places) => places.length !== 1)) return;
    const edits = uses.map(([place], index) => ({ place, value: worked[index] }));
    found.push([node.start, node.end, `$.template_effect(() => ${replaced(source, effect.body, edits)})`]);
  });
  return found;
}

/** The source of a node with values in the place of names. */
function replaced(source, { start, end }, edits) {
  let code = '';
  let from = start;
  for (const { place, value } of edits.sort((a, b) => a.place.start - b.place.start)) {
    code += `${source.slice(from, place.start)}(${source.slice(value.start, value.end)})`;
    from = place.end;
  }
  return code + source.slice(from, end);
}

function named(tree, name) {
  const places = [];
  visit(tree, (node) => {
    if (node.type === 'Identifier' && node.name === name) places.push(node);
  });
  return places;
}

/** Calls back for a node and all below it, in the order of the source. */
function visit(node, back) {
  if (Array.isArray(node)) for (const one of node) visit(one, back);
  else if (typeof node?.type === 'string') {
    back(node);
    for (const below of Object.values(node)) if (typeof below === 'object') visit(below, back);
  }
}

export function components() {
  return {
    name: 'components',
    apply: 'build',
    enforce: 'post',
    transform(source, id) {
      if (id.endsWith('.svelte')) return { code: withoutMemory(withoutSlots(withoutTakingOver(source))), map: null };
    },
  };
}
