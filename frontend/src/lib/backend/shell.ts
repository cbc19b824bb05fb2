/** What the window itself asks of the program: undoing and finding. The shapes are those of app/dto_shell.go. */

export interface ShellBackend {
  /** Takes back whole acts, each named by one of its entries, and gives the ids that redo needs. */
  undo(entryIds: string[]): Promise<string[]>;
  redo(retractionIds: string[]): Promise<void>;
}
