import { describe, expect, it } from 'vitest';
import { addDays, dayOf, daysBetween, emptyWhen, isDay, joinWhen, splitDay, splitWhen, typedWall } from './dates';

describe('days', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-28', 2, '2026-03-30'], // over the night the clocks go forward
    ['2026-03-01', -1, '2026-02-28'],
    ['not a day', 3, 'not a day'],
  ])('%s and %d days is %s', (day, days, want) => {
    expect(addDays(day, days)).toBe(want);
  });

  it('are real ones or none', () => {
    expect(['2026-02-29', '2026-13-01', '2026-1-1', ''].map(isDay)).toEqual([false, false, false, false]);
    expect(dayOf('2026-02-31T10:05', '2026-03-01')).toBe('2026-03-01');
    expect(dayOf('2026-02-28T10:05', '2026-03-01')).toBe('2026-02-28');
  });

  it('are counted whole, over a change of the clocks, too', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
  });
});

describe('typed date fields', () => {
  const typed = (fields: Partial<typeof emptyWhen>) => joinWhen({ ...emptyWhen, ...fields });

  it('are as exact as what was filled in', () => {
    expect(typed({ year: '2026' })).toBe('2026');
    expect(typed({ year: '2026', month: '3' })).toBe('2026-03');
    expect(typed({ year: '26', month: '3', day: '2' })).toBe('2026-03-02');
    expect(typed({ year: '2026', month: '3', day: '2', time: '9' })).toBe('2026-03-02T09:00');
  });

  it.each([
    ['10:05', '10:05'],
    ['10.05', '10:05'],
    ['1005', '10:05'],
    ['9h30', '09:30'],
    ['9 h', '09:00'],
  ])('take %s as a time of day', (time, want) => {
    expect(typed({ year: '2026', month: '3', day: '2', time })).toBe(`2026-03-02T${want}`);
  });

  it('leave what is no date for Go to refuse in its own words', () => {
    expect(typed({ year: '2026', month: 'March', day: '2' })).toBe('2026-March-02');
    expect(typed({ day: '2' })).toBe('?-?-02');
    expect(typed({ year: '2026', month: '2', day: '31' })).toBe('2026-02-31');
  });

  it('come back from a day', () => {
    expect(joinWhen(splitDay('2026-03-02', '10:05'))).toBe('2026-03-02T10:05');
    expect(joinWhen(emptyWhen)).toBe('');
  });
});

it.each(['2026', '2026-03', '2026-03-02', '2026-03-02T10:05'])('fields that %s fills say it again', (wall) => {
  expect(joinWhen(splitWhen(wall))).toBe(wall);
});

it.each([
  ['2026-03-02T10:05', '2/3/2026 10:05'],
  ['2026-12-31', '31/12/2026'],
  ['2026-03', '2026-03'],
  ['2026', '2026'],
  ['', ''],
])('the wall time %j is typed as %j', (wall, typed) => {
  expect(typedWall(wall)).toBe(typed);
});
