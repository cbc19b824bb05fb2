/** A small dispute with invented people and companies, for the fake backend. */
import { Failure, type FieldProblem } from './backend';
import type {
  CaseView,
  Choices,
  CorrectionView,
  EvidenceView,
  Figures,
  PersonView,
  PromiseView,
  TimelineItem,
} from './backend';

/** A case as the fake backend keeps it: everything, of which it gives the parts. */
export interface FakeCase extends Omit<CaseView, 'counts' | 'standing'> {
  figures: Figures;
  /** Oldest first. */
  timeline: TimelineItem[];
  evidence: EvidenceView[];
  /** The groups of those who were joined, by their ids. */
  joined?: string[][];
}

/** The domains that companies of the sample case write from, by the company’s id. */
export const mailDomains: Readonly<Record<string, string[]>> = { shop: ['miramar.example'] };

export const choices: Choices = {
  roles: ['seller', 'carrier', 'insurer', 'manufacturer', 'bank', 'platform', 'other'],
  channels: ['phone', 'email', 'chat', 'in_person', 'letter', 'web_form', 'social_media', 'comment_card', 'other'],
  directions: ['outgoing', 'incoming'],
  bases: ['memory', 'note', 'phone_log', 'company_document'],
  supervisors: ['put_on', 'refused', 'call_back_promised', 'nobody_came'],
  outcomes: ['kept', 'late', 'broken', 'withdrawn'],
  endings: ['satisfied', 'sceptical', 'partly', 'unresolved', 'went_public', 'gave_up', 'left_for_a_competitor'],
  failures: [
    'long_wait',
    'transfer_chain',
    'repeat_story',
    'promise_broken',
    'no_owner',
    'no_authority',
    'unable_agent',
    'uninformed',
    'phone_maze',
    'robocall',
    'script',
    'policy_wall',
    'blamed',
    'rude',
    'indifferent',
    'deflected',
    'unreachable',
    'website_failed',
    'ignored',
    'trivialised',
    'policy_broken',
    'not_delivered',
    'late_or_spoiled',
    'slow_remedy',
    'dead_ticket',
    'stalled',
    'retaliation',
    'pressure',
    'helped',
  ],
  consents: ['own_conversation', 'announced', 'agreed'],
  editions: ['head-office', 'regulator', 'press'],
  sections: ['figures', 'chronology', 'emails'],
};

const item: TimelineItem = {
  id: '',
  kind: 'contact',
  day: '',
  wall: '',
  end: '',
  channel: 'phone',
  direction: 'outgoing',
  partyId: 'shop',
  party: 'Almacenes Miramar',
  people: [],
  summary: '',
  verbatim: '',
  holdSeconds: 0,
  talkSeconds: 0,
  transfers: 0,
  number: '',
  companyReference: '',
  failures: [],
  supervisor: '',
  madeBy: '',
  basis: 'note',
  remedy: '',
  remedyAnswer: '',
  recorded: 'live',
  recordedAt: '',
  corrected: false,
  rivals: false,
  from: '',
  to: '',
  subject: '',
  attachments: 0,
  promiseIds: [],
  evidenceIds: [],
  outcome: '',
};

const promise: PromiseView = {
  id: '',
  what: '',
  partyId: 'shop',
  party: 'Almacenes Miramar',
  person: '',
  madeOn: '',
  madeIn: '',
  byEmail: false,
  dueDay: '',
  dueClock: '',
  state: 'overdue',
  daysLate: 0,
  earlier: [],
  shownBy: [],
  corrected: false,
  rivals: false,
  settledOn: '',
  note: '',
};

const carrier = { partyId: 'carrier', party: 'Transportes Rauda' };
const person = (name: string, position = '') => ({ name, position, refused: false });

const timeline: TimelineItem[] = [
  {
    ...item,
    id: 'c1',
    day: '2026-06-18',
    wall: '2026-06-18T10:05',
    people: [person('Marta R.', 'customer service')],
    summary:
      'Told her that the parcel shows as delivered and never came. She opened an incident and asked for 48 hours.',
    holdSeconds: 1260,
    talkSeconds: 410,
    transfers: 1,
    companyReference: 'INC-20871',
    failures: ['long_wait'],
    promiseIds: ['p1'],
  },
  {
    ...item,
    ...carrier,
    id: 'c2',
    day: '2026-06-22',
    wall: '2026-06-22T16:40',
    people: [{ name: '', position: 'agent', refused: true }],
    summary: 'The carrier says only the sender may ask about the parcel, and hung up after the third question.',
    verbatim: 'Eso lo tiene que reclamar quien lo envió, nosotros no podemos decirle nada.',
    holdSeconds: 2580,
    talkSeconds: 190,
    transfers: 3,
    failures: ['transfer_chain', 'deflected', 'rude'],
    corrected: true,
    rivals: true,
    basis: 'memory',
    recorded: 'later',
    recordedAt: '2026-07-01T18:00:00Z',
  },
  {
    ...item,
    id: 'm1',
    kind: 'message',
    day: '2026-06-29',
    wall: '2026-06-29T09:12',
    channel: 'email',
    direction: 'incoming',
    summary: 'Dear customer, we have reviewed your request and the parcel appears as delivered.',
    from: 'Atención al Cliente <atencion@miramar.example>',
    to: 'Nuria Ferrer',
    subject: 'Re: Pedido 88-4410, paquete no recibido',
    attachments: 1,
    basis: '',
    recorded: '',
  },
  {
    ...item,
    id: 'c3',
    day: '2026-08-03',
    wall: '2026-08-03T11:20',
    people: [person('Iván Soler', 'supervisor')],
    summary:
      'A supervisor at last. He confirms that the signature on the delivery note is not mine and promises the refund.',
    holdSeconds: 3120,
    talkSeconds: 1150,
    transfers: 2,
    companyReference: 'INC-20871/2',
    supervisor: 'put_on',
    failures: ['repeat_story', 'helped'],
    promiseIds: ['p2', 'p3'],
    evidenceIds: ['e1'],
  },
  {
    ...item,
    id: 's1',
    kind: 'settlement',
    day: '2026-08-04',
    wall: '2026-08-04',
    channel: '',
    direction: '',
    basis: '',
    recorded: '',
    outcome: 'kept',
    promiseIds: ['p3'],
  },
  {
    ...item,
    id: 'c4',
    day: '2026-10-09',
    wall: '2026-10-09T12:00',
    channel: 'in_person',
    people: [person('Encarna', 'desk 3')],
    summary: 'Went to the store. They say refunds are decided elsewhere and nobody there may sign anything.',
    failures: ['no_owner', 'policy_wall'],
    basis: 'memory',
    recorded: 'same_day',
  },
];

const promises: PromiseView[] = [
  {
    ...promise,
    id: 'p1',
    what: 'Answer about the incident within 48 hours',
    person: 'Marta R.',
    madeOn: '2026-06-18',
    madeIn: 'c1',
    dueDay: '2026-06-20',
    state: 'broken',
    daysLate: 155,
    note: 'Nobody called.',
  },
  {
    ...promise,
    id: 'p2',
    what: 'Refund the whole order to the card',
    person: 'Iván Soler',
    madeOn: '2026-08-03',
    madeIn: 'c3',
    dueDay: '2026-08-18',
    amount: { minor: 43820, currency: 'EUR' },
    daysLate: 96,
    earlier: ['p1'],
  },
  {
    ...promise,
    id: 'p3',
    what: 'Send a copy of the delivery note by email',
    person: 'Iván Soler',
    madeOn: '2026-08-03',
    madeIn: 'c3',
    dueDay: '2026-08-05',
    state: 'kept',
    settledOn: '2026-08-04',
  },
];

const evidence: EvidenceView[] = [
  {
    id: 'e1',
    label: 'A-1',
    fileName: 'albaran-firma.jpg',
    mediaType: 'image/jpeg',
    kind: 'image',
    shownAs: 'image',
    openable: true,
    sha256: '9f2c1a77d0b84e65aa3b1fe9c2d4470be65c8b1f1c0f2f2b7e2f4f0d5a1b3c4d',
    size: 482113,
    shows: 'Delivery note with a signature that is not mine',
    day: '2026-08-04',
    wall: '2026-08-04',
    consent: '',
    contactId: 'c3',
    messageId: '',
  },
  {
    id: 'e2',
    label: 'A-2',
    fileName: 'factura-88-4410.pdf',
    mediaType: 'application/pdf',
    kind: 'pdf',
    shownAs: '',
    openable: true,
    sha256: '17aa1f77d0b84e65aa3b1fe9c2d4470be65c8b1f1c0f2f2b7e2f4f0d5a1b3c4d',
    size: 88120,
    shows: 'Invoice of the order',
    day: '',
    wall: '',
    consent: '',
    contactId: '',
    messageId: '',
  },
];

const people: PersonView[] = [
  { id: 'marta', partyId: 'shop', name: 'Marta R.', refused: false, position: 'customer service', contacts: 1 },
  { id: 'ivan', partyId: 'shop', name: 'Iván Soler', refused: false, position: 'supervisor', contacts: 1 },
  { id: 'encarna', partyId: 'shop', name: 'Encarna', refused: false, position: 'desk 3', contacts: 1 },
  { id: 'refused', partyId: 'carrier', name: '', refused: true, position: 'agent', contacts: 1 },
];

export const sampleCase: FakeCase = {
  id: 'parcel',
  title: 'Parcel lost between store and carrier',
  summary: 'An order of 438.20 € was marked as delivered in June. It never came.',
  stillConcerned: 'The refund was promised twice and has not been paid.',
  outcome: ['Refund of the whole order', 'A written explanation of whose signature is on the note'],
  answerBy: '2026-12-01',
  claimed: { minor: 43820, currency: 'EUR' },
  corrected: false,
  rivals: false,
  zone: 'Europe/Madrid',
  today: '2026-11-22',
  figures: {
    days: 158,
    contacts: 5,
    calls: 3,
    messages: 1,
    people: 4,
    refusedNames: 1,
    holdSeconds: 6960,
    longestHoldSeconds: 3120,
    transfers: 6,
    promises: 3,
    promisesKept: 1,
    promisesNotKept: 2,
    promisesOpen: 0,
    evidence: 2,
    claimed: { minor: 43820, currency: 'EUR' },
  },
  parties: [
    {
      id: 'shop',
      name: 'Almacenes Miramar',
      role: 'seller',
      references: [
        { label: 'Order', number: '88-4410' },
        { label: 'Incident', number: 'INC-20871' },
      ],
      contacts: 4,
    },
    {
      id: 'carrier',
      name: 'Transportes Rauda',
      role: 'carrier',
      references: [{ label: 'Tracking', number: 'RA 5521 0098 ES' }],
      contacts: 1,
    },
  ],
  people,
  timeline,
  promises,
  evidence,
};

export { item as emptyItem, promise as emptyPromise };

/** By the id of what they correct. */
export const corrections: Readonly<Record<string, CorrectionView[]>> = {
  c2: [
    {
      id: 'k1',
      recordedAt: '2026-07-02T08:30:00Z',
      reason: 'The phone’s log says so',
      changes: [{ field: 'hold_seconds', before: '35 min', after: '43 min' }],
    },
    {
      id: 'k2',
      recordedAt: '2026-07-03T19:00:00Z',
      reason: '',
      changes: [{ field: 'number', before: '', after: '900 100 200' }],
    },
  ],
};

/** Refuses like Go does: the first empty field stands for all. */
export function refuseEmpty(required: Record<string, string>): void {
  const fields: Record<string, FieldProblem> = {};
  for (const [field, value] of Object.entries(required)) {
    if (!value.trim()) fields[field] = { code: 'missing', values: { field } };
  }
  const first = Object.values(fields)[0];
  if (first) throw new Failure(first.code, first.values, fields);
}
