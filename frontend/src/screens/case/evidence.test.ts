import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { Failure, type ChosenFile } from '../../lib/backend/backend';
import type { FakeBackend } from '../../lib/backend/fake';
import { openCase } from '../../test/page';

const dialog = () => within(screen.getByRole('dialog'));

const photo = (name: string, more: Partial<ChosenFile> = {}): ChosenFile => ({
  ...{ name, size: 1200, kind: 'image', day: '2026-03-03' },
  ...more,
});

async function drop(files: ChosenFile[], prepare: (backend: FakeBackend) => void = () => {}) {
  const page = await openCase('evidence');
  prepare(page.backend);
  page.backend.dropFiles(files);
  await screen.findByRole('dialog');
  return { ...page, add: vi.spyOn(page.backend, 'addEvidence') };
}

describe('files that fall on the window', () => {
  it('become evidence with what each shows', async () => {
    const { person, add } = await drop([photo('one.jpg'), photo('two.pdf', { kind: 'pdf' })]);
    expect(screen.getByRole('dialog', { name: 'Add 2 files as evidence' })).toBeInTheDocument();
    await person.type(dialog().getAllByLabelText(/What it shows/)[1]!, 'The contract');
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('2 files are on record as evidence.')).toBeInTheDocument();
    expect(add).toHaveBeenCalledWith({
      caseId: 'parcel',
      selectionId: 'dropped',
      contactId: '',
      oneExhibit: false,
      files: [
        { place: 0, shows: '', when: '', consent: '' },
        { place: 1, shows: 'The contract', when: '', consent: '' },
      ],
    });
    expect(await screen.findByText('The contract')).toBeInTheDocument();
  });

  it('are dated only as the person says', async () => {
    const { person, add } = await drop([photo('one.jpg'), photo('two.jpg', { day: '2026-03-04' })]);
    await person.click(dialog().getByRole('radio', { name: 'Each on its file’s date' }));
    expect(dialog().getByText('A file’s date can be that of a copy. Check it above.')).toBeInTheDocument();
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(add.mock.calls[0]![0].files.map(({ when }) => when)).toEqual(['2026-03-03', '2026-03-04']);
  });

  it('can be left out one by one, and be one exhibit together', async () => {
    const { person, add } = await drop([photo('one.jpg'), photo('two.jpg'), photo('three.jpg')]);
    await person.click(dialog().getByRole('button', { name: 'Leave out two.jpg' }));
    await person.click(dialog().getByRole('checkbox', { name: /All of these are one exhibit/ }));
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    const input = add.mock.calls[0]![0];
    expect(input.oneExhibit).toBe(true);
    expect(input.files.map(({ place }) => place)).toEqual([0, 2]);
    expect(await screen.findByText('2 files, one exhibit')).toBeInTheDocument();
  });

  it('say of a recording, and of nothing else, who knew of it', async () => {
    const { person, add } = await drop([photo('call.m4a', { kind: 'audio' }), photo('two.jpg')]);
    const consent = dialog().getByLabelText('Who knew it was recorded');
    await person.selectOptions(consent, 'agreed');
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(add.mock.calls[0]![0].files.map((file) => file.consent)).toEqual(['agreed', '']);
  });

  it('show their true endings, and say that there is nothing in one', async () => {
    await drop([photo('bill\u202efdp.exe', { size: 0, kind: 'other' })]);
    expect(dialog().getByText('bill\ufffdfdp.exe')).toBeInTheDocument();
    expect(dialog().getByText('This file is empty: there is nothing in it.')).toBeInTheDocument();
  });

  it('are said to be left out, each in a sentence', async () => {
    const { backend } = await openCase('evidence');
    backend.chosen = { id: 'x', files: [], leftOut: [{ name: 'Documents', reason: 'empty' }] };
    await fireEvent.click(screen.getByRole('button', { name: 'Choose files' }));
    expect(await screen.findByText('The folder “Documents” has no files in it.')).toBeInTheDocument();
    expect(dialog().queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
  });
});

describe('adding files', () => {
  it('says how each went, and goes on with the rest', async () => {
    const failure = JSON.stringify({ code: 'file_changed', values: { path: 'two.jpg' } });
    const { person, add, backend } = await drop([photo('one.jpg'), photo('two.jpg'), photo('three.jpg')], (fake) => {
      fake.adding.set('two.jpg', { state: 'failed', failure });
      fake.adding.set('three.jpg', { state: 'known', label: 'A-1' });
    });
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await dialog().findByText('Added as exhibit A-3.')).toBeInTheDocument();
    expect(dialog().getByText(/The file two.jpg was changed while it was being read/)).toBeInTheDocument();
    expect(dialog().getByText('It is in this case already: A-1. It was not added again.')).toBeInTheDocument();

    backend.adding.clear();
    await person.click(dialog().getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('2 files are on record as evidence.')).toBeInTheDocument();
    expect(add.mock.calls[1]![0].files.map(({ place }) => place)).toEqual([1]);
  });

  it('can be called off, and says what stays', async () => {
    const { person, backend } = await drop(
      [photo('one.jpg'), photo('video.mp4', { kind: 'video', size: 3e9 })],
      (fake) => {
        fake.jobsWait = true;
        fake.adding.set('video.mp4', { state: 'waiting' });
      },
    );
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await dialog().findByText('Keeping 2 files…')).toBeInTheDocument();
    const cancel = vi.spyOn(backend, 'cancelJob');
    await person.click(await dialog().findByRole('button', { name: 'Cancel' }));
    expect(cancel).toHaveBeenCalledOnce();
    expect(await dialog().findByText('What was added before stays on record.', { exact: false })).toBeInTheDocument();
    expect(dialog().getByText('Not added.')).toBeInTheDocument();
  });

  it('is refused at the field when a day does not exist, with nothing typed lost', async () => {
    const { person, backend } = await drop([photo('one.jpg')]);
    vi.spyOn(backend, 'addEvidence').mockRejectedValueOnce(
      new Failure('no_such_date', { field: 'when' }, { when: { code: 'no_such_date', values: { field: 'when' } } }),
    );
    await person.type(dialog().getByLabelText(/What it shows/), 'The receipt');
    await person.click(dialog().getByRole('radio', { name: 'Another date' }));
    await person.type(dialog().getByLabelText('Day'), '30');
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await dialog().findByRole('alert')).toHaveTextContent('“Date”: that day or time does not exist.');
    expect(dialog().getByLabelText(/What it shows/)).toHaveValue('The receipt');
    expect(dialog().getByLabelText('Day')).toBeInvalid();
  });
});

describe('looking at evidence', () => {
  const look = 'Look at Delivery note with a signature that is not mine';

  it('shows a photo with what it shows as its words, and turns the leaves by arrow keys', async () => {
    const { person } = await openCase('evidence');
    await person.click(await screen.findByRole('button', { name: look }));
    expect(dialog().getByRole('img', { name: 'Delivery note with a signature that is not mine' })).toBeInTheDocument();
    await person.keyboard('{ArrowRight}');
    expect(dialog().getByText(/A PDF opens in your system’s viewer/)).toBeInTheDocument();
    await person.keyboard('{ArrowRight}');
    expect(dialog().getByText('2 of 2')).toBeInTheDocument();
    await person.keyboard('{ArrowLeft}');
    expect(dialog().getByText('1 of 2')).toBeInTheDocument();
  });

  it('says why a photo is not shown, and offers the system’s viewer', async () => {
    const { person, backend } = await openCase('evidence');
    vi.spyOn(backend, 'evidenceTrouble').mockResolvedValue(new Failure('content_missing', { sha256: '9f2c' }));
    const open = vi.spyOn(backend, 'openEvidence');
    await person.click(await screen.findByRole('button', { name: look }));
    await fireEvent.error(dialog().getByRole('img'));
    expect(await dialog().findByText(/The library lacks a file that it has kept/)).toBeInTheDocument();
    await person.click(dialog().getByRole('button', { name: 'Open in the system’s viewer' }));
    expect(open).toHaveBeenCalledWith('parcel', 'e1');
  });

  it('plays a recording from memory where the player can’t fetch it, and says so when that fails, too', async () => {
    URL.createObjectURL = vi.fn(() => 'blob:here');
    URL.revokeObjectURL = vi.fn();
    const { person, backend } = await drop([photo('call.m4a', { kind: 'audio' })]);
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    await person.click(await screen.findByRole('button', { name: 'Look at call.m4a' }));
    const content = vi.spyOn(backend, 'evidenceContent');
    const player = screen.getByRole('dialog').querySelector('audio')!;
    await fireEvent.error(player);
    await waitFor(() => expect(player).toHaveAttribute('src', 'blob:here'));
    expect(content).toHaveBeenCalledOnce();
    await fireEvent.error(player);
    expect(await dialog().findByText(/This window can’t play this recording/)).toBeInTheDocument();
  });

  it('corrects what was said of a file, and leaves the file alone', async () => {
    const { person, backend } = await openCase('evidence');
    const correct = vi.spyOn(backend, 'correctEvidence');
    await person.click(await screen.findByRole('button', { name: look }));
    await person.click(dialog().getByRole('button', { name: 'Correct the details' }));
    const shows = dialog().getByLabelText(/What it shows/);
    await person.clear(shows);
    await person.type(shows, 'Delivery note, signed by a stranger');
    await person.clear(dialog().getByLabelText('Day'));
    await person.type(dialog().getByLabelText(/Why/), 'The stamp has no day');
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The correction is on record.')).toBeInTheDocument();
    expect(correct).toHaveBeenCalledWith({
      caseId: 'parcel',
      evidenceId: 'e1',
      shows: 'Delivery note, signed by a stranger',
      when: '2026-08',
      contactId: 'c3',
      consent: '',
      reason: 'The stamp has no day',
    });
  });
});

describe('dragging files over the window', () => {
  it('says where they go for as long as they are over it', async () => {
    await openCase('evidence');
    const words = 'Drop the files: they are added as evidence of this case';
    await fireEvent.dragOver(window, { dataTransfer: { types: ['Files'] } });
    expect(await screen.findByText(words)).toBeInTheDocument();
    await fireEvent.dragLeave(window, { relatedTarget: null });
    await waitFor(() => expect(screen.queryByText(words)).not.toBeInTheDocument());
    await fireEvent.dragOver(window, { dataTransfer: { types: ['text/plain'] } });
    expect(screen.queryByText(words)).not.toBeInTheDocument();
  });
});
