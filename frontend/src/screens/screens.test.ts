import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../lib/backend/backend';
import { sampleCase } from '../lib/backend/fake-data';
import { Texts } from '../lib/i18n/texts.svelte';
import { openCase, openPage } from '../test/page';

const dialog = () => within(screen.getByRole('dialog'));

// jsdom draws nothing: the file is a stand-in here, and read for real in the end-to-end tests.
vi.mock('../features/dossier/pdf', () => ({
  PdfFile: {
    read: async () => ({
      pages: [
        { width: 595, height: 842 },
        { width: 595, height: 842 },
      ],
      draw: async () => {},
      parts: async (page: number) => [
        { element: 'h2', text: '', parts: [{ element: '', text: page === 1 ? 'Summary' : 'Chronology', parts: [] }] },
      ],
      close: () => {},
    }),
  },
}));

describe('the list of cases', () => {
  it('says what went wrong and reads again', async () => {
    location.hash = '#/cases';
    const { person } = await openPage({ cases: [sampleCase] }, (backend) => {
      vi.spyOn(backend, 'cases').mockRejectedValueOnce(
        new Failure('library_damaged', { path: '/x', detail: 'bad page' }),
      );
    });
    expect(screen.getByRole('alert')).toHaveTextContent('can’t be read whole: bad page');
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: sampleCase.title })).toBeInTheDocument();
  });

  it('tells how many promises were not kept', async () => {
    location.hash = '#/cases';
    await openPage({ cases: [sampleCase] });
    const list = await screen.findByRole('main');
    expect(within(list).getByText('2 promises not kept')).toBeInTheDocument();
  });

  it('says in one sentence why the library can’t be opened', async () => {
    const { render } = await import('@testing-library/svelte');
    const { default: App } = await import('../App.svelte');
    const { FakeBackend } = await import('../lib/backend/fake');
    const backend = new FakeBackend();
    vi.spyOn(backend, 'start').mockRejectedValue(new Failure('library_newer', { path: '/home/nuria/constancia' }));
    render(App, { backend, texts: await Texts.in('en') });
    expect(await screen.findByRole('alert')).toHaveTextContent(/newer/);
  });
});

describe('a case', () => {
  it('is read once when it is opened, and once more after a change', async () => {
    location.hash = '#/case/parcel/promises';
    let reads = 0;
    const { person } = await openPage({ cases: [sampleCase] }, (backend) => {
      const open = backend.openCase.bind(backend);
      vi.spyOn(backend, 'openCase').mockImplementation((id) => {
        reads += 1;
        return open(id);
      });
    });
    await person.click(await screen.findByRole('button', { name: /How did it end\?: Refund/ }));
    expect(reads).toBe(1);
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    await screen.findByText('How the promise ended is on record.');
    await waitFor(() => expect(reads).toBe(2));
  });

  it('begins with what is late, as the company’s doing', async () => {
    await openCase();
    expect(
      screen.getByText(
        'Almacenes Miramar promised by 18 August 2026: “Refund the whole order to the card”. 96 days late.',
      ),
    ).toBeInTheDocument();
  });

  it('marks what was written down later', async () => {
    await openCase();
    expect(screen.getByText('recorded 9 days later')).toBeInTheDocument();
  });

  it('copies a reference', async () => {
    const { person, backend } = await openCase('people');
    await person.click(screen.getAllByRole('button', { name: 'Copy RA 5521 0098 ES' })[0]!);
    expect(backend.copied).toBe('RA 5521 0098 ES');
  });

  it('narrows its timeline by words and chips, and back', async () => {
    const { person } = await openCase();
    await person.type(screen.getByRole('searchbox'), 'ivan');
    expect(screen.getAllByRole('article')).toHaveLength(1);
    await person.clear(screen.getByRole('searchbox'));
    await person.click(screen.getByRole('checkbox', { name: 'Emails' }));
    expect(screen.getAllByRole('article')).toHaveLength(1);
    await person.type(screen.getByRole('searchbox'), 'nothing like this');
    await person.click(screen.getByRole('button', { name: 'Show everything' }));
    expect(screen.getAllByRole('article')).toHaveLength(sampleCase.timeline.length);
  });

  it('settles a promise with what shows it, and lets it be changed', async () => {
    const { person, backend } = await openCase('promises');
    const settle = vi.spyOn(backend, 'settlePromise');
    await person.click(screen.getByRole('button', { name: /How did it end\?: Refund/ }));
    expect(dialog().getByRole('radio', { name: 'not kept' })).toBeChecked();
    await person.type(dialog().getByLabelText(/Note/), 'Nothing was paid.');
    const [shown] = await dialog().findAllByRole('checkbox');
    await person.click(shown!);
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('How the promise ended is on record.')).toBeInTheDocument();
    const shownBy = [(shown as HTMLInputElement).value];
    expect(settle).toHaveBeenCalledWith({
      promiseId: 'p2',
      outcome: 'broken',
      on: 'today',
      zone: 'Europe/Madrid',
      note: 'Nothing was paid.',
      shownBy,
    });
    await person.click(await screen.findByRole('button', { name: /Change: Refund/ }));
    expect(dialog().getByLabelText(/Note/)).toHaveValue('Nothing was paid.');
    expect(await dialog().findByRole('checkbox', { checked: true })).toHaveAttribute('value', shownBy[0]);
  });

  it('tells how often a promise had been made before, and when', async () => {
    await openCase('promises');
    expect(screen.getByText(/promised 1 time before/)).toHaveTextContent('18 Jun 2026 (Marta R.)');
  });

  it('adds a promise, and says at the field what is missing', async () => {
    const { person } = await openCase('promises');
    await person.click(screen.getByRole('button', { name: 'Add a promise' }));
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await dialog().findByRole('alert')).toHaveFocus();
    expect(dialog().getByLabelText('What they promised')).toBeInvalid();
    await person.type(dialog().getByLabelText('What they promised'), 'Send the delivery note');
    await person.click(dialog().getByRole('button', { name: '7 days' }));
    expect(await dialog().findByText(/Sunday, 29 November 2026/)).toBeInTheDocument();
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Send the delivery note')).toBeInTheDocument();
  });

  it('shows a dossier before it is saved, and lists those that were', async () => {
    const { person, backend } = await openCase();
    const draw = vi.spyOn(backend, 'previewDossier');
    await person.click(screen.getByRole('button', { name: 'Export dossier' }));
    expect(await screen.findByText('2 pages')).toBeInTheDocument();
    expect(screen.getByText(/about 1.4 MB/)).toBeInTheDocument();
    expect(screen.getByRole('img', { name: 'Page 2 of 2' })).toBeInTheDocument();
    expect(screen.getByText(/None yet\./)).toBeInTheDocument();

    await person.click(screen.getByRole('radio', { name: 'Català' }));
    await vi.waitFor(() => expect(draw).toHaveBeenLastCalledWith(expect.objectContaining({ language: 'ca' })));
    expect(await screen.findByText('2 pages')).toBeInTheDocument();
    await person.click(screen.getByRole('tab', { name: 'As text' }));
    expect(await screen.findByRole('heading', { level: 2, name: 'Chronology' })).toBeInTheDocument();

    await person.click(screen.getByRole('button', { name: 'Save the dossier…' }));
    expect(await screen.findByText('The dossier is ready.', undefined, { timeout: 3000 })).toBeInTheDocument();
    expect(await screen.findByRole('row', { name: /dossier-ca\.pdf .*Català · 1\.4 MB/ })).toBeInTheDocument();
  });

  it('stops saving a dossier when it is told to', async () => {
    const { person, backend } = await openCase();
    await person.click(screen.getByRole('button', { name: 'Export dossier' }));
    await screen.findByText('2 pages');
    backend.jobsWait = true;
    await person.click(screen.getByRole('button', { name: 'Save the dossier…' }));
    await person.click(await screen.findByRole('button', { name: 'Cancel' }));
    backend.jobsWait = false;
    expect(await screen.findByRole('button', { name: 'Save the dossier…' })).toBeInTheDocument();
  });
});

describe('logging a contact', () => {
  it('is refused at the field and on top, and saved by Ctrl+Enter', async () => {
    const { person, backend } = await openCase();
    const log = vi.spyOn(backend, 'logContact');
    await person.keyboard('n');
    const summary = await screen.findByLabelText('What happened');
    expect(screen.queryByText('This is what you had typed earlier.')).not.toBeInTheDocument();
    await person.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByRole('alert')).toHaveTextContent('Fill in “What happened”.');
    expect(summary).toBeInvalid();
    await person.type(summary, 'They will look into it.');
    await person.click(screen.getByRole('checkbox', { name: 'Refused to give a name' }));
    await person.click(screen.getByRole('checkbox', { name: 'rude treatment' }));
    await person.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByText('The contact is on record.')).toBeInTheDocument();
    expect(log.mock.lastCall?.[0]).toMatchObject({
      caseId: 'parcel',
      company: 'shop',
      when: '',
      people: [{ name: '', position: '', refused: true }],
      failures: ['rude'],
    });
  });

  it('offers people the case knows, accents or not', async () => {
    const { person } = await openCase();
    await person.keyboard('n');
    await person.type(await screen.findByLabelText('Name, as it was given'), 'ivan');
    await person.click(screen.getByRole('button', { name: 'Iván Soler, supervisor' }));
    expect(screen.getByLabelText('Name, as it was given')).toHaveValue('Iván Soler');
    expect(screen.getByLabelText('Position')).toHaveValue('supervisor');
  });

  it('keeps what was typed right before it is left', async () => {
    const { person, backend } = await openCase();
    await person.keyboard('n');
    await person.type(await screen.findByLabelText('What happened'), 'Half a sentence');
    screen.getByRole('button', { name: 'Leave for now' }).click();
    await screen.findByRole('heading', { level: 1, name: sampleCase.title });
    expect(await backend.readDraft('contact/parcel')).toContain('Half a sentence');
  });

  it('keeps what was typed for the next time', async () => {
    const { person, backend } = await openCase();
    await person.keyboard('n');
    await person.type(await screen.findByLabelText('What happened'), 'Half a sentence');
    await waitFor(async () => expect(await backend.readDraft('contact/parcel')).toContain('Half a sentence'));
    await person.click(screen.getByRole('button', { name: 'Leave for now' }));
    await screen.findByRole('heading', { level: 1, name: sampleCase.title });
    await person.keyboard('n');
    expect(await screen.findByLabelText('What happened')).toHaveValue('Half a sentence');
    expect(screen.getByText('This is what you had typed earlier.')).toBeInTheDocument();
  });
});
