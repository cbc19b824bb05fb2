/** The fake’s share of many at once: it reads dates in figures only, and has one phone log. */
import { Failure, type ContactInput, type FieldProblem } from './backend';
import type {
  CallChoice,
  CallLog,
  CallNumber,
  CallRows,
  DateInput,
  ManyBackend,
  ManyInput,
  ManyRow,
  ManyRowRead,
  ManySaved,
} from './many';

const emptyRow: ManyRow = {
  when: '',
  company: '',
  channel: '',
  who: '',
  hold: '',
  what: '',
  promise: '',
  due: '',
  sentTo: '',
  basis: '',
  number: '',
  length: '',
  direction: '',
};

const calls: ManyRow[] = [
  { ...emptyRow, when: '2026-03-02 10:05', number: '900123456', length: '5:12', basis: 'phone_log' },
  { ...emptyRow, when: '2026-03-04 11:30', number: '900123456', length: '0:40', basis: 'phone_log' },
];

/** YYYY-MM-DD HH:MM, D/M/YYYY, or a day after the one beside it: “2 days”. */
export function readFigures({ text, beside }: Pick<DateInput, 'text' | 'beside'>): string {
  const typed = text.trim();
  const [, day, month, year, clock] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{2}:\d{2}))?$/.exec(typed) ?? [];
  if (day && month && year)
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${clock ? `T${clock}` : ''}`;
  const after = /^(\d+) days$/.exec(typed);
  if (after) {
    const at = new Date(`${beside.slice(0, 10)}T12:00Z`);
    at.setUTCDate(at.getUTCDate() + Number(after[1]));
    return at.toISOString().slice(0, 10);
  }
  if (typed && !/^\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2})?)?)?$/.test(typed))
    throw new Failure('not_a_date', { field: 'when', value: typed });
  return typed.replace(' ', 'T');
}

export class FakeMany implements ManyBackend {
  readonly #log: (input: ContactInput) => Promise<string>;
  /** What was saved last. */
  saved: ManyInput | undefined;

  constructor(log: (input: ContactInput) => Promise<string>) {
    this.#log = log;
  }

  async readDate(input: DateInput): Promise<string> {
    return readFigures(input);
  }

  async readMany(input: ManyInput): Promise<ManyRowRead[]> {
    let company = '';
    return input.rows.map((row) => {
      company = row.company || company;
      const problems: Record<string, FieldProblem> = {};
      const blank = Object.values(row).every((value) => value === '');
      const read = (field: 'when' | 'due', beside: string) => {
        try {
          return readFigures({ text: row[field], beside });
        } catch {
          problems[field] = { code: 'not_a_date', values: { field, value: row[field] } };
          return '';
        }
      };
      const when = read('when', '');
      if (!blank && !row.when) problems.when = { code: 'missing', values: { field: 'when' } };
      const due = read('due', when);
      return { blank, when, due, company, channel: row.channel || 'phone', direction: 'outgoing', problems };
    });
  }

  async saveMany(input: ManyInput): Promise<ManySaved> {
    const read = await this.readMany(input);
    const fields: Record<string, FieldProblem> = {};
    read.forEach((row, at) => {
      for (const [cell, found] of Object.entries(row.problems)) fields[`rows.${at}.${cell}`] = found;
    });
    if (Object.keys(fields).length > 0) throw new Failure('several', { count: '1' }, fields);
    this.saved = input;
    const contactIds: string[] = [];
    for (const [at, row] of input.rows.entries()) {
      const understood = read[at]!;
      if (understood.blank) continue;
      contactIds.push(
        await this.#log({
          caseId: input.caseId,
          company: understood.company,
          role: 'other',
          when: understood.when,
          zone: input.zone,
          offset: '',
          direction: understood.direction,
          channel: understood.channel,
          people: row.who ? [{ name: row.who, position: '', refused: false }] : [],
          hold: row.hold,
          talk: '',
          transfers: '',
          number: row.number,
          companyReference: '',
          summary: row.what || '—',
          verbatim: '',
          failures: [],
          supervisor: '',
          madeBy: '',
          basis: row.basis || input.basis,
          promises: row.promise
            ? [{ what: row.promise, due: understood.due, amount: '', currency: 'EUR', repeatsId: '' }]
            : [],
        }),
      );
    }
    return { contactIds };
  }

  async chooseCallLog(): Promise<CallLog> {
    return {
      id: 'log',
      fileName: 'calls.xml',
      skipped: 1,
      isTable: false,
      sure: false,
      monthFirst: false,
      header: [],
      columns: [],
      fields: [],
      sample: [],
      entries: calls.length,
      hasNumbers: true,
    };
  }

  async nameColumns(): Promise<CallLog> {
    return this.chooseCallLog();
  }

  async callNumbers(_logId: string, _caseId: string, words: string): Promise<CallNumber[]> {
    const number: CallNumber = {
      key: '900123456',
      number: '900123456',
      name: '',
      calls: calls.length,
      seconds: 352,
      first: '2026-03-02',
      last: '2026-03-04',
      company: '',
    };
    return number.number.includes(words) ? [number] : [];
  }

  async callRows(_logId: string, choices: CallChoice[]): Promise<CallRows> {
    return { rows: calls.map((row) => ({ ...row, company: choices[0]?.company ?? '' })), left: 0 };
  }
}
