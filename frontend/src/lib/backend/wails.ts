/** The Go side. The one file that imports the generated bindings; everything it gives is typed by backend.ts. */
import * as CallLogs from '../../../wailsjs/go/app/CallLogs';
import * as Backups from '../../../wailsjs/go/app/Backups';
import * as Calls from '../../../wailsjs/go/app/Calls';
import * as Cases from '../../../wailsjs/go/app/Cases';
import * as Corrections from '../../../wailsjs/go/app/Corrections';
import * as Contacts from '../../../wailsjs/go/app/Contacts';
import * as Dates from '../../../wailsjs/go/app/Dates';
import * as Endings from '../../../wailsjs/go/app/Endings';
import * as Dossiers from '../../../wailsjs/go/app/Dossiers';
import * as Drafts from '../../../wailsjs/go/app/Drafts';
import * as Entries from '../../../wailsjs/go/app/Entries';
import * as Evidence from '../../../wailsjs/go/app/Evidence';
import * as Mail from '../../../wailsjs/go/app/Mail';
import * as Mailboxes from '../../../wailsjs/go/app/Mailboxes';
import * as Many from '../../../wailsjs/go/app/Many';
import * as History from '../../../wailsjs/go/app/History';
import * as Messages from '../../../wailsjs/go/app/Messages';
import * as People from '../../../wailsjs/go/app/People';
import * as Promises from '../../../wailsjs/go/app/Promises';
import * as Record from '../../../wailsjs/go/app/Record';
import * as Runaround from '../../../wailsjs/go/app/Runaround';
import * as Sample from '../../../wailsjs/go/app/Sample';
import * as Seals from '../../../wailsjs/go/app/Seals';
import * as Today from '../../../wailsjs/go/app/Today';
import * as Totals from '../../../wailsjs/go/app/Totals';
import * as Watches from '../../../wailsjs/go/app/Watches';
import * as Window from '../../../wailsjs/go/app/Window';
import { EventsOn, OnFileDrop, WindowSetTitle } from '../../../wailsjs/runtime/runtime';
import type { ErasurePlan, HistoryView } from './history';
import type { CaseTerms, EndingInput } from './corrections';
import type { ExpenseInput, FiguresReport, LoyaltyInput } from './totals';
import type { ContradictionInput, ContradictionView, RunaroundPage, RunaroundView } from './runaround';
import { readFailure } from '../jobs';
import type { SearchHit } from './shell';
import type {
  CompanyCorrection,
  CompanyPage,
  PeoplePage,
  PeopleQuery,
  PersonCorrection,
  SimilarPeople,
} from './people';
import { evidenceAddress, evidenceContent, evidenceText, evidenceTrouble } from './evidence-assets';
import type {
  Backend,
  CaseHead,
  CaseInput,
  CaseStrip,
  CaseSummary,
  ContactInput,
  CorrectionView,
  DossierInput,
  EvidenceCorrection,
  EvidenceInput,
  EvidenceOutcome,
  EvidenceView,
  ExhibitNumber,
  Figures,
  FileSelection,
  Ground,
  JobReport,
  PersonView,
  PromiseInput,
  PromisePage,
  PromiseQuery,
  Settings,
  SettlementInput,
  Start,
  TimelineCursor,
  TimelineFilter,
  TimelinePage,
  TimelinePlace,
  Unsubscribe,
} from './backend';
import type {
  MailFiles,
  MailFound,
  MailImportInput,
  MailOutcome,
  MailPreview,
  MailSearchInput,
  MailStart,
  MailWatch,
} from './find';
import type { Mailbox, MailboxConnected, MailboxInput, MailServer, OAuthInput, SignatureKeys } from './mailboxes';
import type { MessageSummary, MessageTrace, MessageView, SavedFile } from './messages';
import type { CallChoice, CallLog, CallNumber, CallRows, DateInput, ManyInput, ManyRowRead, ManySaved } from './many';
import type {
  BackupInput,
  BackupStatus,
  BackupView,
  FolderChoice,
  Restored,
  RestoreInput,
  RestorePlan,
  SealChoice,
} from './settings';
import type { TodayView } from './today';
import type { CallInput, CallNote, CallView, SavedCall } from './calls';

/** Go's errors arrive as JSON text: here they become Failures, once for all calls. */
async function call<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    throw readFailure(error instanceof Error ? error.message : String(error));
  }
}

/** The time zone's name as the web view knows it; Go does not know it on every system. */
function systemZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
}

export class WailsBackend implements Backend {
  constructor() {
    // Registers the listeners that make a drop reach Go, which tells the page by an event of its own: paths stay there.
    OnFileDrop(() => {}, false);
  }

  start = (): Promise<Start> => call(Window.Ready(navigator.language, systemZone()));
  saveSettings = (settings: Settings): Promise<void> => call(Window.SaveSettings(settings));

  today = (): Promise<TodayView> => call(Today.Read());

  setTitle(title: string): void {
    document.title = title;
    WindowSetTitle(title);
  }

  backupStatus = (): Promise<BackupStatus> => call(Backups.Status());
  backups = (): Promise<BackupView[]> => call(Backups.List());
  chooseBackupFolder = (): Promise<FolderChoice> => call(Backups.Choose());
  makeBackup = (input: BackupInput): Promise<string> => call(Backups.Make(input));
  newRecoveryKey = (jobId: string): Promise<string> => call(Backups.NewKey(jobId));
  saveRecoverySheet = (): Promise<string> => call(Backups.Sheet());
  planRestore = (input: RestoreInput): Promise<RestorePlan> => call(Backups.PlanRestore(input));
  restoreBackup = (input: RestoreInput): Promise<string> => call(Backups.Restore(input));
  restored = (jobId: string): Promise<Restored> => call(Backups.Restored(jobId));
  sealService = (): Promise<SealChoice> => call(Seals.Service());
  chooseSealService = (id: string): Promise<void> => call(Seals.Choose(id));

  cases = (): Promise<CaseSummary[]> => call(Cases.List());
  openCase = (id: string): Promise<CaseHead> => call(Cases.Open(id));
  timelinePage = (caseId: string, filter: TimelineFilter, cursor: TimelineCursor): Promise<TimelinePage> =>
    call(Cases.Timeline(caseId, filter, cursor));
  timelinePlace = (caseId: string, entryId: string, oldestFirst: boolean): Promise<TimelinePlace> =>
    call(Cases.TimelinePlace(caseId, entryId, oldestFirst));
  strip = (caseId: string): Promise<CaseStrip> => call(Cases.Strip(caseId));
  corrections = (entryId: string, language: string): Promise<CorrectionView[]> =>
    call(Cases.Corrections(entryId, language));
  promisePage = (query: PromiseQuery): Promise<PromisePage> => call(Promises.List(query));
  evidence = (caseId: string): Promise<EvidenceView[]> => call(Cases.Evidence(caseId));
  people = (caseId: string): Promise<PersonView[]> => call(Cases.People(caseId));
  figures = (caseId: string): Promise<Figures> => call(Cases.Figures(caseId));
  newCase = (input: CaseInput): Promise<string> => call(Cases.New(input));

  logContact = (input: ContactInput): Promise<string> => call(Contacts.Log(input));
  makePromise = (input: PromiseInput): Promise<string> => call(Promises.Make(input));
  settlePromise = (input: SettlementInput): Promise<string> => call(Promises.Settle(input));
  grounds = (promiseId: string): Promise<Ground[]> => call(Promises.Grounds(promiseId));

  totals = (caseId: string): Promise<FiguresReport> => call(Totals.Tell(caseId));
  addExpense = (input: ExpenseInput): Promise<string> => call(Totals.AddExpense(input));
  setLoyalty = (input: LoyaltyInput): Promise<string> => call(Totals.SetLoyalty(input));

  runaround = (caseId: string): Promise<RunaroundView> => call(Runaround.Tell(caseId));
  runaroundTurns = (caseId: string, first: number, limit: number): Promise<RunaroundPage> =>
    call(Runaround.Turns(caseId, first, limit));
  contradictions = (caseId: string): Promise<ContradictionView[]> =>
    // A state is one of four words; Go says so with a text.
    call(Runaround.Contradictions(caseId) as Promise<ContradictionView[]>);
  pinContradiction = (input: ContradictionInput): Promise<string> => call(Runaround.Pin(input));
  correctContradiction = (id: string, input: ContradictionInput, reason: string): Promise<string> =>
    call(Runaround.Correct(id, input, reason));

  history = (entryId: string): Promise<HistoryView> => call(History.Tell(entryId));
  takeBack = (entryId: string): Promise<string> => call(History.TakeBack(entryId));
  moveEntry = (entryId: string, caseId: string, reason: string): Promise<string> =>
    call(History.Move(entryId, caseId, reason));
  planErasure = (entryId: string): Promise<ErasurePlan> => call(History.PlanErasure(entryId));
  eraseEntry = (entryId: string, reason: string): Promise<string> => call(History.Erase(entryId, reason));
  typedPromise = (caseId: string, promiseId: string): Promise<PromiseInput> =>
    call(Corrections.Promise(caseId, promiseId));
  correctPromise = (promiseId: string, input: PromiseInput, reason: string): Promise<string> =>
    call(Corrections.CorrectPromise(promiseId, input, reason));
  typedExpense = (caseId: string, expenseId: string): Promise<ExpenseInput> =>
    call(Corrections.Expense(caseId, expenseId));
  correctExpense = (expenseId: string, input: ExpenseInput, reason: string): Promise<string> =>
    call(Corrections.CorrectExpense(expenseId, input, reason));
  typedCase = (caseId: string): Promise<CaseTerms> => call(Corrections.Case(caseId));
  correctCase = (terms: CaseTerms, reason: string): Promise<string> => call(Corrections.CorrectCase(terms, reason));
  closeCase = (input: EndingInput): Promise<string> => call(Endings.Close(input));
  reopenCase = (caseId: string): Promise<string> => call(Endings.Reopen(caseId));
  typedContact = (caseId: string, contactId: string): Promise<ContactInput> =>
    call(Corrections.Contact(caseId, contactId));
  correctContact = (contactId: string, input: ContactInput, reason: string): Promise<string> =>
    call(Corrections.CorrectContact(contactId, input, reason));

  peoplePage = (query: PeopleQuery): Promise<PeoplePage> => call(People.List(query));
  companyPage = (query: PeopleQuery): Promise<CompanyPage> => call(People.Companies(query));
  similarPeople = (caseId: string): Promise<SimilarPeople[]> => call(People.Similar(caseId));
  joinPeople = (caseId: string, personIds: string[]): Promise<string> => call(People.Join(caseId, personIds));
  partPeople = (personId: string): Promise<string> => call(People.Part(personId));
  correctPerson = (correction: PersonCorrection): Promise<string> => call(People.CorrectPerson(correction));
  correctCompany = (correction: CompanyCorrection): Promise<string> => call(People.CorrectCompany(correction));

  openMessage = (caseId: string, messageId: string): Promise<MessageView> => call(Messages.Open(caseId, messageId));
  messageTrace = (messageId: string): Promise<MessageTrace> => call(Messages.Trace(messageId));
  conversation = (caseId: string, messageId: string): Promise<MessageSummary[]> =>
    call(Messages.Conversation(caseId, messageId));
  checkSignatures = (messageId: string): Promise<string[]> => call(Messages.Signatures(messageId));
  saveMessage = (caseId: string, messageId: string): Promise<SavedFile> => call(Messages.Save(caseId, messageId));
  saveAttachment = (caseId: string, evidenceId: string): Promise<SavedFile> =>
    call(Messages.SaveAttachment(caseId, evidenceId));
  originalAddress = (caseId: string, messageId: string): string =>
    `/original/${encodeURIComponent(caseId)}/${encodeURIComponent(messageId)}`;

  // How it signs in is one of two words; Go says so with a text.
  mailStart = (caseId: string): Promise<MailStart> => call(Mail.Start(caseId) as Promise<MailStart>);
  chooseMailFiles = (): Promise<MailFiles> => call(Mail.ChooseFiles());
  chooseMailFolder = (): Promise<MailFiles> => call(Mail.ChooseFolder());
  droppedMail = (selectionId: string): Promise<MailFiles> => call(Mail.Dropped(selectionId));
  searchMail = (input: MailSearchInput): Promise<string> => call(Mail.Search(input as never));
  foundMail = (reviewId: string, first: number, limit: number): Promise<MailFound> =>
    call(Mail.Found(reviewId, first, limit));
  previewMail = (reviewId: string, emailId: string): Promise<MailPreview> => call(Mail.Preview(reviewId, emailId));
  widenMail = (reviewId: string, conversationId: string): Promise<string> => call(Mail.Widen(reviewId, conversationId));
  importMail = (input: MailImportInput): Promise<string> => call(Mail.Import(input));
  resumeMail = (caseId: string): Promise<string> => call(Mail.Resume(caseId));
  forgetUnfinishedMail = (caseId: string): Promise<void> => call(Mail.ForgetUnfinished(caseId));
  mailOutcome = (caseId: string, jobId: string): Promise<MailOutcome> => call(Mail.Outcome(caseId, jobId));
  linkMail = (messageId: string, contactId: string): Promise<string> => call(Mail.Link(messageId, contactId));
  reviewWaitingMail = (caseId: string): Promise<string> => call(Mail.ReviewWaiting(caseId));
  mailWatches = (): Promise<MailWatch[]> => call(Watches.Read());
  watchMail = (caseId: string, mailboxId: string, reviewId: string): Promise<void> =>
    call(Watches.Begin(caseId, mailboxId, reviewId));
  stopWatchingMail = (caseId: string): Promise<void> => call(Watches.Stop(caseId));
  lookForMail = (caseId: string): Promise<string> => call(Watches.Look(caseId));
  dismissMail = (caseId: string): Promise<void> => call(Watches.Dismiss(caseId));
  onMailNews = (listener: (caseId: string) => void): Unsubscribe =>
    EventsOn('mail', (news: { caseId: string }) => listener(news.caseId));
  mailboxes = (): Promise<Mailbox[]> => call(Mailboxes.List() as Promise<Mailbox[]>);
  mailServer = (address: string): Promise<MailServer> => call(Mailboxes.Server(address));
  askMailServer = (address: string): Promise<string> => call(Mailboxes.Ask(address));
  askedMailServer = (jobId: string): Promise<MailServer> => call(Mailboxes.Asked(jobId));
  connectMailbox = (input: MailboxInput): Promise<string> => call(Mailboxes.Connect(input));
  renewMailbox = (id: string, password: string): Promise<string> => call(Mailboxes.Renew(id, password));
  connectedMailbox = (jobId: string): Promise<MailboxConnected> => call(Mailboxes.Connected(jobId));
  authorizeMailbox = (input: OAuthInput): Promise<string> => call(Mailboxes.Authorize(input));
  reauthorizeMailbox = (id: string): Promise<string> => call(Mailboxes.Reauthorize(id));
  signatureKeys = (): Promise<SignatureKeys> => call(Mailboxes.Keys());
  askForSignatureKeys = (ask: boolean): Promise<void> => call(Mailboxes.AskForKeys(ask));
  forgetMailbox = (id: string): Promise<string> => call(Mailboxes.Forget(id));

  chooseFiles = (): Promise<FileSelection> => call(Evidence.Choose());
  addEvidence = (input: EvidenceInput): Promise<string> => call(Evidence.Add(input));
  evidenceOutcome = (jobId: string): Promise<EvidenceOutcome> => call(Evidence.Outcome(jobId));
  correctEvidence = (correction: EvidenceCorrection): Promise<string> => call(Evidence.Correct(correction));
  numberEvidence = (caseId: string, evidenceId: string): Promise<ExhibitNumber> =>
    call(Evidence.Number(caseId, evidenceId));
  openEvidence = (caseId: string, evidenceId: string): Promise<void> => call(Evidence.Open(caseId, evidenceId));
  evidenceAddress = evidenceAddress;
  evidenceContent = evidenceContent;
  evidenceText = evidenceText;
  evidenceTrouble = evidenceTrouble;

  exportDossier = (input: DossierInput): Promise<string> => call(Dossiers.Export(input));
  cancelJob = (id: string): Promise<void> => call(Dossiers.Cancel(id));
  openFile = (jobId: string): Promise<void> => call(Dossiers.OpenFile(jobId));
  openFolder = (jobId: string): Promise<void> => call(Dossiers.OpenFolder(jobId));

  openSample = (language: string): Promise<string> => call(Sample.Open(language));
  closeSample = (): Promise<void> => call(Sample.Close());
  removeSample = (): Promise<void> => call(Sample.Remove());
  acceptRecord = (): Promise<void> => call(Record.Accept());

  readDraft = (key: string): Promise<string> => call(Drafts.Read(key));
  keepDraft = (key: string, text: string): Promise<void> => call(Drafts.Keep(key, text));
  dropDraft = (key: string): Promise<void> => call(Drafts.Drop(key));

  undo = (entryIds: string[]): Promise<string[]> => call(Entries.Undo(entryIds));
  openLink = (linkId: string): Promise<void> => call(Window.OpenLink(linkId));
  onMenu = (listener: (actionId: string) => void): Unsubscribe => EventsOn('menu', listener);
  search = (words: string): Promise<SearchHit[]> => call(Entries.Search(words));
  redo = (retractionIds: string[]): Promise<void> => call(Entries.Redo(retractionIds));
  beginCall = (caseId: string): Promise<CallView> => call(Calls.Begin(caseId));
  calls = (): Promise<CallView[]> => call(Calls.List());
  openCall = (id: string): Promise<CallView> => call(Calls.Open(id));
  keepCall = (id: string, typed: ContactInput, form: string): Promise<void> => call(Calls.Keep(id, typed, form));
  noteInCall = (id: string, text: string): Promise<CallNote> => call(Calls.Note(id, text));
  changeCallNote = (id: string, number: number, text: string): Promise<void> =>
    call(Calls.ChangeNote(id, number, text));
  endCall = (id: string, at: string): Promise<CallView> => call(Calls.End(id, at));
  resumeCall = (id: string): Promise<CallView> => call(Calls.Resume(id));
  saveCall = (id: string, input: CallInput): Promise<SavedCall> => call(Calls.Save(id, input));
  discardCall = (id: string): Promise<void> => call(Calls.Discard(id));
  restoreCall = (id: string): Promise<void> => call(Calls.Restore(id));
  floatWindow = (on: boolean): Promise<void> => call(Window.Float(on));

  readDate = async (input: DateInput): Promise<string> => (await call(Dates.Read(input))).wall;
  readMany = (input: ManyInput): Promise<ManyRowRead[]> => call(Many.Read(input));
  saveMany = (input: ManyInput): Promise<ManySaved> => call(Many.Save(input));
  chooseCallLog = (zone: string): Promise<CallLog> => call(CallLogs.Choose(zone));
  nameColumns = (logId: string, columns: string[]): Promise<CallLog> => call(CallLogs.Columns(logId, columns));
  callNumbers = (logId: string, caseId: string, words: string): Promise<CallNumber[]> =>
    call(CallLogs.Numbers(logId, caseId, words));
  callRows = (logId: string, choices: CallChoice[]): Promise<CallRows> => call(CallLogs.Rows(logId, choices));

  copy = (text: string): Promise<void> => call(Window.Copy(text));

  onJob(listener: (report: JobReport) => void): Unsubscribe {
    return EventsOn('job', listener);
  }

  onFilesDropped(listener: (selection: FileSelection) => void): Unsubscribe {
    return EventsOn('files:dropped', listener);
  }
}
