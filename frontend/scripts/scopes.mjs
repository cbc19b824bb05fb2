// The classes that keep the styles of components to themselves.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = join(dirname(fileURLToPath(import.meta.url)), '../src');
const styled = readdirSync(sources, { recursive: true })
  .filter((file) => file.endsWith('.svelte') && readFileSync(join(sources, file), 'utf8').includes('<style'))
  .sort();

/**
 * The class of a component, such as k4: by its number among those with styles, and so shorter than Svelte's own, as it
 * stands at every element. Undefined for one without styles, or written since, or not ours.
 */
export function scopeOf(filename) {
  const number = styled.indexOf(relative(sources, filename));
  return number < 0 ? undefined : String.fromCharCode(97 + (number % 26)) + Math.floor(number / 26);
}
