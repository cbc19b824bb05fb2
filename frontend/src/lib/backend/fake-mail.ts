/** Mail accounts and the emails that can be found in them, of the backend in memory. */
import type { Unsubscribe } from './backend';
import { FakeFind } from './fake-find';
import { FakeJobs } from './fake-jobs';
import { FakeMailboxes } from './fake-mailboxes';
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

export class FakeMail extends FakeJobs {
  /** Mail accounts. */
  readonly mail = new FakeMailboxes((failure) => this.run([0, 1, 2], '', failure));
  mailboxes = async (): Promise<Mailbox[]> => this.mail.list;
  mailServer = async (address: string): Promise<MailServer> => this.mail.server(address);
  askMailServer = async (address: string): Promise<string> => this.mail.ask(address);
  askedMailServer = async (jobId: string): Promise<MailServer> => this.mail.asked(jobId);
  connectMailbox = async (input: MailboxInput): Promise<string> => this.mail.connect(input);
  renewMailbox = async (id: string, password: string): Promise<string> => this.mail.renew(id, password);
  connectedMailbox = async (jobId: string): Promise<MailboxConnected> => this.mail.connected(jobId);
  authorizeMailbox = async (input: OAuthInput): Promise<string> => this.mail.authorize(input);
  reauthorizeMailbox = async (id: string): Promise<string> => this.mail.reauthorize(id);
  signatureKeys = async (): Promise<SignatureKeys> => this.mail.keys;
  askForSignatureKeys = async (asks: boolean): Promise<void> => void (this.mail.keys = { ...this.mail.keys, asks });
  forgetMailbox = async (id: string): Promise<string> => this.mail.forget(id);
  /** Emails that can be found. */
  readonly emails = new FakeFind((failure) => this.run([0, 1, 2], '', failure));
  readonly #files: MailFiles = { selectionId: 'saved', names: ['correos.mbox'], size: 48_000 };
  mailStart = async (): Promise<MailStart> => this.emails.start;
  chooseMailFiles = async (): Promise<MailFiles> => this.#files;
  chooseMailFolder = async (): Promise<MailFiles> => this.#files;
  droppedMail = async (): Promise<MailFiles> => this.#files;
  searchMail = async (input: MailSearchInput): Promise<string> => this.emails.search(input);
  foundMail = async (_: string, first: number, limit: number): Promise<MailFound> => this.emails.found(first, limit);
  previewMail = async (): Promise<MailPreview> => ({ text: 'El paquete no ha llegado.', attachments: [] });
  widenMail = async (): Promise<string> => this.run([0, 1, 2], '');
  importMail = async (input: MailImportInput): Promise<string> => this.emails.import(input);
  resumeMail = async (): Promise<string> => this.emails.import({ reviewId: '', all: true, emailIds: [] });
  forgetUnfinishedMail = async (): Promise<void> =>
    void (this.emails.start = { ...this.emails.start, unfinished: null });
  mailOutcome = async (): Promise<MailOutcome> => this.emails.outcome();
  linkMail = async (): Promise<string> => this.id('entry');
  reviewWaitingMail = async (): Promise<string> => 'waiting';
  mailWatches = async (): Promise<MailWatch[]> => this.emails.watches;
  watchMail = async (): Promise<void> => {};
  stopWatchingMail = async (): Promise<void> => void (this.emails.start = { ...this.emails.start, watch: null });
  lookForMail = async (): Promise<string> => this.run([0, 1, 2], '');
  dismissMail = async (): Promise<void> => void (this.emails.watches = []);
  onMailNews = (): Unsubscribe => () => {};
}
