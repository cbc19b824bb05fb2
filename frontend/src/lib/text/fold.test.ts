import { expect, it } from 'vitest';
import { fold, matches } from './fold';

it('names are found without accents and case, by any words of them', () => {
  const text = fold('Núria Peñalver, Atenció al client');
  expect(['nur', 'NURIA penal', 'atencio', ''].every((query) => matches(text, query))).toBe(true);
  expect(matches(text, 'nuria garcia')).toBe(false);
});
