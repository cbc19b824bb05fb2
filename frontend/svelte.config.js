import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const styled = new Map();

/** The class that keeps a component's styles to itself: shorter than Svelte's own, as it stands at every element. */
function cssHash({ hash, css }) {
  const name = `s${hash(css).slice(-4)}`;
  if ((styled.get(name) ?? css) !== css)
    throw new Error(`two style sheets share the class ${name}: write one differently`);
  styled.set(name, css);
  return name;
}

export default {
  preprocess: vitePreprocess(),
  // Fragments as data are lighter than as markup.
  compilerOptions: { runes: true, fragments: 'tree', cssHash },
};
