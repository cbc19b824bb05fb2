import { expect, it } from 'vitest';
import { partsOf } from './address';

it.each([
  ['https://iberluz.example/pay?x=1', 'iberluz.example'],
  ['https://iberluz.example@elsewhere.example/x', 'elsewhere.example'],
  ['HTTP://a.example:8080#b', 'a.example:8080'],
  ['mailto:help@iberluz.example?subject=x', 'help@iberluz.example'],
])('%s is of %s', (address, owner) => {
  const parts = partsOf(address);
  expect(parts.owner).toBe(owner);
  expect(parts.before + parts.owner + parts.after).toBe(address);
});
