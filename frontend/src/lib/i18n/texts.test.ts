import { describe, expect, it } from 'vitest';
import golden from '../../../../internal/i18n/testdata/golden.json';
import type { Language } from './format';
import { Texts } from './texts.svelte';

const texts: Record<Language, Texts> = {
  en: await Texts.in('en'),
  es: await Texts.in('es'),
  ca: await Texts.in('ca'),
};
const of = (language: string) => texts[language as Language];

describe('the page writes what Go writes', () => {
  it.each(golden.plurals)('$language $key $n', ({ language, key, n, text }) => {
    expect(of(language).count(key as 'count.promise', n)).toBe(text);
  });
  it.each(golden.numbers)('number $language $n', ({ language, n, text }) => {
    expect(of(language).number(n)).toBe(text);
  });
  it.each(golden.money)('money $language $minor $currency', ({ language, minor, currency, text }) => {
    expect(of(language).money(minor, currency)).toBe(text);
  });
  it.each(golden.durations)('duration $language $seconds', ({ language, seconds, text }) => {
    expect(of(language).duration(seconds)).toBe(text);
  });
  it.each(golden.lists)('list $language $items', ({ language, items, text }) => {
    expect(of(language).list(items)).toBe(text);
  });
  it.each(golden.filled)('filled $language $text', ({ language, key, name, value, text }) => {
    expect(of(language).lookUp(key, { [name]: value })).toBe(text);
  });
  it.each(golden.dates)('date $language $wall', ({ language, wall, day, short_day, month, minute, year }) => {
    const date = wall.slice(0, 10);
    expect(of(language).date(date)).toBe(day);
    expect(of(language).shortDate(date)).toBe(short_day);
    expect(of(language).month(date)).toBe(month);
    expect(of(language).when(wall)).toBe(minute);
    expect(of(language).when(wall.slice(0, 7))).toBe(month);
    expect(of(language).when(wall.slice(0, 4))).toBe(year);
  });
});

describe('texts', () => {
  it('follow the language', async () => {
    const words = await Texts.in('en');
    expect(words.text('page.cases.title')).toBe('Cases');
    await words.speak('es');
    expect(words.text('page.cases.title')).toBe('Casos');
    expect(words.relativeDay('2026-03-01', '2026-03-03')).toBe('anteayer');
  });

  it('are those of the language that was chosen last, whichever comes first', async () => {
    const words = await Texts.in('en');
    await Promise.all([words.speak('ca'), words.speak('es'), words.speak('ca')]);
    expect(words.language).toBe('ca');
  });

  it('show a code that has no words as it is', () => {
    expect(texts.en.term('channel', 'carrier_pigeon')).toBe('carrier_pigeon');
  });

  it('put what was typed into a text as it is, even when it looks like a placeholder', () => {
    expect(texts.en.text('page.copy', { text: '{{.count}} $& <b>' })).toBe('Copy {{.count}} $& <b>');
  });
});
