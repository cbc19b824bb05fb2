// Makes src/lib/i18n/keys.ts: the type of every key of the catalogue with the placeholders it needs.
// Fails when a language lacks a key, a plural form or a placeholder that another one has, or when the page asks for a
// key that is not there.
//
//   node scripts/keys.mjs           writes the file
//   node scripts/keys.mjs --check   compares instead of writing
import { readFileSync, writeFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const locales = join(here, '../../internal/i18n/locales');
const output = join(here, '../src/lib/i18n/keys.ts');
const languages = ['en', 'es', 'ca'];
// The page's own words are in page and in one file beside it for each larger part: page_call, …
const areas = readdirSync(locales)
  .map((file) => /^(terms|errors|mail|page\w*)\.en\.json$/.exec(file)?.[1])
  .filter((area) => area !== undefined);
const pluralForms = ['zero', 'one', 'two', 'few', 'many', 'other'];
const faults = [];

/** Reads one file: a Map of key to {forms, placeholders}. Plain text has the one form "text". */
function readArea(area, language) {
  const file = `${area}.${language}.json`;
  let json;
  try {
    json = JSON.parse(readFileSync(join(locales, file), 'utf8'));
  } catch (error) {
    faults.push(`${file}: ${error.message}`);
    return new Map();
  }
  const messages = new Map();
  for (const [key, value] of Object.entries(json)) {
    const forms =
      typeof value === 'string'
        ? { text: value }
        : Object.fromEntries(Object.entries(value).filter(([form]) => pluralForms.includes(form)));
    const plain = Object.keys(forms).length === 1 && forms.other !== undefined;
    const texts = plain ? { text: forms.other } : forms;
    if (Object.values(texts).some((text) => text.trim() === '')) faults.push(`${file}: ${key} is empty`);
    messages.set(key, { forms: texts, placeholders: placeholdersOf(texts) });
  }
  return messages;
}

function placeholdersOf(forms) {
  const names = new Set();
  for (const text of Object.values(forms)) {
    for (const [, name] of text.matchAll(/\{\{\s*\.(\w+)\s*\}\}/g)) names.add(name);
    if (/\{\{(?!\s*\.\w+\s*\}\})/.test(text)) faults.push(`odd placeholder in “${text}”`);
  }
  return [...names].sort();
}

/** Compares every language with English. */
function compare(area, catalogue) {
  const english = catalogue.en;
  for (const language of languages) {
    const other = catalogue[language];
    const where = `${area}.${language}.json`;
    for (const key of english.keys()) if (!other.has(key)) faults.push(`${where}: ${key} is missing`);
    for (const [key, message] of other) {
      const source = english.get(key);
      if (!source) {
        faults.push(`${where}: ${key} is not in English`);
        continue;
      }
      const counted = source.forms.text === undefined;
      if (counted !== (message.forms.text === undefined))
        faults.push(`${where}: ${key} has plurals in one language only`);
      if (counted) {
        for (const form of new Intl.PluralRules(language).resolvedOptions().pluralCategories) {
          if (message.forms[form] === undefined) faults.push(`${where}: ${key} lacks the plural form “${form}”`);
        }
      }
      if (message.placeholders.join() !== source.placeholders.join()) {
        faults.push(
          `${where}: ${key} has placeholders [${message.placeholders}], English has [${source.placeholders}]`,
        );
      }
    }
  }
}

/** The keys written out in the sources: text('page.…'). A key made of parts is held by its type instead. */
function keysUsed(folder) {
  const used = new Set();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(svelte|ts)$/.test(entry.name) || entry.name === 'keys.ts') continue;
    const source = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const [, key] of source.matchAll(/['"`](page\.[a-z_.0-9]+)['"]/g)) used.add(key);
    for (const [, prefix] of source.matchAll(/`(page\.[a-z_.0-9]+\.)\$\{/g)) used.add(`${prefix}*`);
  }
  return used;
}

const texts = [];
const counts = [];
/** The page's own keys, each with the file it stands in. */
const ofPage = new Map();
for (const area of areas) {
  const catalogue = Object.fromEntries(languages.map((language) => [language, readArea(area, language)]));
  compare(area, catalogue);
  for (const [key, { forms, placeholders }] of catalogue.en) {
    const names = placeholders.filter((name) => forms.text !== undefined || (name !== 'count' && name !== 'times'));
    const type = names.length === 0 ? 'never' : names.map((name) => `'${name}'`).join(' | ');
    (forms.text === undefined ? counts : texts).push(`  '${key}': ${type};`);
  }
  if (area.startsWith('page')) for (const key of catalogue.en.keys()) ofPage.set(key, `${area}.en.json`);
}

const used = keysUsed(join(here, '../src'));
const prefixes = [...used].filter((key) => key.endsWith('*')).map((key) => key.slice(0, -1));
for (const key of used) {
  if (!key.endsWith('*') && !ofPage.has(key)) faults.push(`the page asks for ${key}, which no page.en.json has`);
}
for (const [key, file] of ofPage) {
  if (!used.has(key) && !prefixes.some((prefix) => key.startsWith(prefix))) faults.push(`${file}: ${key} is not used`);
}

const source = `// Code generated by scripts/keys.mjs from internal/i18n/locales. DO NOT EDIT.

/** Texts without plurals, each with the placeholders it needs. */
export interface Texts {
${texts.sort().join('\n')}
}

/** Texts with plurals, each with the placeholders it needs besides the count. */
export interface Counts {
${counts.sort().join('\n')}
}

export type TextKey = keyof Texts;
export type CountKey = keyof Counts;
`;

if (!process.argv.includes('--check')) writeFileSync(output, source);
else if (readFileSync(output, 'utf8') !== source) faults.push('src/lib/i18n/keys.ts is not up to date: npm run keys');

if (faults.length > 0) {
  for (const fault of faults) console.error(fault);
  process.exit(1);
}
