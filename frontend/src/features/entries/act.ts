/** What a person can do with an entry. */
export type EntryAct = 'correct' | 'history' | 'take_back' | 'move' | 'erase';

const correctable = ['contact', 'promise', 'expense'];
const movable = ['contact', 'promise', 'evidence'];

/** What can be done with an entry of a kind. Moving needs another case to move it to. */
export function actsOf(kind: string, hasOtherCase: boolean): EntryAct[] {
  return [
    ...(correctable.includes(kind) ? (['correct'] as const) : []),
    'history',
    'take_back',
    ...(movable.includes(kind) && hasOtherCase ? (['move'] as const) : []),
    'erase',
  ];
}
