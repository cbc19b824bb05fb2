/** Calls that go on, in the memory of the page. */
import { Failure, type Backend, type ContactInput } from './backend';
import type { CallInput, CallNote, CallsBackend, CallView, SavedCall } from './calls';

const nothingTyped: ContactInput = {
  caseId: '',
  company: '',
  role: '',
  when: '',
  zone: '',
  offset: '',
  direction: '',
  channel: '',
  people: [],
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
  basis: '',
  promises: [],
};

export class FakeCalls implements CallsBackend {
  readonly #backend: Pick<Backend, 'newCase' | 'logContact'>;
  readonly #today: () => string;
  readonly #calls = new Map<string, CallView>();
  readonly #discarded = new Map<string, CallView>();
  #next = 1;
  /** Whether the window is the small one. */
  floating = false;

  /** today is the day it is in that program, whatever day the machine has. */
  constructor(backend: Pick<Backend, 'newCase' | 'logContact'>, today = () => wallOf(new Date()).slice(0, 10)) {
    this.#backend = backend;
    this.#today = today;
  }

  async beginCall(caseId: string): Promise<CallView> {
    const now = new Date();
    const call: CallView = {
      id: `call-${this.#next++}`,
      caseId,
      beganAt: now.toISOString(),
      endedAt: '',
      began: this.#today() + wallOf(now).slice(10),
      now: now.toISOString(),
      notes: [],
      form: '',
      typed: { ...nothingTyped, caseId },
    };
    this.#calls.set(call.id, call);
    return call;
  }

  async calls(): Promise<CallView[]> {
    return [...this.#calls.values()];
  }

  async openCall(id: string): Promise<CallView> {
    const call = this.#calls.get(id);
    if (!call) throw new Failure('not_found', { kind: 'draft', value: id });
    return { ...call, now: new Date().toISOString() };
  }

  async keepCall(id: string, typed: ContactInput, form: string): Promise<void> {
    await this.#change(id, { typed, form });
  }

  async noteInCall(id: string, text: string): Promise<CallNote> {
    const call = await this.openCall(id);
    const now = new Date();
    const number = Math.max(0, ...call.notes.map((note) => note.number)) + 1;
    const note = { number, at: now.toISOString(), clock: wallOf(now).slice(11), text };
    await this.#change(id, { notes: [...call.notes, note] });
    return note;
  }

  async changeCallNote(id: string, number: number, text: string): Promise<void> {
    const { notes } = await this.openCall(id);
    const changed = notes.map((note) => (note.number === number ? { ...note, text: text.trim() } : note));
    await this.#change(id, { notes: changed.filter((note) => note.text) });
  }

  async endCall(id: string, at: string): Promise<CallView> {
    return this.#change(id, { endedAt: at || new Date().toISOString() });
  }

  async resumeCall(id: string): Promise<CallView> {
    return this.#change(id, { endedAt: '' });
  }

  async saveCall(id: string, { contact, newCase }: CallInput): Promise<SavedCall> {
    const call = await this.openCall(id);
    const notes = call.notes.map((note) => `${note.clock} ${note.text}`);
    const summary = [contact.summary, notes.join('\n')].filter(Boolean).join('\n\n');
    const missing = (field: string) =>
      new Failure('missing', { field }, { [field]: { code: 'missing', values: { field } } });
    if (!contact.company.trim()) throw missing('company');
    const says = summary || contact.companyReference || contact.hold || contact.failures.length > 0;
    if (!says && contact.people.length === 0 && contact.promises.length === 0) throw missing('summary');
    if (!contact.caseId && !newCase) throw missing('case');
    const caseId = newCase
      ? await this.#backend.newCase({
          title: newCase,
          company: contact.company,
          role: '',
          referenceLabel: '',
          referenceNumber: '',
          summary: '',
          outcome: '',
          claimed: '',
          currency: 'EUR',
          zone: contact.zone,
        })
      : contact.caseId;
    const saved = { ...contact, caseId, summary: summary || '–', when: call.began };
    const contactId = await this.#backend.logContact(saved);
    this.#calls.delete(id);
    return { caseId, contactId, entryIds: [contactId] };
  }

  async discardCall(id: string): Promise<void> {
    this.#discarded.set(id, await this.openCall(id));
    this.#calls.delete(id);
  }

  async restoreCall(id: string): Promise<void> {
    const call = this.#discarded.get(id);
    if (!call) throw new Failure('not_found', { kind: 'draft', value: id });
    this.#discarded.delete(id);
    this.#calls.set(id, call);
  }

  async floatWindow(on: boolean): Promise<void> {
    this.floating = on;
  }

  async #change(id: string, changes: Partial<CallView>): Promise<CallView> {
    const call = { ...(await this.openCall(id)), ...changes };
    this.#calls.set(id, call);
    return call;
  }
}

function wallOf(at: Date): string {
  const pad = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}
