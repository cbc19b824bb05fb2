import type { PromiseCount } from '../../lib/backend/backend';

/** How many promises stand in a way, of one company or of all. */
export function counted(counts: PromiseCount[], state: string, companyId = ''): number {
  return counts
    .filter((one) => one.state === state && (!companyId || one.partyId === companyId))
    .reduce((sum, { count }) => sum + count, 0);
}
