/** Files by the exhibit they are. Several photos of one thing have one number; a file without one stands alone. */
import type { EvidenceView } from '../../lib/backend/evidence';

export interface Exhibit {
  /** Empty for a file without a number. */
  label: string;
  files: EvidenceView[];
}

/** In the order in which each exhibit’s first file comes. */
export function exhibits(evidence: readonly EvidenceView[]): Exhibit[] {
  const groups: Exhibit[] = [];
  const numbered = new Map<string, Exhibit>();
  for (const file of evidence) {
    const known = numbered.get(file.label);
    if (known) {
      known.files.push(file);
      continue;
    }
    const group = { label: file.label, files: [file] };
    groups.push(group);
    if (file.label) numbered.set(file.label, group);
  }
  return groups;
}
