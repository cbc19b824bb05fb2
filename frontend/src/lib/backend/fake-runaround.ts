/** The runaround of the fake backend: one that tells everything there is to tell, and the contradictions that were pinned. */
import { Failure, type FieldProblem, type TimelineItem } from './backend';
import type {
  ContradictionInput,
  ContradictionView,
  RunaroundPage,
  RunaroundPlace,
  RunaroundTurn,
  RunaroundView,
} from './runaround';

const turn: RunaroundTurn = {
  contactId: '',
  wall: '',
  channel: 'phone',
  direction: 'outgoing',
  from: '',
  to: '',
  fromPlace: 0,
  toPlace: -1,
  people: [],
  transfers: 0,
  retold: 0,
  holdSeconds: -1,
  time: 0,
  back: false,
  circle: false,
  deadEnd: false,
};

const place: RunaroundPlace = { name: '', role: '', contacts: 0, holdSeconds: 0, sentHere: 0, deadEnd: false };

const turns: RunaroundTurn[] = [
  {
    ...turn,
    contactId: 'c1',
    wall: '2026-06-18T10:05',
    from: 'Almacenes Miramar',
    to: 'Transportes Rauda',
    toPlace: 1,
    people: [
      { name: 'Marta R.', refused: false, position: 'customer service' },
      { name: 'Iván Soler', refused: false, position: 'supervisor' },
    ],
    transfers: 2,
    holdSeconds: 2280,
    time: 1,
  },
  {
    ...turn,
    contactId: 'c2',
    wall: '2026-06-22T16:40',
    from: 'Transportes Rauda',
    fromPlace: 1,
    to: 'Almacenes Miramar',
    toPlace: 0,
    people: [{ name: '', refused: true, position: 'agent' }],
    retold: 1,
    holdSeconds: 1560,
    time: 1,
    back: true,
    circle: true,
  },
  {
    ...turn,
    contactId: 'c3',
    wall: '2026-08-03T11:20',
    from: 'Almacenes Miramar',
    to: 'the website',
    toPlace: 2,
    time: 1,
    deadEnd: true,
  },
];

export const fakeRunaround: RunaroundView = {
  transfers: 2,
  sentOn: 3,
  retold: 1,
  holdSeconds: 3840,
  placeCount: 3,
  places: [
    { ...place, name: 'Almacenes Miramar', role: 'seller', contacts: 4, holdSeconds: 2280, sentHere: 1 },
    { ...place, name: 'Transportes Rauda', role: 'carrier', contacts: 1, holdSeconds: 1560, sentHere: 1 },
    { ...place, name: 'the website', sentHere: 1, deadEnd: true },
  ],
  routes: [
    { from: 0, to: 1, times: 1, contactId: 'c1' },
    { from: 1, to: 0, times: 1, contactId: 'c2' },
    { from: 0, to: 2, times: 1, contactId: 'c3' },
  ],
  routeCount: 3,
  turns: { first: 0, total: turns.length, items: turns },
};

export class FakeRunaround {
  /** What is told; a test says otherwise. */
  told: RunaroundView = fakeRunaround;
  readonly #pinned: ContradictionView[] = [];
  readonly #itemOf: (caseId: string, entryId: string) => TimelineItem | undefined;

  constructor(itemOf: (caseId: string, entryId: string) => TimelineItem | undefined) {
    this.#itemOf = itemOf;
  }

  page(first: number, limit: number): RunaroundPage {
    return { ...this.told.turns, first, items: this.told.turns.items.slice(first, first + limit) };
  }

  pinned(): ContradictionView[] {
    return [...this.#pinned];
  }

  pin(id: string, input: ContradictionInput): string {
    this.#pinned.push({ ...this.#viewOf(id, input), corrected: false });
    return id;
  }

  correct(id: string, input: ContradictionInput): void {
    const at = this.#pinned.findIndex((one) => one.id === id);
    this.#pinned[at] = { ...this.#viewOf(id, input), corrected: true };
  }

  #viewOf(id: string, { caseId, question, note, answers }: ContradictionInput) {
    const fields: Record<string, FieldProblem> = {};
    const require = (field: string, typed: string) => {
      if (!typed.trim()) fields[field] = { code: 'missing', values: { field } };
    };
    require('question', question);
    answers.forEach(({ entryId, said }, number) => {
      require(`answers.${number}.answer_of`, entryId);
      require(`answers.${number}.answer`, said);
    });
    const [first] = Object.values(fields);
    if (first) throw new Failure(first.code, first.values, fields);
    return {
      id,
      question,
      note,
      answers: answers.map(({ entryId, said }) => {
        const item = this.#itemOf(caseId, entryId);
        return { entryId, said, state: 'counts' as const, ...(item && { item }) };
      }),
    };
  }
}
