/** What a dossier of the sample case hides, and to whom it goes, in memory. */
import type { DossierInput } from './backend';
import type { Filing, FilingDetails, PressChange, PressExhibit, PressReview, PressText } from './dossiers';

const nuria = { id: 'agent-1', label: 'agent 1', text: 'Núria', shown: false, count: 3, where: ['C-001', 'C-002'] };
const street = { id: 'address-1', label: 'address', text: 'Carrer Major 1', shown: false, count: 1, where: ['C-002'] };

export class FakePress {
  #hidden: PressText[] = [nuria];
  #suspects: PressText[] = [street];
  #exhibits: PressExhibit[] = [
    { label: 'A-1', shows: 'The fridge', chosen: false, picture: true, evidenceId: 'fridge', covered: [] },
  ];

  #contact = '';

  review = async (change: PressChange): Promise<PressReview> => {
    for (const text of change.hide ?? []) {
      this.#suspects = this.#suspects.filter((one) => one.text !== text);
      // What stands nowhere is not hidden anywhere.
      if (text !== 'nowhere') this.#hidden.push({ ...street, id: `chosen-${text}`, label: 'hidden', text });
    }
    const shows = (id: string) => (change.show ?? []).includes(id);
    const hides = (id: string) => (change.unshow ?? []).includes(id);
    this.#hidden = this.#hidden.map((one) => ({ ...one, shown: shows(one.id) || (one.shown && !hides(one.id)) }));
    this.#exhibits = this.#exhibits.map((one) => ({
      ...one,
      chosen:
        (change.exhibits ?? []).includes(one.label) || (one.chosen && !(change.without ?? []).includes(one.label)),
      covered: change.cover?.exhibit === one.label ? change.cover.areas : one.covered,
    }));
    this.#contact = change.contact ?? this.#contact;
    return { hidden: this.#hidden, suspects: this.#suspects, exhibits: this.#exhibits, contact: this.#contact };
  };
}

export class FakeFiling {
  #details: FilingDetails = {
    taxId: '',
    companyTaxId: '',
    representative: '',
    contract: '',
    earlierClaim: '',
    proceedings: '',
  };

  read = async (input: DossierInput): Promise<Filing> => ({
    addressees: [
      { id: 'es-omic', name: 'Consumer office', here: true, source: 'According to the law (noted on 22/11/2026).' },
      { id: 'mx-profeco', name: 'Profeco', here: false, source: 'According to its page.' },
    ],
    to: input.addressee || 'es-omic',
    details: this.#details,
    missing: this.#details.taxId ? [] : ['the complainant’s tax number'],
  });

  keep = async (_caseId: string, details: FilingDetails): Promise<void> => {
    this.#details = { ...details };
  };
}
