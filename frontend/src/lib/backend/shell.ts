/** What the window itself asks of the program: undoing and finding. The shapes are those of app/dto_shell.go. */

export interface ShellBackend {
  /** Takes back whole acts, each named by one of its entries, and gives the ids that redo needs. */
  undo(entryIds: string[]): Promise<string[]>;
  redo(retractionIds: string[]): Promise<void>;
  /** Shows the address in the system’s own program. The person was asked before. */
  openLink(linkId: string): Promise<void>;
  /** An action was chosen in the native menu: its id. */
  onMenu(listener: (actionId: string) => void): () => void;
  /** By the beginnings of words, the best first. */
  search(words: string): Promise<SearchHit[]>;
}

/** An address that stands in what somebody wrote. Go knows it by its id, and opens no other. */
export interface Link {
  id: string;
  address: string;
}

/** Something on record that a search found. */
export interface SearchHit {
  /** case, party, person, contact, promise, settlement, evidence, message, … */
  kind: string;
  id: string;
  caseId: string;
  caseTitle: string;
  title: string;
  /** Where the words were found, each between «». */
  snippet: string;
  day: string;
}
