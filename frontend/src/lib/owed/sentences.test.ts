import { describe, expect, it } from 'vitest';
import type { TodayItem } from '../backend/today';
import { Texts } from '../i18n/texts.svelte';
import { caseSentence, dueSentence, lateSentence, standingSentence } from './sentences';
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
  const promise = { party: 'Envíos Rayo', what: 'The parcel.', dueDay: '2026-03-03', dueClock: '', daysLate: 12 };

  it.each([
    ['en', 'Envíos Rayo promised by 3 March 2026: “The parcel”. 12 days late.'],
    ['es', 'Envíos Rayo prometió para el 3 de marzo de 2026: «The parcel». Lleva 12 días de retraso.'],
    ['ca', 'Envíos Rayo va prometre per al 3 de març de 2026: «The parcel». Porta 12 dies de retard.'],
  ] as const)('has the company as its subject, in %s', (language, sentence) => {
    expect(standingSentence(texts[language], 'late', promise)).toBe(sentence);
  });

  it('names the hour of a promise that was due earlier today', () => {
    const today = { ...promise, daysLate: 0, dueClock: '12:00' };
    expect(standingSentence(texts.en, 'late', today)).toContain('by today at 12:00');
  });

  it('tells until when a promise is awaited, or that no date was given', () => {
    const waiting = (dueDay: string) => standingSentence(texts.en, 'waiting', { ...promise, dueDay });
    expect(waiting('2026-04-01')).toBe('Envíos Rayo has until 1 April 2026 to keep its promise: “The parcel”.');
    expect(waiting('')).toBe('Envíos Rayo promised, and gave no date: “The parcel”.');
  });

  it('is said of the answer a case asked for, too', () => {
    const answer = owed({ kind: 'answer', what: '', since: '', daysLate: 1 });
    expect(caseSentence(texts.es, { standing: 'late', next: answer })).toBe(
      'Envíos Rayo: 1 día de retraso en contestar',
    );
    expect(caseSentence(texts.en, { standing: 'waiting', next: answer })).toBe(
      'Envíos Rayo: An answer was asked for by 3 March 2026.',
    );
  });

  it('tells how a case ended before anything else', () => {
    const ending = { kind: 'partly', day: '2026-03-03', note: '' };
    expect(caseSentence(texts.en, { standing: 'ended', ending })).toBe('Closed on 3 March 2026: solved in part.');
    expect(caseSentence(texts.ca, { standing: 'ended', ending: { ...ending, day: '' } })).toBe(
      'Tancat: resolt en part.',
    );
  });

  it('is calm where nothing is pending', () => {
    expect(caseSentence(texts.en, { standing: 'quiet' })).toBe('No promise is pending.');
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
