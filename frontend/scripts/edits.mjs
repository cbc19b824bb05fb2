// Edits sources by their syntax trees.

/** Calls back for a node and all below it, in the order of the source. */
export function visit(node, back) {
  if (Array.isArray(node)) for (const one of node) visit(one, back);
  else if (typeof node?.type === 'string') {
    back(node);
    for (const below of Object.values(node)) if (typeof below === 'object') visit(below, back);
  }
}

/** The source with code in the place of what stands between starts and ends. */
export function edited(source, edits) {
  let code = '';
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    code += source.slice(from, edit.start) + edit.code;
    from = edit.end;
  }
  return code + source.slice(from);
}
