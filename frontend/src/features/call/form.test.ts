import { expect, it } from 'vitest';
import type { CaseSummary } from '../../lib/backend/backend';
import { FakeCalls } from '../../lib/backend/fake-calls';
import { FakeBackend } from '../../lib/backend/fake';
import { contactInput, emptyForm, formOf, guessCase, holdSeconds, lastSeen, stopwatch, transfers } from './form';

const at = (clock: string) => Date.parse(`2026-11-22T${clock}Z`);

function summary(id: string, companies: string[], lastContact = ''): CaseSummary {
  const none = { contacts: 0, messages: 0, promisesOpen: 0, promisesNotKept: 0, standing: 'quiet' };
  return { id, title: id, companies, ...none, lastContact };
}

it.each([
  [0, '00:00'],
  [754.9, '12:34'],
  [3723, '1:02:03'],
  [-4, '00:00'],
])('%s seconds stand on the clock as %s', (seconds, want) => {
  expect(stopwatch(seconds)).toBe(want);
});

it('adds up every wait, the one that goes on among them', () => {
  const form = { ...emptyForm(), heldSeconds: 70, heldSince: '2026-11-22T10:05:00Z' };
  expect(holdSeconds(form, at('10:05:50'))).toBe(120);
  expect(holdSeconds({ ...form, heldSince: '' }, at('10:05:50'))).toBe(70);
});

it('guesses the case from the company, accents or not; of several the latest', () => {
  const cases = [
    summary('old', ['Iberluz'], '2026-01-02'),
    summary('new', ['Iberlúz'], '2026-03-02'),
    summary('other', ['Lavamar']),
  ];
  expect(guessCase(cases, ' iberluz')).toBe('new');
  expect(guessCase(cases, 'Lavamar')).toBe('other');
  expect(guessCase(cases, 'Nobody')).toBe('');
  expect(guessCase([cases[2]!], 'A company the case does not know yet')).toBe('other');
});

it('counts everybody who came on after the first as a transfer, and names only those who are known', () => {
  const form = emptyForm();
  form.people = [
    { name: 'Pau', position: '', refused: false, unknown: false },
    { name: '', position: '', refused: false, unknown: true },
    { name: 'typed before they refused', position: 'supervisor', refused: true, unknown: false },
  ];
  const input = contactInput(form, 'parcel', 'Europe/Madrid', at('10:05:00'));
  expect(transfers(form)).toBe(2);
  expect(input.transfers).toBe('2');
  expect(input.people).toEqual([
    { name: 'Pau', position: '', refused: false },
    { name: '', position: 'supervisor', refused: true },
  ]);
});

it('puts a promise that is still being typed on record, too', () => {
  const form = emptyForm();
  form.pending.what = 'Call back';
  form.pending.due = '48 h';
  const { promises } = contactInput(form, '', 'Europe/Madrid', at('10:05:00'));
  expect(promises).toEqual([expect.objectContaining({ what: 'Call back', due: '48 h' })]);
});

it('says the hold time by the clock unless the person corrected it', () => {
  const form = { ...emptyForm(), heldSeconds: 125 };
  const hold = (typed: string) => contactInput({ ...form, hold: typed }, '', '', 0).hold;
  expect(hold('')).toBe('2:05');
  expect(hold('10')).toBe('10');
});

it('is kept whole, and what an older or damaged one lacks comes from the empty form', async () => {
  const calls = new FakeCalls(new FakeBackend());
  const call = await calls.beginCall('');
  const typed = { ...emptyForm(), company: 'Iberluz', note: 'half a sent' };
  expect(formOf({ ...call, form: JSON.stringify(typed) })).toEqual(typed);
  expect(formOf({ ...call, form: '{"company":"Iberluz","people":7}' })).toEqual({ ...emptyForm(), company: 'Iberluz' });
});

it('of a call that was begun elsewhere has as much as can be read', async () => {
  const call = await new FakeCalls(new FakeBackend()).beginCall('parcel');
  const terms = { what: 'Refund', due: '2026-12-01T12:00', amount: '40', currency: 'EUR', repeatsId: '' };
  const form = formOf({ ...call, typed: { ...call.typed, company: 'Iberluz', hold: '4:00', promises: [terms] } });
  expect(form).toMatchObject({ caseId: 'parcel', company: 'Iberluz', hold: '4:00' });
  expect(contactInput(form, '', '', 0).promises).toEqual([{ ...terms, due: '1/12/2026 12:00' }]);
});

it('was last seen when its last note was made or its last change was kept', async () => {
  const call = await new FakeCalls(new FakeBackend()).beginCall('');
  const begun = { ...call, beganAt: '2026-11-22T10:00:00Z' };
  expect(lastSeen(begun)).toBe('2026-11-22T10:00:00Z');
  const noted = { ...begun, notes: [{ number: 1, at: '2026-11-22T10:04:00.5Z', clock: '11:04', text: 'a' }] };
  expect(lastSeen(noted)).toBe('2026-11-22T10:04:00.5Z');
  const form = JSON.stringify({ ...emptyForm(), seenAt: '2026-11-22T10:07:00Z' });
  expect(lastSeen({ ...noted, form })).toBe('2026-11-22T10:07:00Z');
});
