/** A call as it is typed. It is kept with every change until the call is saved or thrown away. */
import type { CaseSummary, ContactInput } from '../../lib/backend/backend';
import type { CallView } from '../../lib/backend/calls';
import { typedWall } from '../../lib/dates/dates';
import { emptyPerson, isSomebody, type TypedPerson } from '../../lib/forms/person';
import { emptyPromise, promiseTerms, type TypedPromise } from '../../lib/forms/promise';
import { fold } from '../../lib/text/fold';

/** Somebody on the line: the person may not know who. */
export interface OnTheLine extends TypedPerson {
  unknown: boolean;
}

export interface CallForm {
  company: string;
  direction: string;
  /** In the order they came on; the last one is on the line. */
  people: OnTheLine[];
  companyReference: string;
  number: string;
  /** Seconds on hold so far, without the wait that goes on. */
  heldSeconds: number;
  /** The instant the wait that goes on began, or empty. */
  heldSince: string;
  /** The time on hold as the person corrected it; empty: the clock's. */
  hold: string;
  /** How often the whole story had to be told again. */
  retold: number;
  /** Where they sent the person: a company, or somewhere in words. */
  sentTo: string;
  promises: TypedPromise[];
  /** The promise that is being typed. */
  pending: TypedPromise;
  failures: string[];
  /** What was asked for, and ticked by hand. */
  asked: string[];
  supervisor: string;
  /** The note that is being typed. */
  note: string;
  summary: string;
  /** The case the person chose; empty: the one that the company suggests. `new` begins one. */
  caseId: string;
  newCase: string;
  /** The last instant the call is known to have gone on. */
  seenAt: string;
}

export const newCase = 'new';

const nobody: OnTheLine = { ...emptyPerson, unknown: false };

export function emptyForm(): CallForm {
  return {
    company: '',
    direction: 'outgoing',
    people: [{ ...nobody }],
    companyReference: '',
    number: '',
    heldSeconds: 0,
    heldSince: '',
    hold: '',
    retold: 0,
    sentTo: '',
    promises: [],
    pending: emptyPromise(),
    failures: [],
    asked: [],
    supervisor: '',
    note: '',
    summary: '',
    caseId: '',
    newCase: '',
    seenAt: '',
  };
}

/** The form of a call that was kept; of one that was begun elsewhere, as much as can be read of it. */
export function formOf(call: CallView): CallForm {
  const empty = emptyForm();
  const kept = parse(call.form);
  if (!kept) return formOfTyped(call, empty);
  const fields = Object.entries(kept).filter(
    ([field, value]) => field in empty && typeof value === typeof empty[field as keyof CallForm],
  );
  return { ...empty, ...Object.fromEntries(fields) } as CallForm;
}

function parse(text: string): object | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    return typeof kept === 'object' && kept !== null ? kept : undefined;
  } catch {
    return undefined;
  }
}

function formOfTyped({ typed, caseId }: CallView, empty: CallForm): CallForm {
  return {
    ...empty,
    caseId: caseId || typed.caseId,
    company: typed.company,
    direction: typed.direction || empty.direction,
    people: typed.people.length > 0 ? typed.people.map((person) => ({ ...person, unknown: false })) : empty.people,
    companyReference: typed.companyReference,
    number: typed.number,
    hold: typed.hold,
    retold: Number(typed.retold) || 0,
    sentTo: typed.sentTo ?? '',
    failures: typed.failures,
    supervisor: typed.supervisor,
    summary: typed.summary,
    promises: typed.promises.map((terms) => ({ ...terms, due: typedWall(terms.due), dueWall: terms.due })),
  };
}

/** The last instant a call is known to have gone on: that it was seen, or that something was noted. */
export function lastSeen(call: CallView): string {
  const { seenAt } = formOf(call);
  return [call.beganAt, seenAt, ...call.notes.map((note) => note.at)].reduce((last, at) =>
    Date.parse(at) > Date.parse(last) ? at : last,
  );
}

/** Seconds on hold by the clock, the wait that goes on among them. */
export function holdSeconds(form: CallForm, now: number): number {
  const since = form.heldSince ? Math.max(0, now - Date.parse(form.heldSince)) / 1000 : 0;
  return Math.floor(form.heldSeconds + since);
}

/** Milliseconds as an instant in UTC. */
export function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** How often the person was passed on. */
export function transfers(form: CallForm): number {
  return Math.max(0, form.people.length - 1);
}

/** 754 → “12:34”, from an hour on “1:02:03”. */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${pad(minutes)}:${pad(whole % 60)}`;
}

/**
 * The case that a company suggests: the one with that company, the one with the latest contact where there are several,
 * and the only one there is; closed ones only where there is no other. Empty when nothing does.
 */
export function guessCase(all: CaseSummary[], company: string): string {
  const open = all.filter(({ ending }) => !ending);
  const cases = open.length > 0 ? open : all;
  const name = fold(company.trim());
  const withIt = name ? cases.filter((one) => one.companies.some((other) => fold(other) === name)) : [];
  const latest = [...withIt].sort((a, b) => b.lastContact.localeCompare(a.lastContact))[0];
  return latest?.id ?? (cases.length === 1 ? cases[0]!.id : '');
}

/** What can be put on record of a form. */
export function contactInput(form: CallForm, caseId: string, zone: string, now: number): ContactInput {
  const held = holdSeconds(form, now);
  const passedOn = transfers(form);
  const promises = [...form.promises, ...(form.pending.what.trim() ? [form.pending] : [])];
  return {
    caseId,
    company: form.company,
    role: '',
    when: '',
    zone,
    offset: '',
    direction: form.direction,
    channel: 'phone',
    people: form.people.filter(isSomebody).map(({ name, position, refused }) => ({
      name: refused ? '' : name,
      position,
      refused,
    })),
    hold: form.hold || (held > 0 ? `${Math.floor(held / 60)}:${String(held % 60).padStart(2, '0')}` : ''),
    talk: '',
    transfers: passedOn > 0 ? String(passedOn) : '',
    retold: form.retold > 0 ? String(form.retold) : '',
    sentTo: form.sentTo,
    number: form.number,
    companyReference: form.companyReference,
    summary: form.summary,
    verbatim: '',
    failures: form.failures,
    supervisor: form.supervisor,
    madeBy: '',
    basis: '',
    promises: promises.map(promiseTerms),
  };
}
