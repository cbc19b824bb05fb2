/** Mail accounts. The shapes are those of app/dto_mailboxes.go. */
import type { Link } from './shell';

export interface Mailbox {
  id: string;
  address: string;
  /** For showing. */
  server: string;
  signIn: 'password' | 'oauth';
  /** Whether it can be opened without asking the person. */
  hasSecret: boolean;
}

/** What is known about the server of an address. */
export interface MailServer {
  /** Empty while no whole address was typed. */
  domain: string;
  /** Its name; empty while nobody knows. */
  provider: string;
  /** How it lets other programs in, with words under mail.sign_in; empty while nobody knows. */
  signIn: string;
  /** Empty where there is none. */
  host: string;
  port: number;
  /** TLS is asked for on an open connection. */
  startTls: boolean;
  user: string;
  /** The steps before the first sign-in, with words under mail.before. */
  before: MailStep[];
  /** The ways to save emails as files, the best first, with words under mail.files. */
  files: MailStep[];
  help?: Link;
  /** google or microsoft, where leave can be asked for with a client id of the person's own; else empty. */
  service: string;
  /** Who says so, with words under mail.origin: table, autoconfig, srv or mx; and where it was said. */
  origin: string;
  where: string;
}

/** Something to do on a provider's website. */
export interface MailStep {
  code: string;
  link?: Link;
}

/** A mailbox as it is typed: host, port and user are empty where the address tells them. */
export interface MailboxInput {
  address: string;
  password: string;
  host: string;
  port: string;
  startTls: boolean;
  user: string;
  /** The fingerprint of the server's key that the person was shown and accepted. */
  pin: string;
}

/** A mailbox that is to be read by its provider's leave. */
export interface OAuthInput {
  mailbox: MailboxInput;
  /** google or microsoft; empty for another one, by its addresses. */
  service: string;
  authorizeUrl: string;
  tokenUrl: string;
  /** What is asked for, in words with spaces between them. */
  scopes: string;
  clientId: string;
  /** Empty when none came with it. */
  clientSecret: string;
}

export interface MailboxConnected {
  id: string;
  address: string;
  messages: number;
  /** The system's keyring has the secret; else it is remembered until the program ends. */
  kept: boolean;
}

/** How the keys of the signatures of emails are asked for. */
export interface SignatureKeys {
  /** Without being told to. */
  asks: boolean;
  /** Keys that were not answered yet. */
  waiting: number;
}

export interface MailboxesBackend {
  signatureKeys(): Promise<SignatureKeys>;
  askForSignatureKeys(ask: boolean): Promise<void>;
  mailboxes(): Promise<Mailbox[]>;
  /** What the table of providers knows about an address, also while it is being typed. Nobody is asked. */
  mailServer(address: string): Promise<MailServer>;
  /** Starts the job that asks the domain of an address where its mail server is. */
  askMailServer(address: string): Promise<string>;
  /** What that job found, this once. */
  askedMailServer(jobId: string): Promise<MailServer>;
  /** Starts the job that signs in, and keeps the mailbox when that succeeds. */
  connectMailbox(input: MailboxInput): Promise<string>;
  /** Starts the job that signs in to a known mailbox with another password. */
  renewMailbox(id: string, password: string): Promise<string>;
  /** Starts the job that asks for leave in the person's browser, signs in, and keeps the mailbox when that succeeds. */
  authorizeMailbox(input: OAuthInput): Promise<string>;
  /** Starts the job that asks for leave again, for a known mailbox. */
  reauthorizeMailbox(id: string): Promise<string>;
  /** What came of one of these jobs, this once. */
  connectedMailbox(jobId: string): Promise<MailboxConnected>;
  /** Forgets it and its secret; what was imported stays. Gives the service where leave is left to end, if any. */
  forgetMailbox(id: string): Promise<string>;
}
