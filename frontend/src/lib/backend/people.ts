/** What the page asks of people and companies: the shapes of app/dto_people.go. */
import type { Reference } from './backend';

/** Which people or companies are wanted, in which order, and which part of them. What is empty asks for nothing. */
export interface PeopleQuery {
  /** Empty: all cases. */
  caseId: string;
  /** The one who goes by this id, too. */
  personId: string;
  /** Beginnings of words of a name, a position or a company, accents aside. */
  words: string;
  /** given, refused, or empty: everybody. */
  names: string;
  /** name, contacts, last_contact, hold or not_kept. */
  order: string;
  /** How many stand before. */
  first: number;
  limit: number;
}

/** What there was with a person or a company. */
export interface Dealings {
  contacts: number;
  /** Contacts by phone. */
  calls: number;
  holdSeconds: number;
  /** Contacts in which help was refused. */
  refusedHelp: number;
  promises: number;
  /** In time. */
  kept: number;
  late: number;
  broken: number;
  overdue: number;
  open: number;
  /** As much of the wall time as is known; empty when there was none. */
  firstContact: string;
  lastContact: string;
}

/** Somebody under the name they gave. */
export interface PersonName {
  id: string;
  name: string;
  refused: boolean;
  position: string;
  partyId: string;
}

/** A person who was spoken to, under one name or several, which the person joined. */
export interface Somebody {
  /** At least one. */
  members: PersonName[];
  caseId: string;
  caseTitle: string;
  partyId: string;
  party: string;
  dealings: Dealings;
}

export interface PeoplePage {
  total: number;
  people: Somebody[];
}

/** Two who could be the same person. */
export interface SimilarPeople {
  one: Somebody;
  other: Somebody;
}

/** A company of a case with all that there was with it. */
export interface Company {
  id: string;
  name: string;
  role: string;
  references: Reference[];
  /** That it writes mail from. */
  domains: string[];
  /** Postal, a line each. */
  address: string;
  caseId: string;
  caseTitle: string;
  /** How many different ones were spoken to. */
  people: number;
  /** How often a name was refused. */
  refusedNames: number;
  dealings: Dealings;
}

export interface CompanyPage {
  total: number;
  companies: Company[];
}

/** Somebody as they should have been written down. */
export interface PersonCorrection {
  caseId: string;
  personId: string;
  name: string;
  refused: boolean;
  position: string;
  /** A company's id. */
  company: string;
  reason: string;
}

/** A company as it should have been written down. */
export interface CompanyCorrection {
  caseId: string;
  companyId: string;
  name: string;
  role: string;
  /** Those with nothing in them are left out. */
  references: Reference[];
  /** With commas or spaces between them. */
  domains: string;
  /** Postal, a line each. */
  address: string;
  reason: string;
}

/** Everybody, by name. */
export const everybody: PeopleQuery = {
  caseId: '',
  personId: '',
  words: '',
  names: '',
  order: 'name',
  first: 0,
  limit: 100,
};

export interface PeopleBackend {
  peoplePage(query: PeopleQuery): Promise<PeoplePage>;
  companyPage(query: PeopleQuery): Promise<CompanyPage>;
  similarPeople(caseId: string): Promise<SimilarPeople[]>;
  /** Says that they are one and the same; gives the join's id. */
  joinPeople(caseId: string, personIds: string[]): Promise<string>;
  /** Takes back all joins that make somebody one with others; gives a retraction's id. */
  partPeople(personId: string): Promise<string>;
  /** Gives the correction's id. */
  correctPerson(correction: PersonCorrection): Promise<string>;
  correctCompany(correction: CompanyCorrection): Promise<string>;
}
