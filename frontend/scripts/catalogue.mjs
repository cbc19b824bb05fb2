// Gathers the words of the page, of all languages, from the files that Go embeds: as a plugin of Vite it puts them beside
// the page as words/LANGUAGE.json, and serves them while somebody works on the page. In a built page the script asks for
// its words by their number in that file where it can, which spares it a thousand long names.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const locales = join(dirname(fileURLToPath(import.meta.url)), '../../internal/i18n/locales');
const own = join(dirname(fileURLToPath(import.meta.url)), '../src/');
/** What the page takes of the words of others. */
const shared = /^(?:dossier\.section|term\.edition)\./;
const folder = 'words';

/** {en: {key: message, …}, es: …, ca: …}, each in the order of the keys. */
export function readCatalogue() {
  const catalogue = {};
  for (const file of readdirSync(locales).sort()) {
    const [, area, language] = /^(\w+)\.(\w+)\.json$/.exec(file) ?? [];
    const messages = Object.entries(JSON.parse(readFileSync(join(locales, file), 'utf8')));
    const wanted = /^(?:terms|errors|mail|page\w*)$/.test(area)
      ? messages
      : messages.filter(([key]) => shared.test(key));
    catalogue[language] = { ...catalogue[language], ...Object.fromEntries(wanted) };
  }
  for (const [language, messages] of Object.entries(catalogue)) {
    catalogue[language] = Object.fromEntries(Object.entries(messages).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return catalogue;
}

/** The number of each key. One that longer ones begin with has none: it may be meant as their beginning. */
export function numberKeys(keys) {
  const begun = new Set(keys.flatMap((key) => key.split('.').map((_, end, parts) => parts.slice(0, end).join('.'))));
  return new Map(keys.map((key, number) => [key, number]).filter(([key]) => !begun.has(key)));
}

/** A script with numbers in the place of those keys that it has as whole literals. */
export function withNumbers(script, numbers) {
  return script.replace(/(["'])(\w+(?:\.\w+)+)\1/g, (literal, _, key) => numbers.get(key) ?? literal);
}

/**
 * A source that reads the texts without values from the catalogue, in place of asking for them. Svelte then doesn't remember
 * each of them by itself.
 */
export function withDirectTexts(source) {
  return source.replaceAll(/\btexts\.text\(\s*('[\w.]+'),?\s*\)/g, 'texts.all[$1]');
}

/** Vite's plugins that the words need: one before Svelte compiles, and one after. */
export function catalogue() {
  return [direct(), words()];
}

function direct() {
  return {
    name: 'direct-texts',
    apply: 'build',
    enforce: 'pre',
    transform(source, id) {
      if (id.startsWith(own) && /\.(svelte|ts)$/.test(id)) return { code: withDirectTexts(source), map: null };
    },
  };
}

function words() {
  const numbers = numberKeys(Object.keys(readCatalogue().en));
  let built = false;
  return {
    name: 'catalogue',
    enforce: 'post',
    configResolved({ command }) {
      built = command === 'build';
    },
    transform(script, id) {
      if (built && id.startsWith(own) && /\.(svelte|ts)$/.test(id))
        return { code: withNumbers(script, numbers), map: null };
    },
    generateBundle() {
      for (const [language, messages] of Object.entries(readCatalogue())) {
        this.emitFile({ type: 'asset', fileName: `${folder}/${language}.json`, source: JSON.stringify(messages) });
      }
    },
    configureServer(server) {
      server.middlewares.use(`/${folder}`, (request, response) => {
        const [, language = ''] = /(\w+)\.json/.exec(request.url ?? '') ?? [];
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(readCatalogue()[language] ?? {}));
      });
    },
  };
}
