// Puts what is alike in a script side by side. Compression finds what was written before within 32 kB and not beyond, and
// the script is ten times as long: a form's function is lighter beside another form's than behind a chart's. Only what may
// stand anywhere is moved: declarations of functions, which hold before the first line runs, and what an imported function
// makes of literals alone.
import { gzipSync } from 'node:zlib';
import { parseAst } from 'vite';

/**
 * How the likeness of texts is seen. Which of these comes out lightest changes with the script, so each is tried. In
 * characters: how far back to look, which is about as far as deflate does (RFC 1951, section 2), how long the pieces are that
 * two texts share, and what is added to the length of each, lest those of a line or two, all of it common, go first.
 */
const ways = [
  { reach: 36_000, piece: 10, added: 60 },
  { reach: 32_000, piece: 10, added: 120 },
  { reach: 36_000, piece: 9, added: 90 },
];

/** The script with its movable statements in another order, the lightest that was found, and the same for the same script. */
export function withNeighbours(script) {
  const statements = statementsOf(script);
  return best(
    ways.map((way) => inOrder(statements, way)),
    (ordered) => 1 / gzipSync(ordered).length,
  );
}

function inOrder({ imports, fragments, functions, others }, way) {
  const made = fragments.length > 0 ? [`var ${sideBySide(fragments, way).join()};`] : [];
  return [...imports, ...made, ...sideBySide(functions, way), ...others].join('');
}

function statementsOf(script) {
  const found = { imports: [], fragments: [], functions: [], others: [] };
  const imported = new Set();
  const text = ({ start, end }) => script.slice(start, end);
  for (const node of parseAst(script).body) {
    if (node.type === 'ImportDeclaration') {
      for (const { local } of node.specifiers) imported.add(local.name);
      found.imports.push(ended(text(node)));
    } else if (node.type === 'FunctionDeclaration') found.functions.push(text(node));
    else if (node.type === 'VariableDeclaration' && node.declarations.every(({ init }) => isMade(init, imported))) {
      found.fragments.push(...node.declarations.map(text));
    } else found.others.push(ended(text(node)));
  }
  return found;
}

function ended(statement) {
  return statement.endsWith(';') ? statement : `${statement};`;
}

/** Whether a value is what an imported function makes of literals alone: it is the same wherever it is made. */
function isMade(init, imported) {
  return init?.type === 'CallExpression' && imported.has(init.callee.name) && init.arguments.every(isLiteral);
}

function isLiteral(node) {
  if (node === null || node.type === 'Literal') return true; // null: left out of an array
  if (node.type === 'ArrayExpression') return node.elements.every(isLiteral);
  if (node.type === 'ObjectExpression') return node.properties.every(({ value }) => value && isLiteral(value));
  return false;
}

/** The longest first, and behind it always that of which most was written within reach. */
function sideBySide(texts, { reach, piece, added }) {
  const numbers = new Map();
  const left = new Set(texts.map((text) => ({ text, pieces: piecesOf(text, piece, numbers) })));
  const seen = new Uint32Array(numbers.size);
  const within = [];
  const order = [];
  let length = 0;
  let next = best(left, ({ text }) => text.length);
  while (next) {
    left.delete(next);
    order.push(next.text);
    within.push(next);
    length += next.text.length;
    for (const one of next.pieces) seen[one]++;
    while (length > reach && within.length > 1) {
      const gone = within.shift();
      length -= gone.text.length;
      for (const one of gone.pieces) seen[one]--;
    }
    next = best(left, ({ pieces }) => pieces.filter((one) => seen[one] > 0).length / (pieces.length + added));
  }
  return order;
}

/** The pieces of a text, each once, by the numbers that the same pieces have in other texts. */
function piecesOf(text, piece, numbers) {
  const pieces = new Set();
  for (let from = 0; from + piece <= text.length; from++) {
    const one = text.slice(from, from + piece);
    if (!numbers.has(one)) numbers.set(one, numbers.size);
    pieces.add(numbers.get(one));
  }
  return Uint32Array.from(pieces);
}

/** The first of those with the highest value; undefined of none. */
function best(some, value) {
  let found;
  let highest = -1;
  for (const one of some) {
    const its = value(one);
    if (its > highest) [found, highest] = [one, its];
  }
  return found;
}
