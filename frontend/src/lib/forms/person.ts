/** Somebody who was spoken to, as they are typed. */
export interface TypedPerson {
  name: string;
  position: string;
  refused: boolean;
}

export const emptyPerson: TypedPerson = { name: '', position: '', refused: false };

/** Whether anything is known of them: a refused name is something. */
export function isSomebody(person: TypedPerson): boolean {
  return person.refused || person.name.trim() !== '' || person.position.trim() !== '';
}
