import { screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../lib/backend/backend';
import { sampleCase } from '../lib/backend/fake-data';
import { openCase, openPage } from '../test/page';

// jsdom draws nothing: the file is a stand-in here, and read for real in the end-to-end tests.
vi.mock('../features/dossier/pdf', () => ({
  PdfFile: {
    read: async () => ({
      pages: [{ width: 595, height: 842 }],
      draw: async () => {},
      parts: async () => [],
      close: () => {},
    }),
  },
}));

async function openDossier(edition = '') {
  const opened = await openCase();
  const draw = vi.spyOn(opened.backend, 'previewDossier');
  await opened.person.click(screen.getByRole('button', { name: 'Export dossier' }));
  await screen.findByText('1 page');
  if (edition) await opened.person.click(screen.getByRole('radio', { name: edition }));
  return { ...opened, draw };
}

describe('the press edition', () => {
  const box = (name: RegExp) => screen.getByRole('checkbox', { name });

  it('says what it hides, and that something is not hidden, before it is saved', async () => {
    await openDossier('press');
    expect(await screen.findByText(/1 piece of personal data is hidden\./)).toBeInTheDocument();
    expect(screen.getByText(/1 more looks like it and is not hidden\./)).toBeInTheDocument();
  });

  it('shows what a person lets it show, and is drawn again', async () => {
    const { person, draw } = await openDossier('press');
    await person.click(await screen.findByRole('button', { name: 'Review it' }));
    expect(screen.getByRole('tab', { name: 'What is hidden' })).toHaveAttribute('aria-selected', 'true');
    const drawn = draw.mock.calls.length;
    expect(box(/^Núria ▇▇▇▇ \[agent 1\] 3 times · C-001 C-002$/)).toBeChecked();
    await person.click(box(/^Núria/));
    await vi.waitFor(() => expect(box(/^Núria/)).not.toBeChecked());
    expect(box(/^Núria agent 1 /)).toBeInTheDocument();
    await vi.waitFor(() => expect(draw.mock.calls.length).toBe(drawn + 1));
    await person.click(box(/^Núria/));
    await vi.waitFor(() => expect(box(/^Núria/)).toBeChecked());
  });

  it('hides with one press what looks like personal data, and keeps the place of the keyboard', async () => {
    const { person } = await openDossier('press');
    await person.click(await screen.findByRole('button', { name: 'Review it' }));
    await person.click(box(/^Carrer Major 1 address/));
    await vi.waitFor(() => expect(box(/^Carrer Major 1 ▇▇▇▇ \[hidden\]/)).toBeChecked());
    expect(screen.getByText(/Nothing was found\./)).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: /Looks like personal data/ })).toHaveFocus();
  });

  it('hides a text that was typed, and says when it stands nowhere', async () => {
    const { person } = await openDossier('press');
    await person.click(await screen.findByRole('button', { name: 'Review it' }));
    const field = screen.getByRole('textbox', { name: 'Hide something else' });
    await person.type(field, 'the blue van{Enter}');
    expect(await screen.findByRole('checkbox', { name: /^the blue van/ })).toBeChecked();
    expect(field).toHaveValue('');
    await person.type(field, 'nowhere{Enter}');
    expect(await screen.findByText(/“nowhere” does not appear in this dossier/)).toBeInTheDocument();
  });

  it('takes in no exhibit but those that were ticked', async () => {
    const { person, backend } = await openDossier('press');
    const review = vi.spyOn(backend, 'pressReview');
    await person.click(await screen.findByRole('button', { name: 'Review it' }));
    expect(box(/^A-1 The fridge picture$/)).not.toBeChecked();
    await person.click(box(/^A-1/));
    await vi.waitFor(() => expect(box(/^A-1/)).toBeChecked());
    expect(review).toHaveBeenLastCalledWith(expect.objectContaining({ exhibits: ['A-1'] }));
  });

  /** The sheet on which parts of the first exhibit are covered. */
  async function openSheet() {
    const opened = await openDossier('press');
    await opened.person.click(await screen.findByText('Review it'));
    await opened.person.click(box(/^A-1/));
    await opened.person.click(await screen.findByText(/^Cover a part…/));
    return { ...opened, sheet: within(document.querySelector('dialog')!) };
  }

  it('covers parts of a picture that goes in, by keyboard alone', async () => {
    const { person, backend, sheet } = await openSheet();
    const review = vi.spyOn(backend, 'pressReview');
    expect(sheet.getByText('Cover parts of A-1')).toBeInTheDocument();
    expect(sheet.getByText('Nothing is covered yet.')).toBeInTheDocument();
    await person.click(sheet.getByText('Add an area'));
    await vi.waitFor(() =>
      expect(sheet.getByLabelText(/^Area 1: 40 % from the left, 40 % from the top/)).toHaveFocus(),
    );
    await person.keyboard('{ArrowLeft}{ArrowUp}{ArrowUp}{Shift>}{ArrowRight}{ArrowDown}{/Shift}');
    expect(sheet.getByText('Area 1: 39 % from the left, 38 % from the top, 21 % wide, 21 % high')).toBeInTheDocument();
    await person.click(sheet.getByText('Save'));
    const areas = [{ x: 0.39, y: 0.38, width: 0.21, height: 0.21 }];
    expect(review).toHaveBeenLastCalledWith(expect.objectContaining({ cover: { exhibit: 'A-1', areas } }));
    expect(await screen.findByText('1 part covered')).toBeInTheDocument();
    await vi.waitFor(() => expect(document.getElementById('cover-A-1')).toHaveFocus());
  });

  it('uncovers a part with a key, and undoes that', async () => {
    const { person, sheet } = await openSheet();
    await person.click(sheet.getByText('Add an area'));
    await vi.waitFor(() => expect(sheet.getByLabelText(/^Area 1: /)).toHaveFocus());
    await person.keyboard('{Delete}');
    expect(sheet.getByText('Area 1 was removed.')).toBeInTheDocument();
    await vi.waitFor(() => expect(document.getElementById('cover-add')).toHaveFocus());
    await person.keyboard('{Control>}z{/Control}');
    expect(sheet.getByText('Undone. Areas now: 1')).toBeInTheDocument();
    expect(sheet.getByLabelText('Remove area 1')).toBeInTheDocument();
  });

  it('says so where a picture can’t be shown, and covers nothing', async () => {
    const { sheet } = await openSheet();
    sheet.getByAltText('The fridge').dispatchEvent(new Event('error'));
    expect(await sheet.findByText(/can’t be shown here/)).toBeInTheDocument();
    expect(sheet.getByText('Save').closest('button')).toBeDisabled();
  });

  it('goes back to its pages where another reader is chosen', async () => {
    const { person } = await openDossier('press');
    await person.click(await screen.findByRole('button', { name: 'Review it' }));
    await person.click(screen.getByRole('radio', { name: 'head office' }));
    const tabs = within(screen.getByRole('tablist', { name: 'Preview' })).getAllByRole('tab');
    expect(tabs.map((tab) => tab.textContent?.trim())).toEqual(['Pages', 'As text']);
    expect(tabs[0]).toHaveAttribute('aria-selected', 'true');
  });
});

describe('the seals of a dossier', () => {
  async function save(later: boolean) {
    const opened = await openDossier();
    opened.backend.seals = { said: later ? ['Without a time stamp for now.'] : [], later };
    vi.spyOn(opened.backend, 'sealService').mockResolvedValue({ chosen: 'freetsa', services: [] });
    await opened.person.click(screen.getByRole('button', { name: 'Save the dossier…' }));
    await screen.findByText('The dossier is ready.', undefined, { timeout: 3000 });
    return opened;
  }

  it('are told when it is saved, and what the service could not do is done later', async () => {
    const { person } = await save(true);
    expect(await screen.findByText('Without a time stamp for now.')).toBeInTheDocument();
    await person.click(await screen.findByRole('button', { name: 'Stamp it now' }));
    expect(await screen.findByText('Stamped by a service.')).toBeInTheDocument();
    expect(screen.queryByText('Without a time stamp for now.')).not.toBeInTheDocument();
    expect(screen.getByText(/The file has a new hash/)).toBeInTheDocument();
  });

  it('are the person’s own, too, with the password of their certificate, which is forgotten', async () => {
    const { person, backend } = await save(false);
    const sign = vi.spyOn(backend, 'signDossier');
    await person.click(screen.getByRole('button', { name: 'Sign it…' }));
    const field = screen.getByLabelText(/^Password of the certificate/);
    expect(field).toHaveFocus();
    expect(field).toHaveAttribute('type', 'password');
    await person.type(field, 'secret{Enter}');
    expect(sign).toHaveBeenCalledWith(expect.stringMatching(/./), 'secret');
    expect(await screen.findByText('Signed with the certificate of Elena.')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Sign it…' }));
    expect(screen.getByLabelText(/^Password of the certificate/)).toHaveValue('');
    await person.click(screen.getByRole('button', { name: 'Choose the certificate and sign…' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('elena.p12 can’t be used to sign');
  });
});

describe('checking a dossier', () => {
  it('says in sentences what holds, and by whose word', async () => {
    location.hash = '#/check';
    const { person } = await openPage();
    await person.click(await screen.findByRole('button', { name: 'Choose a file…' }));
    expect(await screen.findByText('dossier.pdf passes the check.')).toBeInTheDocument();
    expect(screen.getByText('Elena signed it.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Choose another file…' })).toBeInTheDocument();
  });

  it('says what does not hold, and what to do', async () => {
    location.hash = '#/check';
    const { person } = await openPage({}, (backend) => {
      backend.check = {
        fileName: 'd.pdf',
        holds: false,
        said: ['a time stamp is not one for this file'],
        sha256: 'ab',
      };
    });
    await person.click(await screen.findByRole('button', { name: 'Choose a file…' }));
    expect(await screen.findByText(/^d\.pdf does not pass the check\./)).toBeInTheDocument();
    expect(screen.getByText(/Do not rely on it\./)).toBeInTheDocument();
    expect(screen.getByText('a time stamp is not one for this file')).toBeInTheDocument();
  });
});

describe('the regulator’s edition', () => {
  it('asks for what its addressee asks for before it is saved, and saves it anyway', async () => {
    const { person, backend } = await openDossier('regulator');
    const save = vi.spyOn(backend, 'exportDossier');
    expect(
      await screen.findByText(/They ask for this, and it is not there yet: the complainant’s tax number\./),
    ).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Save it anyway…' }));
    expect(save).toHaveBeenCalledWith(expect.objectContaining({ edition: 'regulator', anyway: true }));
  });

  it('keeps what is filled in, and is drawn again with it', async () => {
    const { person, backend, draw } = await openDossier('regulator');
    const keep = vi.spyOn(backend, 'keepFiling');
    await person.click(await screen.findByRole('button', { name: 'Fill it in' }));
    const drawn = draw.mock.calls.length;
    await person.type(screen.getByLabelText(/^Your tax or identity number/), '12345678Z');
    await person.tab();
    await vi.waitFor(() => expect(screen.queryByText(/They ask for this/)).not.toBeInTheDocument());
    expect(keep).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(draw.mock.calls.length).toBeGreaterThan(drawn), { timeout: 3000 });
    expect(screen.getByRole('button', { name: 'Save the dossier…' })).toBeInTheDocument();
  });

  it('goes to whom the person chooses, those of the case’s place first', async () => {
    const { person, draw } = await openDossier('regulator');
    const filedWith = await screen.findByRole('combobox', { name: 'Filed with' });
    expect(
      within(filedWith)
        .getAllByRole('group')
        .map((one) => one.getAttribute('label')),
    ).toEqual(['Where the case is', 'Elsewhere']);
    expect(filedWith).toHaveValue('es-omic');
    expect(filedWith).toHaveAccessibleDescription(/According to the law \(noted on/);
    await person.selectOptions(filedWith, 'Profeco');
    await vi.waitFor(
      () => expect(draw).toHaveBeenLastCalledWith(expect.objectContaining({ addressee: 'mx-profeco' })),
      { timeout: 3000 },
    );
  });
});

describe('the options of a dossier', () => {
  it('are all at rest until they are asked for, and are kept for the case', async () => {
    const { person, backend, draw } = await openDossier();
    expect(draw).toHaveBeenLastCalledWith(
      expect.objectContaining({
        sections: [],
        from: '',
        until: '',
        coverNote: '',
        light: false,
        budget: 0,
        withSignature: false,
      }),
    );
    await person.click(screen.getByText('More options'));
    await person.click(screen.getByRole('checkbox', { name: 'Chronology' }));
    await person.type(screen.getByLabelText(/^Covering letter/), 'Dear Sirs');
    await person.selectOptions(screen.getByLabelText(/^The file may have/), '5000000');
    await person.type(screen.getByRole('textbox', { name: /^Addressed to/ }), 'Marta Ruiz');
    await vi.waitFor(
      () =>
        expect(draw).toHaveBeenLastCalledWith(
          expect.objectContaining({
            sections: ['figures', 'emails'],
            coverNote: 'Dear Sirs',
            budget: 5_000_000,
            addressee: 'Marta Ruiz',
          }),
        ),
      { timeout: 4000 },
    );
    expect(screen.getByText('3 in use')).toBeInTheDocument();
    expect(await backend.readDraft(`dossier/${sampleCase.id}`)).toContain('Dear Sirs');
  });

  it('put the person’s signature on it, once they have chosen a picture of it', async () => {
    const { person, draw } = await openDossier();
    await person.click(screen.getByText('More options'));
    await person.click(screen.getByRole('button', { name: 'Choose a picture…' }));
    expect(await screen.findByRole('img', { name: 'Your signature' })).toBeInTheDocument();
    expect(screen.getByRole('checkbox', { name: /Put it on the letter/ })).toBeChecked();
    await vi.waitFor(() => expect(draw).toHaveBeenLastCalledWith(expect.objectContaining({ withSignature: true })), {
      timeout: 3000,
    });
    await person.click(screen.getByRole('button', { name: 'Remove' }));
    await vi.waitFor(() => expect(draw).toHaveBeenLastCalledWith(expect.objectContaining({ withSignature: false })), {
      timeout: 3000,
    });
  });
});

describe('a case that nothing was written in for long', () => {
  it('is said to be so before its dossier is saved', async () => {
    const opened = await openCase();
    vi.spyOn(opened.backend, 'dossierOutdated').mockResolvedValue(['Nothing is on record since 7 August 2026.']);
    await opened.person.click(screen.getByRole('button', { name: 'Export dossier' }));
    expect(await screen.findByText('Nothing is on record since 7 August 2026.')).toBeInTheDocument();
  });
});

describe('what goes with a dossier', () => {
  it('is told to be files for an online form, to whom one is filed with', async () => {
    const { person, backend } = await openDossier('regulator');
    const make = vi.spyOn(backend, 'uploadSet');
    await person.click(await screen.findByRole('button', { name: 'As files for an online form…' }));
    expect(await screen.findByText('There are now 2 files to upload.')).toBeInTheDocument();
    expect(make).toHaveBeenCalledWith(expect.objectContaining({ edition: 'regulator' }));
  });

  it('is a pack that tells the editor who is who, with the person’s consent only', async () => {
    const { person } = await openDossier('press');
    await person.click(await screen.findByRole('button', { name: /^Verification pack/ }));
    await person.click(screen.getByRole('button', { name: 'Make the pack…' }));
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: /^Verification pack/ }));
    await person.click(screen.getByRole('checkbox', { name: /^I know that it names people/ }));
    await person.click(screen.getByRole('button', { name: 'Make the pack…' }));
    expect(await screen.findByText('It is ready.')).toBeInTheDocument();
  });

  it('is opened and signed from the list, and asked for where it is gone', async () => {
    const { person, backend } = await openDossier();
    await person.click(screen.getByText('Save the dossier…'));
    const use = await screen.findByText('Open, sign, stamp…', undefined, { timeout: 4000 });
    const find = vi.spyOn(backend, 'findMade');
    await person.click(use);
    const sheet = () => within(document.querySelector('dialog')!);
    expect(await sheet().findByText('Open the file')).toBeInTheDocument();
    expect(await sheet().findByText('Sign it…')).toBeInTheDocument();
    expect(find).toHaveBeenCalledWith(sampleCase.id, backend.made[0]?.id);
    await person.click(sheet().getByLabelText('Close'));
    find.mockRejectedValue(new Failure('made_file_gone', { name: 'dossier-en.pdf' }));
    await person.click(screen.getByText('Open, sign, stamp…'));
    expect(await sheet().findByText(/is not where this computer wrote it/)).toBeInTheDocument();
    expect(sheet().getByText('Sign a file…')).toBeInTheDocument();
    expect(sheet().queryByText('Open the file')).not.toBeInTheDocument();
  });

  it('is told by whom and when it was stamped, and is not stamped again', async () => {
    const { person, backend } = await openCase();
    await backend.chooseSealService('accv');
    backend.made.push({
      id: 'export-1',
      recordedAt: '2026-11-22T10:00:00Z',
      edition: 'press',
      language: 'en',
      fileName: 'dossier.pdf',
      sha256: 'a1b2'.repeat(16),
      size: 1_400_000,
      addressee: '',
      stampedAt: '2026-11-22T10:05:00Z',
      stampedBy: 'ACCV TSA',
      signedBy: 'Clara Vidal',
      later: 'stamped',
      sent: [],
    });
    await person.click(screen.getByRole('button', { name: 'Export dossier' }));
    expect(await screen.findByText(/^Stamped by ACCV TSA · 22 November 2026/)).toBeInTheDocument();
    expect(screen.getByText('Signed with the certificate of Clara Vidal')).toBeInTheDocument();
    expect(screen.getByText('time-stamped later')).toBeInTheDocument();
    await person.click(screen.getByText('Open, sign, stamp…'));
    const sheet = within(document.querySelector('dialog')!);
    expect(await sheet.findByText('Sign it…')).toBeInTheDocument();
    expect(sheet.queryByText('Stamp it now')).not.toBeInTheDocument();
  });

  it('is when and to whom it was sent', async () => {
    const { person, backend } = await openDossier();
    await person.type(screen.getByRole('textbox', { name: /^Addressed to/ }), 'Marta Ruiz');
    await person.click(screen.getByRole('button', { name: 'Save the dossier…' }));
    await person.click(await screen.findByRole('button', { name: 'Mark as sent…' }, { timeout: 4000 }));
    const mark = vi.spyOn(backend, 'markSent');
    expect(screen.getByLabelText('To whom')).toHaveValue('Marta Ruiz');
    await screen.findByText(/^Sunday, 22 November 2026/);
    await person.click(screen.getByRole('button', { name: 'Put it on record' }));
    expect(mark).toHaveBeenCalledWith(
      expect.objectContaining({ to: 'Marta Ruiz', on: '2026-11-22', channel: 'email' }),
    );
    expect(await screen.findByText(/22 Nov(ember)? 2026 · Marta Ruiz/)).toBeInTheDocument();
  });
});
