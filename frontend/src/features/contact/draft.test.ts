import { describe, expect, it } from 'vitest';
import { typedContact } from '../../lib/backend/fake-history';
import { typedWall } from '../../lib/dates/dates';
import { emptyPerson } from '../../lib/forms/person';
import { emptyPromise } from '../../lib/forms/promise';
import { contactInput, draftOf, emptyDraft, readDraft } from './draft';

const empty = emptyDraft('shop');
const sent = (changes: Partial<typeof empty>) => contactInput({ ...empty, ...changes }, 'case', 'Europe/Madrid');

describe('what is sent', () => {
  it('leaves “now” to the program’s clock', () => {
    expect(sent({}).when).toBe('');
  });

  it('leaves dates as they were typed: Go reads them', () => {
    const promise = { ...emptyPromise(), what: 'Call', due: '48 h' };
    expect(sent({ when: 'yesterday 10:30', promises: [promise] })).toMatchObject({
      when: 'yesterday 10:30',
      promises: [{ what: 'Call', due: '48 h' }],
    });
  });

  it('has no promise for the empty one that the form begins with', () => {
    expect(sent({}).promises).toEqual([]);
    expect(
      sent({ promises: [emptyPromise(), { ...emptyPromise(), due: '48 h' }, emptyPromise()] }).promises,
    ).toHaveLength(2);
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
  const again = contactInput(draftOf(typedContact), typedContact.caseId, typedContact.zone);
  expect(again).toEqual({ ...typedContact, when: typedWall(typedContact.when) });
});
