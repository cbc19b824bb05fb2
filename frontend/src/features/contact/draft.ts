/** The contact form as it is typed. It is kept as it is until it is saved or thrown away. */
import type { ContactInput } from '../../lib/backend/backend';
import { typedWall } from '../../lib/dates/dates';
import { emptyPerson, isSomebody, type TypedPerson } from '../../lib/forms/person';
import { emptyPromise, promiseTerms, type TypedPromise } from '../../lib/forms/promise';

export interface ContactDraft {
  /** A party's id, or empty for a company the case does not know yet. */
  partyId: string;
  newCompany: string;
  role: string;
  /** As it is typed; empty is just now. */
  when: string;
  offset: string;
  direction: string;
  channel: string;
  people: TypedPerson[];
  hold: string;
  talk: string;
  transfers: string;
  /** How often the whole story had to be told again. */
  retold: string;
  /** A company, or somewhere in words. */
  sentTo: string;
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

export function emptyDraft(partyId: string, currency = 'EUR'): ContactDraft {
  return {
    partyId,
    newCompany: '',
    role: 'other',
    when: '',
    offset: '',
    direction: 'outgoing',
    channel: 'phone',
    people: [{ ...emptyPerson }],
    hold: '',
    talk: '',
    transfers: '',
    retold: '',
    sentTo: '',
    number: '',
    companyReference: '',
    summary: '',
    verbatim: '',
    failures: [],
    supervisor: '',
    madeBy: '',
    basis: 'memory',
    promises: [emptyPromise(currency)],
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
    ...emptyDraft(company),
    when: typedWall(when),
    promises: [],
    people: people.length > 0 ? people.map((person) => ({ ...person })) : [{ ...emptyPerson }],
    ...{
      hold,
      talk,
      transfers,
      retold: input.retold ?? '',
      sentTo: input.sentTo ?? '',
      number,
      companyReference,
      summary,
      verbatim,
    },
    ...{ direction, channel, failures: [...failures], supervisor, madeBy, basis },
  };
}

/** The channels on which one waits, talks and is passed on. */
export function isSpoken(channel: string): boolean {
  return channel === 'phone' || channel === 'chat' || channel === 'in_person';
}

export function contactInput(draft: ContactDraft, caseId: string, zone: string): ContactInput {
  const spoken = isSpoken(draft.channel);
  return {
    caseId,
    company: draft.partyId || draft.newCompany,
    role: draft.partyId ? '' : draft.role,
    when: draft.when,
    zone,
    offset: draft.offset,
    direction: draft.direction,
    channel: draft.channel,
    people: draft.people.filter(isSomebody).map((person) => ({ ...person, name: person.refused ? '' : person.name })),
    hold: spoken ? draft.hold : '',
    talk: spoken ? draft.talk : '',
    transfers: spoken ? draft.transfers : '',
    retold: draft.retold,
    sentTo: draft.sentTo,
    number: draft.channel === 'phone' ? draft.number : '',
    companyReference: draft.companyReference,
    summary: draft.summary,
    verbatim: draft.verbatim,
    failures: draft.failures,
    supervisor: draft.supervisor,
    madeBy: draft.madeBy,
    basis: draft.basis,
    promises: withoutEmptyEnd(draft.promises).map(promiseTerms),
  };
}

/** The promises up to the last one with anything in it: the form has an empty one to begin with. */
function withoutEmptyEnd(promises: TypedPromise[]): TypedPromise[] {
  const last = promises.findLastIndex((promise) => `${promise.what}${promise.due}${promise.amount}`.trim() !== '');
  return promises.slice(0, last + 1);
}
