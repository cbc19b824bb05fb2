/** How the fake puts cases and contacts on record. */
import type { CaseInput, ContactInput, Figures } from './backend';
import { emptyItem, refuseEmpty, sampleCase, type FakeCase } from './fake-data';
import { madePromise } from './fake-promises';

type NewId = (kind: string) => string;

export function newCase(input: CaseInput, newId: NewId): FakeCase {
  refuseEmpty({ title: input.title, company: input.company });
  const id = newId('case');
  const party = { id: newId('party'), name: input.company, role: input.role, references: [], contacts: 0 };
  const none = Object.fromEntries(Object.keys(sampleCase.figures).map((key) => [key, 0]));
  return {
    ...sampleCase,
    id,
    title: input.title,
    summary: input.summary,
    stillConcerned: '',
    outcome: input.outcome.split('\n').filter(Boolean),
    answerBy: '',
    claimed: undefined,
    figures: { ...(none as unknown as Figures), claimed: undefined },
    parties: [party],
    people: [],
    timeline: [],
    promises: [],
    evidence: [],
  };
}

/** A case with a contact that is logged in it. */
export function withContact(view: FakeCase, id: string, input: ContactInput, newId: NewId): FakeCase {
  const party = view.parties.find((known) => known.id === input.company);
  const name = party?.name ?? input.company;
  const wall = input.when || `${view.today}T12:00`;
  const promised = input.promises.map((terms) => madePromise(newId('promise'), terms, wall, name, id));
  const contact = {
    ...emptyItem,
    id,
    day: wall.slice(0, 10),
    wall,
    channel: input.channel,
    direction: input.direction,
    partyId: party?.id ?? input.company,
    party: name,
    people: input.people,
    summary: input.summary,
    verbatim: input.verbatim,
    companyReference: input.companyReference,
    failures: input.failures,
    basis: input.basis,
    promiseIds: promised.map((made) => made.id),
  };
  return {
    ...view,
    figures: { ...view.figures, contacts: view.figures.contacts + 1 },
    promises: [...view.promises, ...promised],
    timeline: [...view.timeline, contact],
  };
}
