import { expect, it } from 'vitest';
import { addressOf, placeOf, type Place } from './router.svelte';

const places: Place[] = [
  { screen: 'today' },
  { screen: 'cases' },
  { screen: 'people' },
  { screen: 'backup' },
  { screen: 'call', draftId: '' },
  { screen: 'call', draftId: '0190-ab' },
  { screen: 'many', caseId: '0190-ab' },
  { screen: 'new-case' },
  { screen: 'settings' },
  { screen: 'contact', caseId: '' },
  { screen: 'contact', caseId: '0190-ab' },
  { screen: 'contact', caseId: '0190-ab', incoming: true },
  { screen: 'case', caseId: '0190-ab', tab: '' },
  { screen: 'case', caseId: 'with/slash', tab: 'promises' },
  { screen: 'case', caseId: '0190-ab', tab: 'timeline', entry: '0191/cd' },
  { screen: 'case', caseId: '0190-ab', tab: 'timeline', who: '0191/cd &é' },
  { screen: 'correct', caseId: 'a', contactId: 'b/c' },
];

it.each(places)('the address of $screen leads back to it', (place) => {
  expect(placeOf(addressOf(place))).toEqual(place);
});

it('an address nobody made leads to today', () => {
  expect(placeOf('#/somewhere/else')).toEqual({ screen: 'today' });
});
