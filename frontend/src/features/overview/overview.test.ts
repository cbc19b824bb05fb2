import { describe, expect, it } from 'vitest';
import { FakeBackend } from '../../lib/backend/fake';
import { sampleCase } from '../../lib/backend/fake-data';
import { Texts } from '../../lib/i18n/texts.svelte';
import { sentenceOf } from './sentence';
import { daysAround, drawingOf } from './strip';

const strip = await new FakeBackend({ cases: [sampleCase] }).strip(sampleCase.id);
const english = await Texts.in('en');
const promise = {
  ...sampleCase.promises[0]!,
  party: 'Envíos Rayo',
  what: 'The parcel.',
  dueDay: '2026-03-03',
  daysLate: 12,
};

describe('the sentence about where a case stands', () => {
  it.each([
    ['en', 'Envíos Rayo promised by 3 March 2026: “The parcel”. 12 days late.'],
    ['es', 'Envíos Rayo prometió para el 3 de marzo de 2026: «The parcel». Lleva 12 días de retraso.'],
    ['ca', 'Envíos Rayo va prometre per al 3 de març de 2026: «The parcel». Porta 12 dies de retard.'],
  ] as const)('has the company as its subject, in %s', async (language, sentence) => {
    expect(sentenceOf(await Texts.in(language), { kind: 'late', promise, others: 0 })).toBe(sentence);
  });

  const texts = english;
  const waiting = (dueDay: string) =>
    sentenceOf(texts, { kind: 'waiting', promise: { ...promise, dueDay }, others: 0 });

  it('names the hour of a promise that was due earlier today', () => {
    const today = { ...promise, daysLate: 0, dueClock: '12:00' };
    expect(sentenceOf(texts, { kind: 'late', promise: today, others: 0 })).toContain('by today at 12:00');
  });

  it('tells until when a promise is awaited, or that no date was given', () => {
    expect(waiting('2026-04-01')).toBe('Envíos Rayo has until 1 April 2026 to keep its promise: “The parcel”.');
    expect(waiting('')).toBe('Envíos Rayo promised, and gave no date: “The parcel”.');
  });

  it('claims nothing where nothing is pending', () => {
    expect(sentenceOf(texts, { kind: 'quiet', others: 0 })).toBe('No promise is pending.');
    expect(sentenceOf(texts, { kind: 'nothing_yet', others: 0 })).toBe('Nothing written down yet.');
  });
});

describe('the strip', () => {
  it('is not drawn for a case in which nothing happened', () => {
    expect(drawingOf({ ...strip, first: '' })).toBeNull();
  });

  it('runs from the first contact to today, with every mark between', () => {
    const { marks, flags, months } = drawingOf(strip)!;
    expect(marks[0]?.x).toBe(0);
    expect([...marks, ...flags, ...months].every(({ x }) => x >= 0 && x <= 1)).toBe(true);
    expect(Math.max(...marks.map((mark) => mark.hold))).toBe(1);
  });

  it('draws a mark that stands for many in the middle of its days, and larger than one for few', () => {
    const many = { ...strip.marks[0]!, day: strip.first, until: strip.last, count: 40 };
    const [drawn, few] = drawingOf({ ...strip, marks: [many, { ...many, count: 10 }], flags: [] })!.marks;
    expect(drawn).toMatchObject({ x: 0.5, size: 1 });
    expect(few).toMatchObject({ size: 0.25 });
  });

  it('holds a case of one day, and names at most a dozen months of one of years', () => {
    const one = { ...strip, marks: strip.marks.slice(0, 1), flags: [], gaps: [], last: strip.first };
    expect(drawingOf(one)!.marks).toHaveLength(1);
    expect(drawingOf({ ...strip, last: '2031-01-01' })!.months.length).toBeLessThanOrEqual(12);
  });

  it('gives the days around a place, a week at least', () => {
    const drawing = drawingOf({ ...strip, flags: [] })!;
    expect(daysAround(drawing, 0)).toEqual({ from: '2026-06-15', to: '2026-06-21' });
    expect(daysAround(drawing, 1)).toEqual({ from: '2026-11-19', to: '2026-11-25' });
  });
});
