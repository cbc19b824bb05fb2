// Goes over the built scripts once more, as a plugin of Vite's build: terser finds what Vite's own minifier leaves, more
// than a hundredth of it. The PDF viewer has been through one already, and stays as it came.
import { minify } from 'terser';

export function smaller() {
  return {
    name: 'smaller',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || chunk.name.startsWith('pdf')) continue;
        const { code } = await minify(chunk.code, {
          module: true,
          ecma: 2020,
          compress: { passes: 2, keep_fargs: false },
        });
        chunk.code = code;
      }
    },
  };
}
