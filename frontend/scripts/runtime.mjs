// Makes constants of what Svelte's runtime decides anew at every step and what is always the same here: nothing was drawn
// on a server, and every component is of Svelte 5, with runes and without await. As a plugin of Vite's build it lets the
// minifier leave out the code for all the rest, a tenth of the runtime.

const constants = [
  { file: /\/svelte\/src\/internal\/client\/dom\/hydration\.js$/, names: ['hydrating'] },
  {
    file: /\/svelte\/src\/internal\/flags\/index\.js$/,
    names: ['async_mode_flag', 'legacy_mode_flag', 'tracing_mode_flag'],
  },
];

/** The source with its variables of these names, which are false, as constants. */
export function withConstants(source, names) {
  return names.reduce((code, name) => {
    const declared = `export let ${name} = false;`;
    if (!code.includes(declared)) throw new Error(`Svelte's runtime has no variable ${name} as it had`);
    return code
      .replace(declared, `export const ${name} = false;`)
      .replaceAll(new RegExp(`^\\t${name} = .*;$`, 'gm'), '');
  }, source);
}

export function runtime() {
  return {
    name: 'runtime',
    apply: 'build',
    enforce: 'post',
    transform(source, id) {
      const known = constants.find(({ file }) => file.test(id));
      return known && { code: withConstants(source, known.names), map: null };
    },
  };
}
