// Goes over the built scripts once more, as a plugin of Vite's build: terser finds what Vite's own minifier leaves, more
// than a hundredth of it, and what is alike is put side by side, which saves some four hundredths. The PDF viewer has been
// through one already, and stays as it came. What Today needs stays in its order: most of it is Svelte, and no lighter in
// another.
import { minify } from 'terser';
import { withNeighbours } from './neighbours.mjs';

export function smaller() {
  return {
    name: 'smaller',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || chunk.name.startsWith('pdf')) continue;
        const first = chunk.name === 'start';
        // A function that is taken in where it is called can't be moved.
        const { code } = await minify(chunk.code, {
          module: true,
          ecma: 2020,
          compress: { passes: 2, keep_fargs: false, ...(first ? {} : { reduce_funcs: false, inline: 1 }) },
        });
        chunk.code = first ? code : withNeighbours(code);
      }
    },
  };
}
