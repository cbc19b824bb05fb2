import { expect, it } from 'vitest';
import { splitDay } from '../dates/dates';
import { dueOf, emptyDue } from './due';

it.each([
  ['none', ''],
  ['0', '2026-03-02'],
  ['1', '2026-03-03'],
  ['2', '2026-03-04'],
  ['30', '2026-04-01'],
])('the chip %s counts from the day it was promised: %s', (chosen, want) => {
  expect(dueOf({ ...emptyDue(), chosen }, '2026-03-02')).toBe(want);
});

it('a typed date stands as it is, and an empty one is wrong rather than “no date given”', () => {
  expect(dueOf({ chosen: 'typed', typed: splitDay('2026-05-01', '12:00') }, '2026-03-02')).toBe('2026-05-01T12:00');
  expect(dueOf({ ...emptyDue(), chosen: 'typed' }, '2026-03-02')).toBe('?');
});
