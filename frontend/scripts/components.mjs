// Makes compiled components lighter: a plugin of Vite's build that leaves out of what Svelte's compiler writes that which
// does nothing here. Nothing was drawn on a server, and no component is of Svelte 4 and asks for slots. And it lets the
// texts of a page be worked out again where one beside them has changed, in place of remembering each of them by itself.
import { parseAst } from 'vite';
import { edited, visit } from './edits.mjs';

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
  const edits = [];
  visit(parseAst(component), (node) => {
    if (node.type !== 'CallExpression' || node.callee.property?.name !== 'template_effect') return;
    const [effect, values, ...others] = node.arguments;
    if (values?.type !== 'ArrayExpression' || others.length > 0) return;
    const worked = values.elements.map((value) =>
      value.async || value.body.type === 'BlockStatement' ? undefined : value.body,
    );
    const uses = effect.params.map(({ name }) => named(effect.body, name));
    if (worked.includes(undefined) || uses.some((places) => places.length !== 1)) return;
    edits.push(
      { start: node.start, end: effect.body.start, code: '$.template_effect(() => ' },
      ...uses.map(([{ start, end }], index) => {
        const value = component.slice(worked[index].start, worked[index].end);
        return { start, end, code: `(${value})` };
      }),
      { start: effect.body.end, end: node.end, code: ')' },
    );
  });
  return edited(component, edits);
}

function named(tree, name) {
  const places = [];
  visit(tree, (node) => {
    if (node.type === 'Identifier' && node.name === name) places.push(node);
  });
  return places;
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
