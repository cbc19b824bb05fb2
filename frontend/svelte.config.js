import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const sources = join(dirname(fileURLToPath(import.meta.url)), 'src');
const styled = readdirSync(sources, { recursive: true })
  .filter((file) => file.endsWith('.svelte') && readFileSync(join(sources, file), 'utf8').includes('<style'))
  .sort();

/**
 * The class that keeps a component's styles to itself, such as k4: by the component's number among those with styles, and
 * so shorter than Svelte's own, as it stands at every element.
 */
function cssHash({ hash, filename }) {
  const number = styled.indexOf(relative(sources, filename));
  if (number < 0) return `s${hash(filename)}`; // written since, or not ours
  return String.fromCharCode(97 + (number % 26)) + Math.floor(number / 26);
}

export default {
  preprocess: vitePreprocess(),
  // Fragments as data are lighter than as markup.
  compilerOptions: { runes: true, fragments: 'tree', cssHash },
};
