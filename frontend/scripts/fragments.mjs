// Writes the fragments of compiled components short, and has the nodes that a component works with handed to it together
// with the fragment: a plugin of Vite's build. Svelte's compiler writes brackets and quotes around each element, the class
// of the component's styles at each, and a statement for the way to each node: an eighth of the script. How a fragment is
// written is told by src/lib/fragments.ts, which reads it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vite';
import { edited, visit } from './edits.mjs';
import { scopeOf } from './scopes.mjs';

const reader = join(dirname(fileURLToPath(import.meta.url)), '../src/lib/fragments.ts');
/** Svelte's flag of a fragment that is not a single element. */
const several = 1;

/** The component with its fragments short; scope is the class of its styles. What can't be written short stays. */
export function withShortFragments(component, scope) {
  const tree = parseAst(component);
  const fragments = fragmentsOf(tree);
  visit(tree, (node) => {
    if (node.type === 'Identifier') fragments.get(node.name)?.mentions.push(node);
    if (Array.isArray(node.body)) noteUses(node.body, fragments);
  });
  const edits = [...fragments.values()].flatMap((fragment) => shortened(fragment, scope));
  if (edits.length === 0) return component;
  return `import { fragment as $fragment } from ${JSON.stringify(reader)};\n${edited(component, edits)}`;
}

/** The fragments that a component declares, by name: what makes it, its nodes, and the uses that are yet to be noted. */
function fragmentsOf(tree) {
  const declared = tree.body
    .filter(({ type }) => type === 'VariableDeclaration')
    .flatMap(({ declarations }) => declarations);
  const made = declared.filter(({ init }) => called(init) === 'from_tree');
  return new Map(
    made.map(({ id, init: call }) => {
      const [structure, flags] = call.arguments;
      return [id.name, { call, flags: flags?.value ?? 0, nodes: nodesOf(structure.elements), uses: [], mentions: [] }];
    }),
  );
}

/** The name of the function of Svelte that an expression calls. */
function called(expression) {
  const callee = expression?.type === 'CallExpression' ? expression.callee : undefined;
  return callee?.object?.name === '$' ? callee.property.name : undefined;
}

function nodesOf(elements) {
  const siblings = elements.map((element) => {
    if (element?.type !== 'ArrayExpression') return { text: element?.value, children: [] };
    const [name, attributes, ...children] = element.elements;
    const values = (attributes?.properties ?? []).map(({ key, value }) => [key.name ?? key.value, value.value]);
    return { name: name.value, attributes: values, children: nodesOf(children) };
  });
  siblings.forEach((node, index) => Object.assign(node, { siblings, index }));
  return siblings;
}

/** Notes where statements make a fragment, and which of its nodes those behind go to, and need. */
function noteUses(statements, fragments) {
  const known = new Map();
  const uses = [];
  const steps = [];
  for (const statement of statements) {
    const [{ id, init } = {}, ...others] = statement.declarations ?? [];
    if (!init || others.length > 0) continue;
    const fragment = init.arguments?.length === 0 && fragments.get(init.callee.name);
    if (fragment) {
      const use = { statement, name: id.name, call: init.callee.name, steps: [], handed: new Map() };
      fragment.uses.push(use);
      uses.push(use);
      known.set(id.name, { use, node: fragment.flags & several ? { children: fragment.nodes } : fragment.nodes[0] });
      continue;
    }
    const { use, node } = reached(init, known) ?? {};
    if (!node || [...known.values()].some((other) => other.node === node)) continue;
    known.set(id.name, { use, node });
    use.steps.push(statement);
    steps.push(statement);
  }
  if (uses.length === 0) return;
  const needed = namesIn(statements.filter((statement) => !steps.includes(statement)));
  for (const [name, { use, node }] of known) if (name !== use.name && needed.has(name)) use.handed.set(node, name);
}

function namesIn(statements) {
  const names = new Set();
  visit(statements, (node) => node.type === 'Identifier' && names.add(node.name));
  return names;
}

/** The node that an expression goes to from a known one, as Svelte would go; undefined of any other expression. */
function reached(expression, known) {
  if (expression.type === 'Identifier') return known.get(expression.name);
  const step = called(expression);
  const from = step && expression.arguments[0] && reached(expression.arguments[0], known);
  if (!from) return undefined;
  const { use, node } = from;
  const [first, second] = node.children;
  if (step === 'child' || step === 'only_child') return { use, node: first };
  // Svelte passes over an empty place at the start.
  if (step === 'first_child') return { use, node: first && !first.name && first.text === undefined ? second : first };
  if (step === 'sibling') return { use, node: node.siblings?.[node.index + (expression.arguments[1]?.value ?? 1)] };
}

/** The edits that make a fragment short: none where it can't be written short, or is used in a way that isn't known. */
function shortened({ call, flags, nodes, uses, mentions }, scope) {
  const handed = new Set(uses.flatMap((use) => [...use.handed.keys()]));
  const { text, order, scoped } = written(nodes, handed, scope);
  const others = flags & ~several;
  const known = mentions.length === uses.length + 1 && flags - others === (nodes.length > 1 ? several : 0);
  if (text === undefined || !known) return [];
  const values = [text, scoped ? scope : '', others].map((value) => JSON.stringify(value));
  const needed = others ? 3 : scoped ? 2 : 1;
  return [
    { start: call.start, end: call.end, code: `$fragment(${values.slice(0, needed)})` },
    ...uses.flatMap((use) => handedOver(use, order)),
  ];
}

/** The edits that let a use take the nodes with the fragment. */
function handedOver({ statement, name, call, steps, handed }, order) {
  const names = order.map((node) => handed.get(node) ?? '');
  const { start, end } = statement;
  return [
    { start, end, code: `var [${[name, ...names]}] = ${call}();` },
    ...steps.map(({ start, end }) => ({ start, end, code: '' })),
  ];
}

/** Nodes written short, those with a star in order, and whether elements have the scope; no text where that can't be. */
function written(nodes, handed, scope) {
  const order = [];
  let scoped = false;
  let possible = true;

  function list(siblings) {
    let text = '';
    for (let index = 0; index < siblings.length; index++) {
      if (index > 0) {
        const [space, next] = [siblings[index], siblings[index + 1]];
        const between = space.text === ' ' && !handed.has(space) && next;
        text += between ? ';' : ',';
        if (between) index++;
      }
      text += one(siblings[index]);
    }
    return text;
  }

  function one(node) {
    const star = handed.has(node) ? '*' : '';
    if (star) order.push(node);
    if (node.name) return star + element(node);
    if (node.text === undefined) return star;
    if (node.text === ' ') return `${star}_`;
    possible &&= !/[(),;*]/.test(node.text);
    return `${star}'${node.text}`;
  }

  function element({ name, attributes, children }) {
    const { class: all = '', ...others } = Object.fromEntries(attributes);
    const classes = all.split(' ').filter((one) => one !== '' && one !== scope);
    scoped ||= all.split(' ').includes(scope);
    const words = Object.entries(others).map(([key, value]) => (value === '' ? key : `${key}=${value}`));
    possible &&= ![name, ...classes, ...words].some((word) => /[(),;*~]/.test(word)) && !name.startsWith('/');
    const text = [[name, ...classes].join('.'), ...words.map((word) => word.replaceAll(' ', '~'))].join(' ');
    return children.length > 0 ? `${text}(${list(children)})` : text;
  }

  const text = list(nodes);
  return { text: possible ? text : undefined, order, scoped };
}

export function fragments() {
  return {
    name: 'fragments',
    apply: 'build',
    enforce: 'post',
    transform(source, id) {
      if (id.endsWith('.svelte')) return { code: withShortFragments(source, scopeOf(id)), map: null };
    },
  };
}
