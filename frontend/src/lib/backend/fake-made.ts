/** Dossiers that the backend in memory makes, and what is done with them. */
import { Failure, type DossierInput } from './backend';
import type { DossierCheck, DossierPreview, DossierSeals, MadeDossier, SendingInput } from './dossiers';
import { FakeFiling, FakePress } from './fake-dossiers';
import { FakeMail } from './fake-mail';

export class FakeDossiers extends FakeMail {
  /** Dossiers that were made. */
  readonly made: MadeDossier[] = [];

  async previewDossier(): Promise<DossierPreview> {
    return { jobId: this.run([0, 1], ''), previewId: this.id('preview') };
  }

  previewSize = async (): Promise<number> => 1_400_000;
  previewAddress = (previewId: string): string => `/dossier/${previewId}`;
  dossierOutdated = async (): Promise<string[]> => [];
  madeDossiers = async (): Promise<MadeDossier[]> => [...this.made];
  findMade = async (): Promise<string> => this.run([0, 1], 'dossier.pdf');
  readonly press = new FakePress();
  pressReview = this.press.review;
  async uploadSet(): Promise<string> {
    this.seals = { said: ['There are now 2 files to upload.'], later: false };
    return this.run([0, 1], 'facts.txt');
  }

  async verificationPack(_input: DossierInput, consent: boolean): Promise<string> {
    if (!consent) throw new Failure('consent_missing');
    return this.run([0, 1], 'pack.zip');
  }

  async markSent(input: SendingInput): Promise<string> {
    const at = this.made.findIndex(({ id }) => id === input.exportId);
    const made = this.made[at];
    if (made) {
      const sent = { id: this.id('sending'), on: input.on, to: input.to };
      this.made[at] = { ...made, sent: [...made.sent, sent] };
    }
    return this.id('sending');
  }

  readonly #filing = new FakeFiling();
  filing = this.#filing.read;
  keepFiling = this.#filing.keep;
  signature = false;
  hasSignature = async (): Promise<boolean> => this.signature;
  chooseSignature = async (): Promise<boolean> => (this.signature = true);
  forgetSignature = async (): Promise<void> => void (this.signature = false);
  seals: DossierSeals = { said: [], later: false };
  check: DossierCheck = { fileName: 'dossier.pdf', holds: true, said: ['Elena signed it.'], sha256: 'a1b2'.repeat(16) };
  dossierSeals = async (): Promise<DossierSeals> => this.seals;
  checkDossier = async (): Promise<string> => this.run([0, 1], '');
  checkedDossier = async (): Promise<DossierCheck> => this.check;

  async stampDossier(): Promise<string> {
    this.seals = { said: ['Stamped by a service.'], later: false };
    return this.run([0, 1], 'dossier.pdf');
  }

  async signDossier(_made: string, passphrase: string): Promise<string> {
    if (!passphrase) throw new Failure('certificate_refused', { path: 'elena.p12' });
    this.seals = { said: ['Signed with the certificate of Elena.'], later: false };
    return this.run([0, 1], 'dossier.pdf');
  }

  async exportDossier(input: DossierInput): Promise<string> {
    this.made.unshift({
      id: this.id('export'),
      recordedAt: '2026-11-22T10:00:00Z',
      edition: input.edition,
      language: input.language,
      fileName: `dossier-${input.language}.pdf`,
      sha256: 'a1b2c3d4e5f6'.repeat(6).slice(0, 64),
      size: 1_400_000,
      addressee: input.addressee,
      stampedAt: '',
      stampedBy: '',
      signedBy: '',
      later: '',
      sent: [],
    });
    return this.run([0, 1, 2, 3, 4], `dossier-${input.language}.pdf`);
  }
}
