/** The Go side. The one file that knows the generated bindings; everything it gives is typed by backend.ts. */
import { EventsOn, OnFileDrop, WindowSetTitle } from '../../../wailsjs/runtime/runtime';
import type * as Backups from '../../../wailsjs/go/app/Backups';
import type * as CallLogs from '../../../wailsjs/go/app/CallLogs';
import type * as Calls from '../../../wailsjs/go/app/Calls';
import type * as Cases from '../../../wailsjs/go/app/Cases';
import type * as Contacts from '../../../wailsjs/go/app/Contacts';
import type * as Corrections from '../../../wailsjs/go/app/Corrections';
import type * as Dates from '../../../wailsjs/go/app/Dates';
import type * as Dossiers from '../../../wailsjs/go/app/Dossiers';
import type * as Drafts from '../../../wailsjs/go/app/Drafts';
import type * as Endings from '../../../wailsjs/go/app/Endings';
import type * as Entries from '../../../wailsjs/go/app/Entries';
import type * as Evidence from '../../../wailsjs/go/app/Evidence';
import type * as History from '../../../wailsjs/go/app/History';
import type * as Mail from '../../../wailsjs/go/app/Mail';
import type * as Mailboxes from '../../../wailsjs/go/app/Mailboxes';
import type * as Many from '../../../wailsjs/go/app/Many';
import type * as Messages from '../../../wailsjs/go/app/Messages';
import type * as People from '../../../wailsjs/go/app/People';
import type * as Promises from '../../../wailsjs/go/app/Promises';
import type * as Record from '../../../wailsjs/go/app/Record';
import type * as Runaround from '../../../wailsjs/go/app/Runaround';
import type * as Sample from '../../../wailsjs/go/app/Sample';
import type * as Seals from '../../../wailsjs/go/app/Seals';
import type * as Today from '../../../wailsjs/go/app/Today';
import type * as Totals from '../../../wailsjs/go/app/Totals';
import type * as Watches from '../../../wailsjs/go/app/Watches';
import type * as Window from '../../../wailsjs/go/app/Window';
import { readFailure } from '../jobs';
import type { Backend, FileSelection, JobReport, Start, Unsubscribe } from './backend';
import type { ContradictionView } from './runaround';
import { evidenceAddress, evidenceContent, evidenceText, evidenceTrouble } from './evidence-assets';
import type { MailSearchInput, MailStart } from './find';
import type { Mailbox } from './mailboxes';
import type { DateInput } from './many';

/** What Go is asked by. The generated modules give the types only: each of their functions finds its way by its names, too. */
interface Services {
  Backups: typeof Backups;
  CallLogs: typeof CallLogs;
  Calls: typeof Calls;
  Cases: typeof Cases;
  Contacts: typeof Contacts;
  Corrections: typeof Corrections;
  Dates: typeof Dates;
  Dossiers: typeof Dossiers;
  Drafts: typeof Drafts;
  Endings: typeof Endings;
  Entries: typeof Entries;
  Evidence: typeof Evidence;
  History: typeof History;
  Mail: typeof Mail;
  Mailboxes: typeof Mailboxes;
  Many: typeof Many;
  Messages: typeof Messages;
  People: typeof People;
  Promises: typeof Promises;
  Record: typeof Record;
  Runaround: typeof Runaround;
  Sample: typeof Sample;
  Seals: typeof Seals;
  Today: typeof Today;
  Totals: typeof Totals;
  Watches: typeof Watches;
  Window: typeof Window;
}

type Asked = (...given: unknown[]) => Promise<unknown>;

/** go.Cases.Open(id) asks the program. Its errors arrive as JSON text: here they become Failures, once for all. */
const go = new Proxy({} as Services, {
  get: (_, service: string) => new Proxy({}, { get: (_, method: string) => asking(service, method) }),
});

function asking(service: string, method: string): Asked {
  return async (...given) => {
    try {
      const ask = window.go.app[service]?.[method];
      if (!ask) throw new TypeError(`the program has no ${service}.${method}`);
      return await ask(...given);
    } catch (error) {
      throw readFailure(error instanceof Error ? error.message : String(error));
    }
  };
}

declare global {
  interface Window {
    /** What the program puts into the page before its script runs. */
    go: { app: Record<string, Record<string, Asked>> };
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

  start = (): Promise<Start> => go.Window.Ready(navigator.language, systemZone());
  saveSettings = go.Window.SaveSettings;

  today = go.Today.Read;

  setTitle(title: string): void {
    document.title = title;
    WindowSetTitle(title);
  }

  backupStatus = go.Backups.Status;
  backups = go.Backups.List;
  chooseBackupFolder = go.Backups.Choose;
  makeBackup = go.Backups.Make;
  newRecoveryKey = go.Backups.NewKey;
  saveRecoverySheet = go.Backups.Sheet;
  planRestore = go.Backups.PlanRestore;
  restoreBackup = go.Backups.Restore;
  restored = go.Backups.Restored;
  sealService = go.Seals.Service;
  chooseSealService = go.Seals.Choose;

  cases = go.Cases.List;
  openCase = go.Cases.Open;
  timelinePage = go.Cases.Timeline;
  timelinePlace = go.Cases.TimelinePlace;
  strip = go.Cases.Strip;
  corrections = go.Cases.Corrections;
  promisePage = go.Promises.List;
  evidence = go.Cases.Evidence;
  people = go.Cases.People;
  figures = go.Cases.Figures;
  newCase = go.Cases.New;

  logContact = go.Contacts.Log;
  makePromise = go.Promises.Make;
  settlePromise = go.Promises.Settle;
  grounds = go.Promises.Grounds;

  totals = go.Totals.Tell;
  addExpense = go.Totals.AddExpense;
  setLoyalty = go.Totals.SetLoyalty;

  runaround = go.Runaround.Tell;
  runaroundTurns = go.Runaround.Turns;
  // A state is one of four words; Go says so with a text.
  contradictions = go.Runaround.Contradictions as (caseId: string) => Promise<ContradictionView[]>;
  pinContradiction = go.Runaround.Pin;
  correctContradiction = go.Runaround.Correct;

  history = go.History.Tell;
  takeBack = go.History.TakeBack;
  moveEntry = go.History.Move;
  planErasure = go.History.PlanErasure;
  eraseEntry = go.History.Erase;
  typedPromise = go.Corrections.Promise;
  correctPromise = go.Corrections.CorrectPromise;
  typedExpense = go.Corrections.Expense;
  correctExpense = go.Corrections.CorrectExpense;
  typedCase = go.Corrections.Case;
  correctCase = go.Corrections.CorrectCase;
  closeCase = go.Endings.Close;
  reopenCase = go.Endings.Reopen;
  typedContact = go.Corrections.Contact;
  correctContact = go.Corrections.CorrectContact;

  peoplePage = go.People.List;
  companyPage = go.People.Companies;
  similarPeople = go.People.Similar;
  joinPeople = go.People.Join;
  partPeople = go.People.Part;
  correctPerson = go.People.CorrectPerson;
  correctCompany = go.People.CorrectCompany;

  openMessage = go.Messages.Open;
  messageTrace = go.Messages.Trace;
  conversation = go.Messages.Conversation;
  checkSignatures = go.Messages.Signatures;
  saveMessage = go.Messages.Save;
  saveAttachment = go.Messages.SaveAttachment;
  originalAddress = (caseId: string, messageId: string): string =>
    `/original/${encodeURIComponent(caseId)}/${encodeURIComponent(messageId)}`;

  // How it signs in is one of two words; Go says so with a text.
  mailStart = go.Mail.Start as (caseId: string) => Promise<MailStart>;
  chooseMailFiles = go.Mail.ChooseFiles;
  chooseMailFolder = go.Mail.ChooseFolder;
  droppedMail = go.Mail.Dropped;
  searchMail = go.Mail.Search as (input: MailSearchInput) => Promise<string>;
  foundMail = go.Mail.Found;
  previewMail = go.Mail.Preview;
  widenMail = go.Mail.Widen;
  importMail = go.Mail.Import;
  resumeMail = go.Mail.Resume;
  forgetUnfinishedMail = go.Mail.ForgetUnfinished;
  mailOutcome = go.Mail.Outcome;
  linkMail = go.Mail.Link;
  reviewWaitingMail = go.Mail.ReviewWaiting;
  mailWatches = go.Watches.Read;
  watchMail = go.Watches.Begin;
  stopWatchingMail = go.Watches.Stop;
  lookForMail = go.Watches.Look;
  dismissMail = go.Watches.Dismiss;
  onMailNews = (listener: (caseId: string) => void): Unsubscribe =>
    EventsOn('mail', (news: { caseId: string }) => listener(news.caseId));
  mailboxes = go.Mailboxes.List as () => Promise<Mailbox[]>;
  mailServer = go.Mailboxes.Server;
  askMailServer = go.Mailboxes.Ask;
  askedMailServer = go.Mailboxes.Asked;
  connectMailbox = go.Mailboxes.Connect;
  renewMailbox = go.Mailboxes.Renew;
  connectedMailbox = go.Mailboxes.Connected;
  authorizeMailbox = go.Mailboxes.Authorize;
  reauthorizeMailbox = go.Mailboxes.Reauthorize;
  signatureKeys = go.Mailboxes.Keys;
  askForSignatureKeys = go.Mailboxes.AskForKeys;
  forgetMailbox = go.Mailboxes.Forget;

  chooseFiles = go.Evidence.Choose;
  addEvidence = go.Evidence.Add;
  evidenceOutcome = go.Evidence.Outcome;
  correctEvidence = go.Evidence.Correct;
  numberEvidence = go.Evidence.Number;
  openEvidence = go.Evidence.Open;
  evidenceAddress = evidenceAddress;
  evidenceContent = evidenceContent;
  evidenceText = evidenceText;
  evidenceTrouble = evidenceTrouble;

  exportDossier = go.Dossiers.Export;
  previewDossier = go.Dossiers.Preview;
  previewSize = go.Dossiers.PreviewSize;
  previewAddress = (previewId: string): string => `/dossier/${encodeURIComponent(previewId)}`;
  dossierOutdated = go.Dossiers.Outdated;
  madeDossiers = go.Dossiers.Made;
  findMade = go.Dossiers.FindMade;
  pressReview = go.Dossiers.Press;
  filing = go.Dossiers.Filing;
  keepFiling = go.Dossiers.KeepFiling;
  hasSignature = go.Dossiers.HasSignature;
  chooseSignature = go.Dossiers.ChooseSignature;
  forgetSignature = go.Dossiers.ForgetSignature;
  uploadSet = go.Dossiers.UploadSet;
  verificationPack = go.Dossiers.VerificationPack;
  markSent = go.Dossiers.MarkSent;
  stampDossier = go.Dossiers.Stamp;
  signDossier = go.Dossiers.Sign;
  dossierSeals = go.Dossiers.Sealed;
  checkDossier = go.Dossiers.Check;
  checkedDossier = go.Dossiers.Checked;
  cancelJob = go.Dossiers.Cancel;
  openFile = go.Dossiers.OpenFile;
  openFolder = go.Dossiers.OpenFolder;

  openSample = go.Sample.Open;
  closeSample = go.Sample.Close;
  removeSample = go.Sample.Remove;
  acceptRecord = go.Record.Accept;

  readDraft = go.Drafts.Read;
  keepDraft = go.Drafts.Keep;
  dropDraft = go.Drafts.Drop;

  undo = go.Entries.Undo;
  openLink = go.Window.OpenLink;
  onMenu = (listener: (actionId: string) => void): Unsubscribe => EventsOn('menu', listener);
  search = go.Entries.Search;
  redo = go.Entries.Redo;
  beginCall = go.Calls.Begin;
  calls = go.Calls.List;
  openCall = go.Calls.Open;
  keepCall = go.Calls.Keep;
  noteInCall = go.Calls.Note;
  changeCallNote = go.Calls.ChangeNote;
  endCall = go.Calls.End;
  resumeCall = go.Calls.Resume;
  saveCall = go.Calls.Save;
  discardCall = go.Calls.Discard;
  restoreCall = go.Calls.Restore;
  floatWindow = go.Window.Float;

  readDate = async (input: DateInput): Promise<string> => (await go.Dates.Read(input)).wall;
  readMany = go.Many.Read;
  saveMany = go.Many.Save;
  chooseCallLog = go.CallLogs.Choose;
  nameColumns = go.CallLogs.Columns;
  callNumbers = go.CallLogs.Numbers;
  callRows = go.CallLogs.Rows;

  copy = go.Window.Copy;

  onJob(listener: (report: JobReport) => void): Unsubscribe {
    return EventsOn('job', listener);
  }

  onFilesDropped(listener: (selection: FileSelection) => void): Unsubscribe {
    return EventsOn('files:dropped', listener);
  }
}
