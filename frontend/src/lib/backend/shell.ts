/** What the window itself asks of the program: undoing and finding. The shapes are those of app/dto_shell.go. */

export interface ShellBackend {
  /** Takes back whole acts, each named by one of its entries, and gives the ids that redo needs. */
  undo(entryIds: string[]): Promise<string[]>;
  redo(retractionIds: string[]): Promise<void>;
  /** By the beginnings of words, the best first. */
  search(words: string): Promise<SearchHit[]>;
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
