// Takes the icons of Lucide out of the script: a plugin of Vite that puts the shapes of those that the page imports into
// index.html, once each, and makes of each component a picture that refers to them. Lucide's own components work their
// picture out again at every place that shows it, with sizes and colours that here the style sheets give.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const frontend = join(dirname(fileURLToPath(import.meta.url)), '..');
const glyph = join(frontend, 'src/lib/ui/Glyph.svelte');
const lucide = join(frontend, 'node_modules/@lucide/svelte/dist/icons');

const component = /\/@lucide\/svelte\/dist\/icons\/([\w-]+)\.svelte$/;
const imported = /['"]@lucide\/svelte\/icons\/([\w-]+)['"]/g;
const meant = /"\.\/([\w-]+)\.svelte"/;
const described = /const iconData = (\{.*\});$/m;

function read(file) {
  return readFileSync(join(lucide, file), 'utf8');
}

/** The names of the icons that the sources of the page import, each once: what an alias stands for, not the alias. */
export function importedIcons() {
  const names = new Set();
  for (const file of readdirSync(join(frontend, 'src'), { recursive: true })) {
    if (!/\.(svelte|ts)$/.test(file) || file.endsWith('.test.ts')) continue;
    for (const [, name] of readFileSync(join(frontend, 'src', file), 'utf8').matchAll(imported)) {
      names.add(meant.exec(read(`${name}.js`))?.[1] ?? name);
    }
  }
  return [...names].sort();
}

/** The shapes of an icon as a symbol that pictures in the page refer to. */
export function symbol(name) {
  const [, data] = described.exec(read(`${name}.svelte`)) ?? [];
  if (!data) throw new Error(`Lucide does not describe the icon ${name} as it did`);
  const shapes = JSON.parse(data).node.map(([tag, attributes]) => {
    const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${value}"`);
    return `<${tag}${written.join('')} />`;
  });
  return `<symbol id="icon-${name}" viewBox="0 0 24 24">${shapes.join('')}</symbol>`;
}

export function icons() {
  return {
    name: 'icons',
    enforce: 'pre',
    load(id) {
      const [, name] = component.exec(id) ?? [];
      if (name) return `<script>import Glyph from '${glyph}'</script><Glyph name="${name}" />`;
    },
    transformIndexHtml(html) {
      return html.replace('<body>', `<body>\n<svg style="display: none">${importedIcons().map(symbol).join('')}</svg>`);
    },
  };
}
