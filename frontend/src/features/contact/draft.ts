/** The contact form as it is typed. It is kept as it is until it is saved or thrown away. */
import type { ContactInput } from '../../lib/backend/backend';
import { dayOf, joinWhen, splitDay, splitWhen, type TypedWhen } from '../../lib/dates/dates';
import { emptyPerson, isSomebody, type TypedPerson } from '../../lib/forms/person';
import { promiseTerms, type TypedPromise } from '../../lib/forms/promise';

export interface ContactDraft {
  /** A party's id, or empty for a company the case does not know yet. */
  partyId: string;
  newCompany: string;
  role: string;
  /** now or earlier */
  moment: string;
  when: TypedWhen;
  offset: string;
  direction: string;
  channel: string;
  people: TypedPerson[];
  hold: string;
  talk: string;
  transfers: string;
  number: string;
  companyReference: string;
  summary: string;
  verbatim: string;
  failures: string[];
  supervisor: string;
  madeBy: string;
  basis: string;
  promises: TypedPromise[];
}

export function emptyDraft(partyId: string, today: string): ContactDraft {
  return {
    partyId,
    newCompany: '',
    role: 'other',
    moment: 'now',
    when: splitDay(today),
    offset: '',
    direction: 'outgoing',
    channel: 'phone',
    people: [{ ...emptyPerson }],
    hold: '',
    talk: '',
    transfers: '',
    number: '',
    companyReference: '',
    summary: '',
    verbatim: '',
    failures: [],
    supervisor: '',
    madeBy: '',
    basis: 'memory',
    promises: [],
  };
}

/** Reads a kept draft; what an older or damaged one lacks comes from the empty form. */
export function readDraft(text: string, empty: ContactDraft): ContactDraft {
  if (!text) return empty;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null) return empty;
    const fields = Object.entries(kept).filter(
      ([field, value]) => field in empty && typeof value === typeof empty[field as keyof ContactDraft],
    );
    return { ...empty, ...Object.fromEntries(fields) } as ContactDraft;
  } catch {
    return empty;
  }
}

/** The form that a contact on record fills, for writing it anew. Its promises are corrected by themselves. */
export function draftOf(input: ContactInput): ContactDraft {
  const { company, when, people, hold, talk, transfers, number, companyReference, summary, verbatim } = input;
  const { direction, channel, failures, supervisor, madeBy, basis } = input;
  return {
    ...emptyDraft(company, ''),
    moment: 'earlier',
    when: splitWhen(when),
    people: people.length > 0 ? people.map((person) => ({ ...person })) : [{ ...emptyPerson }],
    ...{ hold, talk, transfers, number, companyReference, summary, verbatim },
    ...{ direction, channel, failures: [...failures], supervisor, madeBy, basis },
  };
}

/** The channels on which one waits, talks and is passed on. */
export function isSpoken(channel: string): boolean {
  return channel === 'phone' || channel === 'chat' || channel === 'in_person';
}

export function contactInput(draft: ContactDraft, caseId: string, zone: string, today: string): ContactInput {
  const when = draft.moment === 'now' ? '' : joinWhen(draft.when) || '?';
  const spoken = isSpoken(draft.channel);
  const from = dayOf(when, today);
  return {
    caseId,
    company: draft.partyId || draft.newCompany,
    role: draft.partyId ? '' : draft.role,
    when,
    zone,
    offset: draft.offset,
    direction: draft.direction,
    channel: draft.channel,
    people: draft.people.filter(isSomebody).map((person) => ({ ...person, name: person.refused ? '' : person.name })),
    hold: spoken ? draft.hold : '',
    talk: spoken ? draft.talk : '',
    transfers: spoken ? draft.transfers : '',
    number: draft.channel === 'phone' ? draft.number : '',
    companyReference: draft.companyReference,
    summary: draft.summary,
    verbatim: draft.verbatim,
    failures: draft.failures,
    supervisor: draft.supervisor,
    madeBy: draft.madeBy,
    basis: draft.basis,
    promises: draft.promises.map((promise) => promiseTerms(promise, from)),
  };
}
