/** What the page asks of calls that go on. The shapes are those of app/dto_calls.go. */
import type { ContactInput } from './backend';

/** A call that goes on, or was not put on record yet. */
export interface CallView {
  id: string;
  /** Empty until it is chosen. */
  caseId: string;
  /** Instants; endedAt is empty while it goes on. */
  beganAt: string;
  endedAt: string;
  /** When it began, as wall time where the person lives. */
  began: string;
  /** The time by the clock that all these are told with. */
  now: string;
  notes: CallNote[];
  /** What the page kept of its own, JSON; empty when the call was begun or changed elsewhere. */
  form: string;
  /** What can be read of it so far. */
  typed: ContactInput;
}

/** Something noted down in a call, with the time on the clock then. */
export interface CallNote {
  number: number;
  at: string;
  clock: string;
  text: string;
}

export interface CallInput {
  contact: ContactInput;
  /** The title of a case to begin with it; empty for none. */
  newCase: string;
}

export interface SavedCall {
  caseId: string;
  contactId: string;
  /** The contact and its promises. */
  entryIds: string[];
}

export interface CallsBackend {
  /** Keeps that a call begins now. */
  beginCall(caseId: string): Promise<CallView>;
  calls(): Promise<CallView[]>;
  openCall(id: string): Promise<CallView>;
  keepCall(id: string, typed: ContactInput, form: string): Promise<void>;
  noteInCall(id: string, text: string): Promise<CallNote>;
  /** An empty text takes the note away. */
  changeCallNote(id: string, number: number, text: string): Promise<void>;
  /** at is an instant; empty is now. */
  endCall(id: string, at: string): Promise<CallView>;
  resumeCall(id: string): Promise<CallView>;
  saveCall(id: string, input: CallInput): Promise<SavedCall>;
  discardCall(id: string): Promise<void>;
  restoreCall(id: string): Promise<void>;
  /** Makes the window small and keeps it above the others, or brings it back to what it was. */
  floatWindow(on: boolean): Promise<void>;
}
