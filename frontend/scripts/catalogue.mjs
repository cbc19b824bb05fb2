// Gathers the words of the page, of all languages, from the files that Go embeds: as a plugin of Vite it puts them beside
// the page as words/LANGUAGE.json, and serves them while somebody works on the page.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const locales = join(dirname(fileURLToPath(import.meta.url)), '../../internal/i18n/locales');
const folder = 'words';

/** {en: {key: message, …}, es: …, ca: …} */
export function readCatalogue() {
  const catalogue = {};
  for (const file of readdirSync(locales).sort()) {
    const [, language] = /^(?:terms|errors|mail|page\w*)\.(\w+)\.json$/.exec(file) ?? [];
    if (language) {
      catalogue[language] = { ...catalogue[language], ...JSON.parse(readFileSync(join(locales, file), 'utf8')) };
    }
  }
  return catalogue;
}

export function catalogue() {
  return {
    name: 'catalogue',
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
