/** What the fake backend says of people and companies: counted from its cases, as Go counts them. */
import { fold } from '../text/fold';
import type { PersonView, PromiseView, TimelineItem } from './backend';
import type { FakeCase } from './fake-data';
import type {
  Company,
  CompanyCorrection,
  CompanyPage,
  Dealings,
  PeoplePage,
  PeopleQuery,
  PersonCorrection,
  SimilarPeople,
  Somebody,
} from './people';

function dealingsOf(contacts: TimelineItem[], promises: PromiseView[]): Dealings {
  const walls = contacts.map(({ wall }) => wall).sort();
  const inState = (state: string) => promises.filter((promise) => promise.state === state).length;
  return {
    contacts: contacts.length,
    calls: contacts.filter(({ channel }) => channel === 'phone').length,
    holdSeconds: contacts.reduce((sum, { holdSeconds }) => sum + holdSeconds, 0),
    refusedHelp: contacts.filter(({ failures }) => failures.includes('policy_wall')).length,
    promises: promises.length,
    kept: inState('kept'),
    late: inState('late'),
    broken: inState('broken'),
    overdue: inState('overdue'),
    open: inState('open'),
    firstContact: walls[0] ?? '',
    lastContact: walls.at(-1) ?? '',
  };
}

const contactsOf = (view: FakeCase) => view.timeline.filter(({ kind }) => kind === 'contact');

/** Those who were joined stand together, where the first of them stands. */
function groupsOf({ people, joined = [] }: FakeCase): PersonView[][] {
  const groupOf = (person: PersonView) => joined.find((group) => group.includes(person.id));
  return people
    .filter((person) => people.find(({ id }) => groupOf(person)?.includes(id) ?? id === person.id) === person)
    .map((person) => people.filter(({ id }) => groupOf(person)?.includes(id) ?? id === person.id));
}

function somebodyOf(view: FakeCase, members: PersonView[]): Somebody {
  const names = members.map(({ name }) => name);
  const partyId = members[0]?.partyId ?? '';
  const spoken = contactsOf(view).filter(
    (item) => item.partyId === partyId && item.people.some(({ name }) => names.includes(name)),
  );
  return {
    members: members.map(({ id, name, refused, position }) => ({ id, name, refused, position, partyId })),
    caseId: view.id,
    caseTitle: view.title,
    partyId,
    party: view.parties.find(({ id }) => id === partyId)?.name ?? '',
    dealings: dealingsOf(
      spoken,
      view.promises.filter(({ person }) => person && names.includes(person)),
    ),
  };
}

function beginSo(said: string[], words: string): boolean {
  const there = fold(said.join(' ')).split(/\s+/);
  return fold(words)
    .split(/\s+/)
    .every((word) => there.some((known) => known.startsWith(word)));
}

const orders: Record<string, (of: Dealings) => number | string> = {
  contacts: ({ contacts }) => contacts,
  last_contact: ({ lastContact }) => lastContact,
  hold: ({ holdSeconds }) => holdSeconds,
  not_kept: ({ broken, overdue }) => broken + overdue,
};

function sorted<One extends { dealings: Dealings }>(list: One[], order: string, name: (one: One) => string): One[] {
  const by = orders[order] ?? (() => 0);
  return list.sort((a, b) => {
    const [one, other] = [by(a.dealings), by(b.dealings)];
    if (one === other) return name(a).localeCompare(name(b), 'en');
    return one > other ? -1 : 1;
  });
}

const nameOf = ({ members }: Somebody) => members.find(({ name }) => name)?.name ?? '\uffff';

export function peoplePage(cases: FakeCase[], query: PeopleQuery): PeoplePage {
  const found = cases
    .filter(({ id }) => !query.caseId || id === query.caseId)
    .flatMap((view) => groupsOf(view).map((group) => somebodyOf(view, group)))
    .filter(({ members }) => !query.personId || members.some(({ id }) => id === query.personId))
    .filter(({ members }) => {
      const given = members.some(({ name }) => name);
      return !query.names || (query.names === 'given' ? given : !given && members.some(({ refused }) => refused));
    })
    .filter(({ members, party }) =>
      beginSo([party, ...members.flatMap(({ name, position }) => [name, position])], query.words),
    );
  const people = sorted(found, query.order, nameOf);
  return { total: people.length, people: people.slice(query.first, query.first + query.limit) };
}

function companyOf(view: FakeCase, { id, name, role, references }: FakeCase['parties'][number]): Company {
  return {
    id,
    name,
    role,
    references,
    domains: [],
    address: '',
    caseId: view.id,
    caseTitle: view.title,
    people: groupsOf(view).filter(([member]) => member?.partyId === id).length,
    refusedNames: view.people.filter(({ partyId, refused }) => partyId === id && refused).length,
    dealings: dealingsOf(
      contactsOf(view).filter(({ partyId }) => partyId === id),
      view.promises.filter(({ partyId }) => partyId === id),
    ),
  };
}

export function companyPage(cases: FakeCase[], query: PeopleQuery): CompanyPage {
  const found = cases
    .filter(({ id }) => !query.caseId || id === query.caseId)
    .flatMap((view) => view.parties.map((party) => companyOf(view, party)))
    .filter(({ name, references }) => beginSo([name, ...references.map(({ number }) => number)], query.words));
  const companies = sorted(found, query.order, ({ name }) => name);
  return { total: companies.length, companies: companies.slice(query.first, query.first + query.limit) };
}

/** Those of one company whose names begin with the same word. */
export function similarPeople(view: FakeCase): SimilarPeople[] {
  const people = groupsOf(view).map((group) => somebodyOf(view, group));
  const first = ({ members }: Somebody) => fold(members[0]?.name ?? '').split(/[\s.]+/)[0];
  return people.flatMap((one, at) =>
    people
      .slice(at + 1)
      .filter((other) => first(one) && first(one) === first(other) && one.partyId === other.partyId)
      .map((other) => ({ one, other })),
  );
}

export function corrected(view: FakeCase, { personId, name, refused, position, company }: PersonCorrection): FakeCase {
  const people = view.people.map((person) =>
    person.id === personId ? { ...person, name: refused ? '' : name, refused, position, partyId: company } : person,
  );
  return { ...view, people };
}

export function renamed(view: FakeCase, { companyId, name, role, references }: CompanyCorrection): FakeCase {
  const parties = view.parties.map((party) => (party.id === companyId ? { ...party, name, role, references } : party));
  return { ...view, parties };
}
