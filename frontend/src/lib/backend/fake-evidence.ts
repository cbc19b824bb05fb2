/** Files and evidence as the fake backend has them. */
import type { EvidenceInput, EvidenceOutcome, EvidenceView, FileOutcome, FileSelection } from './evidence';
import { sampleCase, type FakeCase } from './fake-data';

export const chosenFile = { name: 'photo.jpg', size: 120_000, kind: 'image', day: '2026-03-03' };

/** What adding chosen files makes of them. */
export function fakeEvidence(
  view: FakeCase,
  chosen: FileSelection,
  input: EvidenceInput,
  fates: ReadonlyMap<string, Partial<FileOutcome>>,
  nextId: () => string,
): { added: EvidenceView[]; outcome: EvidenceOutcome } {
  const added: EvidenceView[] = [];
  const files = input.files.map(({ place, shows, when, consent }): FileOutcome => {
    const file = chosen.files[place]!;
    const outcome = { place, name: file.name, state: 'added', label: '', failure: '', ...fates.get(file.name) };
    if (outcome.state !== 'added') return outcome;
    const one = input.oneExhibit ? added[0]?.label : undefined;
    const label = one ?? nextLabel([...view.evidence, ...added]);
    const shownAs = file.kind === 'pdf' || file.kind === 'other' ? '' : file.kind;
    added.push({
      ...sampleCase.evidence[0]!,
      ...{ id: nextId(), label, fileName: file.name, kind: file.kind, shownAs, size: file.size },
      ...{ shows, consent, wall: when, day: when.slice(0, 10), contactId: input.contactId },
    });
    return { ...outcome, label };
  });
  return { added, outcome: { files, entryIds: added.map(({ id }) => id) } };
}

/** The exhibit number that is given next. */
export function nextLabel(evidence: readonly EvidenceView[]): string {
  return `A-${new Set(evidence.map(({ label }) => label).filter(Boolean)).size + 1}`;
}
