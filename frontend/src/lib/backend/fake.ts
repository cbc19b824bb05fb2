/**
 * A backend that lives in the page's memory: for tests, and for working on the page without the Go side. It refuses
 * what Go refuses first (an empty summary, no company), so that screens can be seen with errors.
 */
import {
  Failure,
  noSettings,
  type Backend,
  type CaseHead,
  type CaseInput,
  type CaseStrip,
  type CaseSummary,
  type ContactInput,
  type CorrectionView,
  type EvidenceCorrection,
  type EvidenceInput,
  type EvidenceOutcome,
  type EvidenceView,
  type ExhibitNumber,
  type Figures,
  type FileOutcome,
  type FileSelection,
  type Ground,
  type PersonView,
  type PromiseInput,
  type PromisePage,
  type PromiseQuery,
  type Settings,
  type SettlementInput,
  type Standing,
  type Start,
  type TextPreview,
  type TimelineCursor,
  type TimelineFilter,
  type TimelinePage,
  type TimelinePlace,
  type Unsubscribe,
} from './backend';
import { fold, matches } from '../text/fold';
import { FakeDossiers } from './fake-made';
import type { SearchHit } from './shell';
import { choices, refuseEmpty, sampleCase, type FakeCase } from './fake-data';
import { FakeCorrections, type FakeStore } from './fake-corrections';
import { caseOfPromise, groundsSince, promisePage, withPromise, withSettled } from './fake-promises';
import { newCase, withContact } from './fake-record';
import { stripOf, timelinePage, timelinePlace } from './fake-timeline';
import { FakeMany } from './fake-many';
import { FakeMessages } from './fake-messages';
import type { CallChoice, DateInput, ManyInput } from './many';
import { FakeSettings } from './fake-settings';
import { fakeToday, firstOwed } from './fake-today';
import type {
  BackupInput,
  BackupStatus,
  BackupView,
  FolderChoice,
  RestoreInput,
  RestorePlan,
  Restored,
  SealChoice,
} from './settings';
import type { TodayView } from './today';
import type { CallInput, CallNote, CallView, SavedCall } from './calls';
import { FakeCalls } from './fake-calls';

import { FakeRunaround } from './fake-runaround';
import type { ContradictionInput, ContradictionView, RunaroundPage, RunaroundView } from './runaround';
import { report } from './fake-totals';
import type { ExpenseInput, FiguresReport } from './totals';
import { entryHistory, erasurePlan } from './fake-history';
import type { ErasurePlan, HistoryView } from './history';
import { companyPage, corrected, peoplePage, renamed, similarPeople } from './fake-people';
import type {
  CompanyCorrection,
  CompanyPage,
  PeoplePage,
  PeopleQuery,
  PersonCorrection,
  SimilarPeople,
} from './people';
import { chosenFile, fakeEvidence, nextLabel } from './fake-evidence';
import { corrections } from './fake-data';

export interface FakeOptions {
  cases?: FakeCase[];
  start?: Partial<Start>;
}

export class FakeBackend extends FakeDossiers implements Backend {
  readonly #cases: Map<string, FakeCase>;
  /** All cases as they were before an entry, or before an undo. */
  readonly #before = new Map<string, Map<string, FakeCase>>();
  readonly #kept = new FakeSettings();
  readonly #messages = new FakeMessages();
  readonly #drafts = new Map<string, string>();
  readonly #dropListeners = new Set<(selection: FileSelection) => void>();
  /** What stands behind the grid of many contacts. */
  readonly many = new FakeMany((input) => this.logContact(input));
  #start: Start;
  /** Who sent the person to whom. */
  readonly sent = new FakeRunaround((caseId, entryId) =>
    this.#cases.get(caseId)?.timeline.find(({ id }) => id === entryId),
  );
  /** The calls that go on. */
  readonly onThePhone = new FakeCalls(this, () => this.#start.today);
  readonly #store: FakeStore = {
    case: (id) => this.#case(id),
    write: (kind, view) => {
      const id = this.id(kind);
      this.#write(id, view);
      return id;
    },
    read: (text, sense, beside = '') => this.readDate({ text, zone: this.#start.zone, sense, beside }),
  };
  /** What corrects, and closes cases. */
  readonly corrected = new FakeCorrections(this.#store);
  typedContact = this.corrected.typedContact;
  correctContact = this.corrected.correctContact;
  typedPromise = this.corrected.typedPromise;
  correctPromise = this.corrected.correctPromise;
  typedExpense = this.corrected.typedExpense;
  correctExpense = this.corrected.correctExpense;
  typedCase = this.corrected.typedCase;
  correctCase = this.corrected.correctCase;
  closeCase = this.corrected.closeCase;
  reopenCase = this.corrected.reopenCase;
  readonly #menuListeners = new Set<(actionId: string) => void>();
  /** The links that were opened, by their ids. */
  readonly opened: string[] = [];
  /** What was put on the clipboard last. */
  copied = '';
  /** What the file dialog answers. */
  chosen: FileSelection = { id: 'selection', files: [chosenFile], leftOut: [] };
  /** How adding a file goes, by its name; what is not named is added. */
  readonly adding = new Map<string, Partial<FileOutcome>>();
  readonly #outcomes = new Map<string, EvidenceOutcome>();

  constructor(options: FakeOptions = {}) {
    super();
    this.#cases = new Map((options.cases ?? []).map((view) => [view.id, view]));
    this.#start = {
      version: '0.1.0',
      settings: { ...noSettings, welcomed: true },
      systemLanguage: 'en',
      zone: 'Europe/Madrid',
      today: '2026-11-22',
      libraryFolder: '/home/nuria/.local/share/constancia',
      sampleOpen: false,
      migrated: false,
      clockBehind: '',
      surprised: false,
      nativeMenu: false,
      sampleMade: false,
      choices,
      ...options.start,
    };
  }

  async start(): Promise<Start> {
    return this.#start;
  }

  async saveSettings(settings: Settings): Promise<void> {
    this.#start = { ...this.#start, settings };
  }

  setTitle(title: string): void {
    document.title = title;
  }

  async backupStatus(): Promise<BackupStatus> {
    return this.#kept.status();
  }

  async backups(): Promise<BackupView[]> {
    return this.#kept.list();
  }

  async chooseBackupFolder(): Promise<FolderChoice> {
    return this.#kept.choose();
  }

  async makeBackup(input: BackupInput): Promise<string> {
    const id = this.run([0, 1, 2], '');
    this.#kept.make(input, id);
    return id;
  }

  async newRecoveryKey(jobId: string): Promise<string> {
    return this.#kept.newKey(jobId);
  }

  async saveRecoverySheet(): Promise<string> {
    return '/home/nuria/sheet.pdf';
  }

  planRestore = async (input: RestoreInput): Promise<RestorePlan> => this.#kept.plan(input);
  restoreBackup = async (input: RestoreInput): Promise<string> => this.run([0, 1, 2], input.backupId && '');
  restored = async (): Promise<Restored> => this.#kept.restored();

  async sealService(): Promise<SealChoice> {
    return this.#kept.seal();
  }

  async chooseSealService(id: string): Promise<void> {
    this.#kept.chooseSeal(id);
  }

  async today(): Promise<TodayView> {
    const unfinished = await this.onThePhone.calls();
    return {
      ...fakeToday(
        [...this.#cases.values()].filter(({ ending }) => !ending),
        this.#start.today,
      ),
      unfinished: unfinished.map(({ id, caseId, began, endedAt }) => ({
        draftId: id,
        caseId,
        caseTitle: this.#cases.get(caseId)?.title ?? '',
        company: '',
        began,
        ended: endedAt !== '',
      })),
    };
  }

  async cases(): Promise<CaseSummary[]> {
    return [...this.#cases.values()].map((view) => ({
      id: view.id,
      title: view.title,
      companies: view.parties.map((party) => party.name),
      contacts: view.figures.contacts,
      messages: view.figures.messages,
      promisesOpen: view.figures.promisesOpen,
      promisesNotKept: view.figures.promisesNotKept,
      lastContact: view.timeline.findLast((item) => item.kind === 'contact')?.wall ?? '',
      standing: standingOf(view).kind,
      next: view.ending ? undefined : firstOwed(view, this.#start.today),
      ending: view.ending,
    }));
  }

  async openCase(id: string): Promise<CaseHead> {
    const view = this.#case(id);
    const { timeline, people, promises, evidence } = view;
    const counts = {
      timeline: timeline.length,
      promises: promises.length,
      people: people.length,
      evidence: evidence.length,
    };
    return { ...view, counts, standing: standingOf(view) };
  }

  timelinePage = async (caseId: string, filter: TimelineFilter, cursor: TimelineCursor): Promise<TimelinePage> =>
    timelinePage(this.#case(caseId), filter, cursor);
  timelinePlace = async (caseId: string, entryId: string, oldestFirst: boolean): Promise<TimelinePlace> =>
    timelinePlace(this.#case(caseId), entryId, oldestFirst);
  strip = async (caseId: string): Promise<CaseStrip> => stripOf(this.#case(caseId));
  promisePage = async (query: PromiseQuery): Promise<PromisePage> => promisePage(this.#case(query.caseId), query);

  async corrections(entryId: string): Promise<CorrectionView[]> {
    return corrections[entryId] ?? [];
  }

  async evidence(caseId: string): Promise<EvidenceView[]> {
    return this.#case(caseId).evidence;
  }

  async people(caseId: string): Promise<PersonView[]> {
    return this.#case(caseId).people;
  }

  async figures(caseId: string): Promise<Figures> {
    return this.#case(caseId).figures;
  }

  async newCase(input: CaseInput): Promise<string> {
    const made = newCase(input, (kind) => this.id(kind));
    this.#write(made.id, made);
    return made.id;
  }

  async logContact(input: ContactInput): Promise<string> {
    refuseEmpty({ company: input.company, summary: input.summary });
    const view = this.#case(input.caseId);
    const id = this.id('contact');
    this.#write(
      id,
      withContact(view, id, input, (kind) => this.id(kind)),
    );
    return id;
  }

  async makePromise(input: PromiseInput): Promise<string> {
    const id = this.id('promise');
    this.#write(id, await withPromise(this.#store, id, input));
    return id;
  }

  async settlePromise(input: SettlementInput): Promise<string> {
    const view = caseOfPromise(this.#cases.values(), input.promiseId);
    return this.#store.write('settlement', await withSettled(this.#store, view, input));
  }

  async grounds(promiseId: string): Promise<Ground[]> {
    return groundsSince(caseOfPromise(this.#cases.values(), promiseId), promiseId);
  }

  async totals(): Promise<FiguresReport> {
    return report;
  }

  async addExpense(input: ExpenseInput): Promise<string> {
    refuseEmpty({ spent_on: input.what, amount: input.amount });
    return this.id('expense');
  }

  async setLoyalty(): Promise<string> {
    return this.id('correction');
  }

  async runaround(): Promise<RunaroundView> {
    return this.sent.told;
  }

  async runaroundTurns(_: string, first: number, limit: number): Promise<RunaroundPage> {
    return this.sent.page(first, limit);
  }

  async contradictions(): Promise<ContradictionView[]> {
    return this.sent.pinned();
  }

  async pinContradiction(input: ContradictionInput): Promise<string> {
    return this.sent.pin(this.id('contradiction'), input);
  }

  async correctContradiction(id: string, input: ContradictionInput): Promise<string> {
    this.sent.correct(id, input);
    return this.id('correction');
  }

  async history(entryId: string): Promise<HistoryView> {
    return { ...entryHistory, id: entryId };
  }

  async takeBack(): Promise<string> {
    return this.id('retraction');
  }

  async moveEntry(): Promise<string> {
    return this.id('copy');
  }

  async planErasure(entryId: string): Promise<ErasurePlan> {
    return { ...erasurePlan, goes: [{ ...erasurePlan.goes[0]!, id: entryId }] };
  }

  async eraseEntry(): Promise<string> {
    return this.run([0, 1, 2], '');
  }

  async peoplePage(query: PeopleQuery): Promise<PeoplePage> {
    return peoplePage([...this.#cases.values()], query);
  }

  async companyPage(query: PeopleQuery): Promise<CompanyPage> {
    return companyPage([...this.#cases.values()], query);
  }

  async similarPeople(caseId: string): Promise<SimilarPeople[]> {
    return similarPeople(this.#case(caseId));
  }

  async joinPeople(caseId: string, personIds: string[]): Promise<string> {
    const view = this.#case(caseId);
    const id = this.id('join');
    this.#write(id, { ...view, joined: [...(view.joined ?? []), personIds] });
    return id;
  }

  async partPeople(personId: string): Promise<string> {
    const view = [...this.#cases.values()].find(({ people }) => people.some(({ id }) => id === personId));
    if (!view) throw new Failure('not_found', { kind: 'person', value: personId });
    const id = this.id('retraction');
    this.#write(id, { ...view, joined: view.joined?.filter((group) => !group.includes(personId)) });
    return id;
  }

  async correctPerson(correction: PersonCorrection): Promise<string> {
    if (!correction.refused) refuseEmpty({ name: correction.name });
    const id = this.id('correction');
    this.#write(id, corrected(this.#case(correction.caseId), correction));
    return id;
  }

  async correctCompany(correction: CompanyCorrection): Promise<string> {
    refuseEmpty({ name: correction.name });
    const id = this.id('correction');
    this.#write(id, renamed(this.#case(correction.caseId), correction));
    return id;
  }

  openMessage = this.#messages.openMessage;
  messageTrace = this.#messages.messageTrace;
  conversation = this.#messages.conversation;
  checkSignatures = this.#messages.checkSignatures;
  saveMessage = this.#messages.saveMessage;
  saveAttachment = this.#messages.saveAttachment;
  originalAddress = this.#messages.originalAddress;

  async chooseFiles(): Promise<FileSelection> {
    return this.chosen;
  }

  async addEvidence(input: EvidenceInput): Promise<string> {
    const view = this.#case(input.caseId);
    const made = fakeEvidence(view, this.chosen, input, this.adding, () => this.id('evidence'));
    const [first] = made.outcome.entryIds;
    if (first) this.#write(first, { ...view, evidence: [...view.evidence, ...made.added] });
    const id = this.run([0, this.chosen.files.reduce((sum, file) => sum + file.size, 0)], '');
    this.#outcomes.set(id, made.outcome);
    return id;
  }

  async evidenceOutcome(jobId: string): Promise<EvidenceOutcome> {
    return this.#outcomes.get(jobId) ?? { files: [], entryIds: [] };
  }

  async correctEvidence({ caseId, evidenceId, when, ...said }: EvidenceCorrection): Promise<string> {
    const view = this.#case(caseId);
    const id = this.id('correction');
    const evidence = view.evidence.map((file) =>
      file.id === evidenceId ? { ...file, ...said, wall: when, day: when.slice(0, 10) } : file,
    );
    this.#write(id, { ...view, evidence });
    return id;
  }

  async numberEvidence(caseId: string, evidenceId: string): Promise<ExhibitNumber> {
    const view = this.#case(caseId);
    const id = this.id('exhibit');
    const label = nextLabel(view.evidence);
    const evidence = view.evidence.map((file) => (file.id === evidenceId ? { ...file, label } : file));
    this.#write(id, { ...view, evidence });
    return { id, label };
  }

  evidenceAddress(): string {
    return 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
  }

  async evidenceContent(): Promise<Blob> {
    return new Blob();
  }

  async evidenceText(): Promise<TextPreview> {
    return { text: 'Hola, ¿cuándo viene el técnico?', cut: false };
  }

  async evidenceTrouble(): Promise<Failure | undefined> {
    return undefined;
  }

  async undo(entryIds: string[]): Promise<string[]> {
    const id = this.id('retraction');
    this.#goBack(entryIds[0] ?? '', id);
    return [id];
  }

  async openLink(linkId: string): Promise<void> {
    this.opened.push(linkId);
  }

  onMenu(listener: (actionId: string) => void): Unsubscribe {
    this.#menuListeners.add(listener);
    return () => this.#menuListeners.delete(listener);
  }

  /** What the native menu does when a line of it is chosen. */
  chooseInMenu(actionId: string): void {
    for (const listener of this.#menuListeners) listener(actionId);
  }

  async search(words: string): Promise<SearchHit[]> {
    if (!words.trim()) return [];
    return [...this.#cases.values()].flatMap((view) => {
      const found = { caseId: view.id, caseTitle: view.title, snippet: '', day: view.today };
      return [
        { ...found, kind: 'case', id: view.id, title: view.title },
        ...view.parties.map((party) => ({ ...found, kind: 'party', id: party.id, title: party.name })),
        ...view.timeline
          .filter((item) => item.kind === 'contact')
          .map((item) => ({ ...found, kind: 'contact', id: item.id, title: item.summary, day: item.day })),
        ...view.promises.map((promise) => ({ ...found, kind: 'promise', id: promise.id, title: promise.what })),
      ].filter((hit) => matches(fold(hit.title), words));
    });
  }

  async redo(retractionIds: string[]): Promise<void> {
    this.#goBack(retractionIds[0] ?? '', this.id('retraction'));
  }

  async openEvidence(): Promise<void> {}

  async openFile(): Promise<void> {}
  async openFolder(): Promise<void> {}

  async openSample(): Promise<string> {
    this.#cases.set(sampleCase.id, sampleCase);
    this.#start = { ...this.#start, sampleOpen: true, sampleMade: true };
    return this.run([0, 1, 2], '');
  }

  async closeSample(): Promise<void> {
    this.#cases.delete(sampleCase.id);
    this.#start = { ...this.#start, sampleOpen: false };
  }

  async acceptRecord(): Promise<void> {
    this.#start = { ...this.#start, surprised: false };
  }

  async removeSample(): Promise<void> {
    await this.closeSample();
    this.#start = { ...this.#start, sampleMade: false };
  }

  async readDraft(key: string): Promise<string> {
    return this.#drafts.get(key) ?? '';
  }

  async keepDraft(key: string, text: string): Promise<void> {
    this.#drafts.set(key, text);
  }

  async dropDraft(key: string): Promise<void> {
    this.#drafts.delete(key);
  }

  /** Reads dates in figures, and “today”. */
  readDate = (input: DateInput) =>
    input.text.trim().toLowerCase() === 'today' ? Promise.resolve(this.#start.today) : this.many.readDate(input);
  readMany = (input: ManyInput) => this.many.readMany(input);
  saveMany = (input: ManyInput) => this.many.saveMany(input);
  chooseCallLog = () => this.many.chooseCallLog();
  nameColumns = () => this.many.nameColumns();
  callNumbers = (logId: string, caseId: string, words: string) => this.many.callNumbers(logId, caseId, words);
  callRows = (logId: string, choices: CallChoice[]) => this.many.callRows(logId, choices);
  beginCall = (caseId: string): Promise<CallView> => this.onThePhone.beginCall(caseId);
  calls = (): Promise<CallView[]> => this.onThePhone.calls();
  openCall = (id: string): Promise<CallView> => this.onThePhone.openCall(id);
  keepCall = (id: string, typed: ContactInput, form: string): Promise<void> =>
    this.onThePhone.keepCall(id, typed, form);
  noteInCall = (id: string, text: string): Promise<CallNote> => this.onThePhone.noteInCall(id, text);
  changeCallNote = (id: string, number: number, text: string): Promise<void> =>
    this.onThePhone.changeCallNote(id, number, text);
  endCall = (id: string, at: string): Promise<CallView> => this.onThePhone.endCall(id, at);
  resumeCall = (id: string): Promise<CallView> => this.onThePhone.resumeCall(id);
  saveCall = (id: string, input: CallInput): Promise<SavedCall> => this.onThePhone.saveCall(id, input);
  discardCall = (id: string): Promise<void> => this.onThePhone.discardCall(id);
  restoreCall = (id: string): Promise<void> => this.onThePhone.restoreCall(id);
  floatWindow = (on: boolean): Promise<void> => this.onThePhone.floatWindow(on);

  async copy(text: string): Promise<void> {
    this.copied = text;
  }

  onFilesDropped(listener: (selection: FileSelection) => void): Unsubscribe {
    this.#dropListeners.add(listener);
    return () => this.#dropListeners.delete(listener);
  }

  /** What the system does when files fall on the window. */
  dropFiles(files: FileSelection['files']): void {
    this.chosen = { id: 'dropped', files, leftOut: [] };
    for (const listener of this.#dropListeners) listener(this.chosen);
  }

  #write(entryId: string, view: FakeCase): void {
    this.#before.set(entryId, new Map(this.#cases));
    this.#cases.set(view.id, view);
  }

  #goBack(to: string, by: string): void {
    const cases = this.#before.get(to);
    if (!cases) throw new Failure('not_found', { kind: 'entry', value: to });
    this.#before.set(by, new Map(this.#cases));
    this.#cases.clear();
    for (const [id, view] of cases) this.#cases.set(id, view);
  }

  #case(id: string): FakeCase {
    const view = this.#cases.get(id);
    if (!view) throw new Failure('not_found', { kind: 'case', value: id });
    return view;
  }
}

/** Like Go's rule: what is late first, then what is awaited. */
function standingOf({ promises, timeline, ending }: FakeCase): Standing {
  if (ending) return { kind: 'ended', others: 0 };
  const late = promises.filter(({ state }) => state === 'overdue').sort((a, b) => b.daysLate - a.daysLate);
  if (late[0]) return { kind: 'late', promise: late[0], others: late.length - 1 };
  const awaited = promises.find(({ state }) => state === 'open');
  if (awaited) return { kind: 'waiting', promise: awaited, others: 0 };
  return { kind: timeline.length > 0 ? 'quiet' : 'nothing_yet', others: 0 };
}
