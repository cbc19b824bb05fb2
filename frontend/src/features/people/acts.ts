/** What can be done with somebody in a list. */
import type { Somebody } from '../../lib/backend/people';

export interface PersonActs {
  /** Where the contacts with them are. */
  addressOf: (one: Somebody) => string;
  onjoin: (one: Somebody) => void;
  onpart: (one: Somebody) => void;
  oncorrect: (one: Somebody) => void;
  onhistory: (entryId: string) => void;
  onerase: (entryId: string) => void;
}
