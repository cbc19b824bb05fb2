/** Emails as they are read. Shapes of app/dto_messages.go. */
import type { Link } from './shell';

export interface MessageView {
  id: string;
  subject: string;
  from: string;
  to: string;
  cc: string;
  /** As it was sent, by the person’s clock; empty when that can’t be read. */
  wall: string;
  /** The same by the sender’s clock and that clock’s distance from UTC; empty where it showed the person’s time. */
  senderWall: string;
  senderOffset: string;
  passages: PassageView[];
  /** There is more text than that. */
  cut: boolean;
  hasOriginal: boolean;
  links: MessageLink[];
  remote: RemoteHost[];
  attachments: AttachmentView[];
  defects: DefectView[];
  source: MessageSource;
  sha256: string;
  size: number;
}

/** A stretch of the text that is of one hand. */
export interface PassageView {
  /** said, quoted or signature. */
  kind: string;
  text: string;
  introduction: string;
  folds: boolean;
}

/** An address in an email. One without an id is shown and never opened. */
export interface MessageLink {
  link: Link;
  words: string;
  /** The host its words name and the one it leads to, where these belong to different owners; else empty. */
  named: string;
  leads: string;
}

/** A host that would have learned that the email was read. */
export interface RemoteHost {
  host: string;
  tracks: boolean;
  addresses: string[];
}

export interface AttachmentView {
  /** Empty where it is no evidence of its own: a picture that belongs to the text. */
  evidenceId: string;
  fileName: string;
  mediaType: string;
  kind: string;
  openable: boolean;
  inText: boolean;
  size: number;
}

/** Something that could not be read: a code with words under page.message.defect, and where. */
export interface DefectView {
  code: string;
  place: string;
}

export interface MessageSource {
  /** imap or file. */
  kind: string;
  fetchedAt: string;
  host: string;
  user: string;
  mailbox: string;
  uid: number;
  validity: number;
  received: string;
  spki: string;
  fileName: string;
  position: number;
  program: string;
  labels: string[];
}

/** What mail servers wrote on an email, and its whole header. All of it is claimed. */
export interface MessageTrace {
  hops: HopView[];
  findings: FindingView[];
  /** Those who handed it on, the first one first. */
  chain: SealView[];
  /** What each DKIM signature shows, by the keys that are on record. */
  signatures: string[];
  /** Whether it has one. */
  signed: boolean;
  header: string;
  cut: boolean;
}

export interface HopView {
  from: string;
  by: string;
  with: string;
  wall: string;
  delay: number;
  delayKnown: boolean;
  encrypted: boolean;
}

export interface FindingView {
  server: string;
  method: string;
  value: string;
  domain: string;
  byLast: boolean;
}

/** What somebody who handed an email on says they found (ARC). */
export interface SealView {
  domain: string;
  wall: string;
  /** What they say of the seals before their own: none, pass or fail. */
  before: string;
  findings: FindingView[];
  /** Names of fields. */
  missing: string[];
}

export interface MessageSummary {
  id: string;
  from: string;
  subject: string;
  wall: string;
}

/** A file that was written for the person; the path is empty when they thought better of it. */
export interface SavedFile {
  path: string;
  sha256: string;
}

export interface MessagesBackend {
  openMessage(caseId: string, messageId: string): Promise<MessageView>;
  messageTrace(messageId: string): Promise<MessageTrace>;
  /** The emails that answer one another, this one among them, the first one first. */
  conversation(caseId: string, messageId: string): Promise<MessageSummary[]>;
  /** What each signature shows, as sentences. It asks the domain name system. */
  checkSignatures(messageId: string): Promise<string[]>;
  /** Asks where to, and writes the email there as it was received. */
  saveMessage(caseId: string, messageId: string): Promise<SavedFile>;
  saveAttachment(caseId: string, evidenceId: string): Promise<SavedFile>;
  /** Where the original look of an email is shown from. */
  originalAddress(caseId: string, messageId: string): string;
}
