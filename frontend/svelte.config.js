import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { scopeOf } from './scripts/scopes.mjs';

export default {
  preprocess: vitePreprocess(),
  // Fragments as data are lighter than as markup, and scripts/fragments.mjs makes them lighter still.
  compilerOptions: {
    runes: true,
    fragments: 'tree',
    cssHash: ({ hash, filename }) => scopeOf(filename) ?? `s${hash(filename)}`,
  },
};
