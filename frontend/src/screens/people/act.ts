/** What somebody is about to do with people or a company. */
import type { Company, Somebody } from '../../lib/backend/people';

export type PeopleAct =
  | { act: 'join'; one: Somebody; other?: Somebody }
  | { act: 'part'; one: Somebody }
  | { act: 'correct_person'; one: Somebody }
  | { act: 'correct_company'; company: Company };
