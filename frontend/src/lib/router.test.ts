import { expect, it } from 'vitest';
import { addressOf, placeOf, type Place } from './router.svelte';

const places: Place[] = [
  { screen: 'cases' },
  { screen: 'new-case' },
  { screen: 'settings' },
  { screen: 'contact', caseId: '' },
  { screen: 'contact', caseId: '0190-ab' },
  { screen: 'case', caseId: '0190-ab', tab: '' },
  { screen: 'case', caseId: 'with/slash', tab: 'promises' },
  { screen: 'case', caseId: '0190-ab', tab: 'timeline', entry: '0191/cd' },
];

it.each(places)('the address of $screen leads back to it', (place) => {
  expect(placeOf(addressOf(place))).toEqual(place);
});

it('an address nobody made leads to the cases', () => {
  expect(placeOf('#/somewhere/else')).toEqual({ screen: 'cases' });
});
