import { describe, expect, it } from 'vitest';
import { emptyPromise } from '../../lib/forms/promise';
import { typedContact } from '../../lib/backend/fake-history';
import { contactInput, draftOf, emptyDraft, readDraft } from './draft';
import { emptyPerson } from '../../lib/forms/person';

const empty = emptyDraft('shop', '2026-11-22');
const sent = (changes: Partial<typeof empty>) =>
  contactInput({ ...empty, ...changes }, 'case', 'Europe/Madrid', '2026-11-22');

describe('what is sent', () => {
  it('leaves “now” to the program’s clock', () => {
    expect(sent({}).when).toBe('');
  });

  it('counts a promise from the day of the contact', () => {
    const promise = { ...emptyPromise(), what: 'Call', due: { ...emptyPromise().due, chosen: '7' } };
    const when = { day: '1', month: '3', year: '2026', time: '' };
    expect(sent({ moment: 'earlier', when, promises: [promise] }).promises[0]?.due).toBe('2026-03-08');
    expect(sent({ promises: [promise] }).promises[0]?.due).toBe('2026-11-29');
  });

  it('names the people that were given and those who refused, and no empty rows', () => {
    const people = [
      { ...emptyPerson },
      { ...emptyPerson, name: 'Núria' },
      { name: 'half typed', position: '', refused: true },
    ];
    expect(sent({ people }).people).toEqual([
      { name: 'Núria', position: '', refused: false },
      { name: '', position: '', refused: true },
    ]);
  });

  it('has no waiting time for a letter, whatever was typed before the channel changed', () => {
    expect(sent({ channel: 'letter', hold: '35', transfers: '2', number: '900' })).toMatchObject({
      hold: '',
      transfers: '',
      number: '',
    });
  });
});

describe('a kept draft', () => {
  it('comes back as it was typed', () => {
    const draft = { ...empty, summary: 'half a sen', failures: ['rude'] };
    expect(readDraft(JSON.stringify(draft), empty)).toEqual(draft);
  });

  it.each(['', 'not json', 'null', '[]', '{"summary":3,"unknown":"x"}'])('that says %j is an empty form', (text) => {
    expect(readDraft(text, empty)).toEqual(empty);
  });
});

it('a contact on record fills a form that says the same again', () => {
  const again = contactInput(draftOf(typedContact), typedContact.caseId, typedContact.zone, '2026-11-22');
  expect(again).toEqual(typedContact);
});
