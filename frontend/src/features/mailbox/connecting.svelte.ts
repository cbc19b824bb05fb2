/** Connecting a mailbox: what is typed, what is known about its server, and how the sign-in goes. */
import { Failure, type Backend } from '../../lib/backend/backend';
import type { MailboxConnected, MailboxInput, MailServer } from '../../lib/backend/mailboxes';
import { failureOf, isOver } from '../../lib/jobs';
import type { Session } from '../../lib/session.svelte';

/** The ways to sign in that a password opens. */
const byPassword = ['password', 'app_password', 'bridge'];

export class Connecting {
  address = $state('');
  password = $state('');
  /** A server of the person's own; empty while the address tells it. */
  host = $state('');
  port = $state('');
  user = $state('');
  startTls = $state(false);
  /** The person's own, with which a provider's leave can be asked for. */
  clientId = $state('');
  clientSecret = $state('');
  /** A service that is none of those that are known, and what is asked of it. */
  authorizeUrl = $state('');
  tokenUrl = $state('');
  scopes = $state('');
  /** Leave was asked for last, not a sign-in by password. */
  #byLeave = false;
  #server = $state.raw<MailServer>();
  #failure = $state.raw<Failure>();
  #connected = $state.raw<MailboxConnected>();
  /** The server in the fields was found by asking, for this domain alone. */
  #asked = $state(false);
  /** The job under way: what it is for, and its id. */
  #job = $state.raw<{ what: 'asking' | 'signing_in'; id: string }>();
  readonly #backend: Backend;
  readonly #session: Session;

  constructor(backend: Backend, session: Session) {
    this.#backend = backend;
    this.#session = session;
  }

  /** What is known about the server; undefined before anything was typed. */
  get server(): MailServer | undefined {
    return this.#server;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  get connected(): MailboxConnected | undefined {
    return this.#connected;
  }

  get running(): 'asking' | 'signing_in' | undefined {
    return this.#job?.what;
  }

  /** The stage of the job under way. */
  get stage(): string {
    return (this.#job && this.#session.job(this.#job.id)?.stage) ?? '';
  }

  get takesPassword(): boolean {
    const own = this.host.trim() !== '' && !this.#asked;
    return own || byPassword.includes(this.#server?.signIn ?? '');
  }

  /** Looks the address up in the table, as it is typed. */
  async look(): Promise<void> {
    const address = this.address;
    try {
      const server = await this.#backend.mailServer(address);
      if (address !== this.address || server.domain === this.#server?.domain) return;
      if (this.#asked) this.#fill('', 0, '', false); // a password never goes to the server of another address
      this.#asked = false;
      this.#server = server;
    } catch (error) {
      this.#failure = Failure.from(error);
    }
  }

  /** Asks the domain where its server is: the person said so. */
  ask(): Promise<void> {
    return this.#start('asking', () => this.#backend.askMailServer(this.address));
  }

  /** Signs in; with a pin, to a server whose certificate the person accepted. */
  signIn(pin = ''): Promise<void> {
    this.#byLeave = false;
    const input = { ...this.#typed, pin };
    return this.#start('signing_in', () => this.#backend.connectMailbox(input));
  }

  /** Asks for leave in the browser; with a pin, for a mail server whose certificate the person accepted. */
  authorize(pin = ''): Promise<void> {
    this.#byLeave = true;
    const { clientId, clientSecret, authorizeUrl, tokenUrl, scopes } = this;
    const mailbox = { ...this.#typed, password: '', pin };
    const service = this.#server?.service ?? '';
    return this.#start('signing_in', () =>
      this.#backend.authorizeMailbox({ mailbox, service, authorizeUrl, tokenUrl, scopes, clientId, clientSecret }),
    );
  }

  /** Goes on as before, with a mail server whose certificate the person accepted. */
  accept(pin: string): Promise<void> {
    return this.#byLeave ? this.authorize(pin) : this.signIn(pin);
  }

  get #typed(): MailboxInput {
    const { address, password, port, user, startTls } = this;
    return { address, password, host: this.host.trim(), port, startTls, user, pin: '' };
  }

  async cancel(): Promise<void> {
    if (this.#job) await this.#backend.cancelJob(this.#job.id);
  }

  /** To be called when a job's report came. */
  async follow(): Promise<void> {
    const job = this.#job;
    const report = job && this.#session.job(job.id);
    if (!job || !isOver(report)) return;
    this.#job = undefined;
    const ended = failureOf(report);
    try {
      if (ended?.code === 'cancelled') return;
      if (ended) throw ended;
      if (job.what === 'asking') this.#take(await this.#backend.askedMailServer(job.id));
      else this.#connected = await this.#backend.connectedMailbox(job.id);
    } catch (error) {
      this.#failure = Failure.from(error);
    }
  }

  /** What the network says is a proposal: it stands in the fields, where the person sees it. */
  #take(server: MailServer): void {
    this.#server = server;
    this.#asked = true;
    this.#fill(server.host, server.port, server.user, server.startTls);
  }

  #fill(host: string, port: number, user: string, startTls: boolean): void {
    this.host = host;
    this.port = port ? String(port) : '';
    this.user = user;
    this.startTls = startTls;
  }

  async #start(what: 'asking' | 'signing_in', begin: () => Promise<string>): Promise<void> {
    if (this.#job) return;
    this.#failure = undefined;
    try {
      this.#job = { what, id: await begin() };
    } catch (error) {
      this.#failure = Failure.from(error);
    }
  }
}
