/** What a tagged page of a PDF says, by its structure tree (ISO 32000-1, section 14.7), as parts that HTML has words for. */

/** A node of the tree as pdf.js gives it: an element with a role, or a piece of marked content by its id. */
export interface StructureNode {
  role?: string;
  alt?: string;
  lang?: string;
  type?: string;
  id?: string;
  children?: StructureNode[];
}

/** What pdf.js gives of a page's text: pieces, and where marked content begins and ends. */
export interface MarkedText {
  type?: string;
  id?: string;
  str?: string;
  hasEOL?: boolean;
}

/** An element of HTML with its text or its parts. */
export interface Part {
  /** Empty for a text alone. */
  element: string;
  text: string;
  parts: Part[];
}

/** Standard structure types (ISO 32000-1, section 14.8.4), and what says the same in HTML, below the page's own headings. */
const elements: Readonly<Record<string, string>> = {
  H1: 'h2',
  H2: 'h3',
  H3: 'h4',
  P: 'p',
  BlockQuote: 'blockquote',
  Table: 'table',
  TR: 'tr',
  TH: 'th',
  TD: 'td',
  L: 'ul',
  LI: 'li',
  TOC: 'ul',
  TOCI: 'li',
  Figure: 'figure',
  Caption: 'p',
};

/** What HTML knows only in another element. Elsewhere it is told as a paragraph. */
const within: Readonly<Record<string, string>> = { li: 'ul', tr: 'table', th: 'tr', td: 'tr' };

export function partsOf(tree: StructureNode | null, items: readonly MarkedText[]): Part[] {
  return tree ? partsIn(tree, textsOf(items), '') : [];
}

function partsIn(node: StructureNode, texts: ReadonlyMap<string, string>, around: string): Part[] {
  if (node.type) {
    const text = (node.id && texts.get(node.id)?.trim()) ?? '';
    return text ? [{ element: '', text, parts: [] }] : [];
  }
  let element = elements[node.role ?? ''] ?? '';
  if (within[element] && within[element] !== around) element = 'p';
  // A picture is told by the text that stands for it, and not by the letters that are drawn in it.
  if (element === 'figure') return node.alt ? [{ element, text: node.alt, parts: [] }] : [];
  const parts = (node.children ?? []).flatMap((child) => partsIn(child, texts, element || around));
  if (element === '') return parts;
  if (element === 'td' || element === 'th') return [{ element: parts.length > 0 ? element : 'td', text: '', parts }];
  // A row that says nothing is one whose words stand on another page.
  const silent = element === 'tr' ? parts.every((cell) => cell.parts.length === 0) : parts.length === 0;
  return silent ? [] : [{ element, text: '', parts }];
}

/** The text of each piece of marked content, by its id. */
function textsOf(items: readonly MarkedText[]): Map<string, string> {
  const texts = new Map<string, string>();
  const open: string[] = [];
  for (const item of items) {
    if (item.type?.startsWith('beginMarkedContent')) open.push(item.id ?? '');
    else if (item.type === 'endMarkedContent') open.pop();
    else {
      // Text within a span of a piece is the piece's.
      const id = open.findLast(Boolean);
      if (id) texts.set(id, (texts.get(id) ?? '') + (item.str ?? '') + (item.hasEOL ? ' ' : ''));
    }
  }
  return texts;
}
