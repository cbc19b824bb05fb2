import { describe, expect, it } from 'vitest';
import type { MailEmail } from '../../lib/backend/find';
import { fakeEmail } from '../../lib/backend/fake-find';
import { Asking } from './asking.svelte';
import { choose, chosenOf, everything, isChosen, nothing, shareOf } from './selection';
import { typedTerm } from './terms';

const emails = ['a', 'b', 'c'].map((id) => fakeEmail(id, 'Rayo', '2026-03-02T10:05'));
const known: MailEmail = fakeEmail('k', 'Rayo', '2026-03-01T10:05', 'known');

describe('what is chosen', () => {
  it('is all of what is new, and never what is in the case', () => {
    expect(emails.map((email) => isChosen(everything, email))).toEqual([true, true, true]);
    expect(isChosen(everything, known)).toBe(false);
    expect(chosenOf(everything, 5000)).toBe(5000);
  });

  it('can be all but one, of which the others need not be in the page', () => {
    const some = choose(everything, [emails[0]!, known], false);
    expect(chosenOf(some, 5000)).toBe(4999);
    expect(isChosen(some, emails[0]!)).toBe(false);
    expect(shareOf(some, emails)).toBe('some');
    expect(chosenOf(choose(some, emails, true), 5000)).toBe(5000);
  });

  it('can be none but a few', () => {
    const few = choose(nothing, emails.slice(0, 2), true);
    expect(chosenOf(few, 5000)).toBe(2);
    expect(shareOf(few, emails.slice(0, 2))).toBe('all');
    expect(shareOf(few, [emails[2]!])).toBe('none');
    expect(shareOf(few, [known])).toBe('none');
  });
});

describe('what somebody types to look for', () => {
  it.each([
    ['ayuda@rayo.example', 'address'],
    ['rayo.example', 'domain'],
    ['@correo.rayo.example', 'domain'],
    ['RY-4471', 'reference'],
    ['4471', 'reference'],
    ['el paquete 3', 'words'],
    ['paquete', 'words'],
  ])('%s is of the kind %s', (typed, kind) => {
    expect(typedTerm(typed).kind).toBe(kind);
  });

  it('is looked for beside what is likely, each thing once', () => {
    const suggestion = { reason: 'company', company: 'Rayo', label: '', day: '', count: 0 };
    const asking = new Asking([
      { ...suggestion, kind: 'domain', text: 'rayo.example', likely: true },
      { ...suggestion, kind: 'name', text: 'Rayo', likely: false },
    ]);
    expect(asking.terms).toEqual([{ kind: 'domain', text: 'rayo.example' }]);
    for (const typed of ['RY-4471', ' RY-4471 ', '@rayo.example', 'x']) {
      asking.typed = typed;
      asking.add();
    }
    expect(asking.terms).toEqual([
      { kind: 'domain', text: 'rayo.example' },
      { kind: 'reference', text: 'RY-4471' },
    ]);
    asking.remove(asking.own[0]!);
    expect(asking.own).toEqual([]);
  });
});
