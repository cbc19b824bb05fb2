import { describe, expect, it } from 'vitest';
import type { TodayItem } from '../backend/today';
import { Texts } from '../i18n/texts.svelte';
import { dueSentence, lateSentence, standingSentence } from './sentences';
import { byDay } from './week';

const texts = { en: await Texts.in('en'), es: await Texts.in('es'), ca: await Texts.in('ca') };

const owed = (changes: Partial<TodayItem>): TodayItem => ({
  kind: 'promise',
  caseId: 'parcel',
  caseTitle: 'The parcel',
  companies: ['Envíos Rayo'],
  dueDay: '2026-03-03',
  dueClock: '',
  daysLate: 5,
  what: 'Send it again',
  since: '2026-03-01',
  ...changes,
});

describe('what is late', () => {
  it('is said of the company', () => {
    expect(lateSentence(texts.en, owed({}))).toBe('Envíos Rayo is 5 days late');
    expect(lateSentence(texts.es, owed({ daysLate: 1 }))).toBe('Envíos Rayo lleva 1 día de retraso');
    expect(lateSentence(texts.ca, owed({}))).toBe('Envíos Rayo porta 5 dies de retard');
  });

  it('is said by the hour on its own day', () => {
    const item = owed({ daysLate: 0, dueClock: '10:00' });
    expect(lateSentence(texts.en, item)).toBe('Envíos Rayo has been late since 10:00 today');
  });

  it('is said of all companies that were asked for an answer', () => {
    const item = owed({ kind: 'answer', companies: ['Envíos Rayo', 'Almacenes Lumen'] });
    expect(lateSentence(texts.en, item)).toBe('Envíos Rayo and Almacenes Lumen: answer 5 days late');
  });
});

describe('what is waited for', () => {
  it('says by when, or that no date was given', () => {
    expect(dueSentence(texts.en, owed({}), '2026-03-01')).toBe('by 3 March 2026');
    expect(dueSentence(texts.en, owed({ dueDay: '' }), '2026-03-01')).toBe('no date given, today');
  });
});

describe('where a case stands', () => {
  it('is what is late, in the words of the promise', () => {
    expect(standingSentence(texts.en, 'late', owed({}))).toBe('Envíos Rayo is 5 days late: “Send it again”');
  });

  it('is else what is awaited', () => {
    const text = 'Envíos Rayo has yet to keep a promise: “Send it again” (3 March 2026).';
    expect(standingSentence(texts.en, 'waiting', owed({ daysLate: 0 }))).toBe(text);
  });

  it('is said of the answer a case asked for, too', () => {
    const answer = owed({ kind: 'answer', what: '', since: '', daysLate: 1 });
    expect(standingSentence(texts.es, 'late', answer)).toBe('Envíos Rayo: 1 día de retraso en contestar');
    expect(standingSentence(texts.en, 'waiting', answer)).toBe('Envíos Rayo: An answer was asked for by 3 March 2026.');
  });

  it('is calm where nothing is pending', () => {
    expect(standingSentence(texts.en, 'quiet', undefined)).toBe('No promise is pending.');
    expect(standingSentence(texts.en, 'nothing_yet', undefined)).toBe('Nothing written down yet.');
  });
});

it('the week goes day by day', () => {
  const items = [owed({}), owed({ caseId: 'fibre' }), owed({ dueDay: '2026-03-05' })];
  expect(byDay(items).map(({ day, items }) => [day, items.length])).toEqual([
    ['2026-03-03', 2],
    ['2026-03-05', 1],
  ]);
});
