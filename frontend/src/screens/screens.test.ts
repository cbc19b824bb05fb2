import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { Failure, noSettings } from '../lib/backend/backend';
import { sampleCase } from '../lib/backend/fake-data';
import { Texts } from '../lib/i18n/texts.svelte';
import { openCase, openPage } from '../test/page';

const dialog = () => within(screen.getByRole('dialog'));

describe('the first start', () => {
  it('speaks the system’s language, and any other at once', async () => {
    const { person } = await openPage({ start: { systemLanguage: 'ca', settings: noSettings } });
    expect(await screen.findByRole('heading', { name: 'Deixa’n constància' })).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Español' }));
    expect(await screen.findByRole('heading', { name: 'Deja constancia' })).toBeInTheDocument();
    expect(document.documentElement.lang).toBe('es');
  });

  it('asks three things at most, and keeps the answers', async () => {
    const { person, backend } = await openPage({ start: { settings: noSettings } });
    const save = vi.spyOn(backend, 'saveSettings');
    await person.click(await screen.findByRole('button', { name: 'Continue' }));
    expect(screen.getByRole('heading', { name: 'Where it is kept' })).toHaveFocus();
    expect(screen.getByText('/home/nuria/.local/share/constancia')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Continue' }));
    await person.type(screen.getByLabelText('Name'), 'Núria Vidal');
    await person.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByRole('heading', { name: 'Where do you want to begin?' })).toBeInTheDocument();
    expect(save.mock.lastCall?.[0]).toMatchObject({ name: 'Núria Vidal', welcomed: true });
    expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(
      expect.arrayContaining(['#/many', '#/call', '#/new']),
    );
  });

  it('can be passed over at once', async () => {
    const { person } = await openPage({ start: { settings: noSettings } });
    await person.click(await screen.findByRole('button', { name: 'Skip these questions' }));
    expect(await screen.findByRole('heading', { name: 'Where do you want to begin?' })).toBeInTheDocument();
  });

  it('opens the sample dispute, which says what it is and can be removed', async () => {
    const { person } = await openPage();
    await person.click(await screen.findByRole('button', { name: /Open the sample dispute/ }));
    expect(await screen.findByRole('heading', { level: 1, name: sampleCase.title })).toBeInTheDocument();
    expect(screen.getByText('This is the sample dispute.')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Remove the sample' }));
    expect(await screen.findByText('The sample is gone. You can open it again at any time.')).toBeInTheDocument();
    expect(await screen.findByRole('heading', { name: 'Where do you want to begin?' })).toBeInTheDocument();
  });
});

describe('a record that is not what it was', () => {
  it('says so on every screen until the person takes it as it is', async () => {
    location.hash = '#/cases';
    const { person } = await openPage({ cases: [sampleCase], start: { surprised: true } });
    expect(await screen.findByRole('alert')).toHaveTextContent('The record is not what it was');
    await person.click(screen.getByRole('link', { name: sampleCase.title }));
    await screen.findByRole('heading', { level: 1, name: sampleCase.title });
    await person.click(screen.getByRole('button', { name: 'It was me: go on with it' }));
    expect(await screen.findByText(/stands apart, as from a new computer/)).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('a library of an earlier version', () => {
  it('is told to have been brought up to date', async () => {
    await openPage({ cases: [sampleCase], start: { migrated: true } });
    expect(await screen.findByText(/A copy of how they were is kept beside them/)).toBeInTheDocument();
  });
});

describe('a clock that was set back', () => {
  it('is told, with the time up to which there are entries', async () => {
    await openPage({ cases: [sampleCase], start: { clockBehind: '2027-11-22T10:05' } });
    expect(await screen.findByRole('alert')).toHaveTextContent('The record has entries up to 22 November 2027, 10:05.');
  });
});

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

  it('exports a dossier, and can be stopped', async () => {
    const { person, backend } = await openCase();
    backend.jobsWait = true;
    await person.click(screen.getByRole('button', { name: 'Export dossier' }));
    await person.click(dialog().getByRole('button', { name: 'Choose where to save' }));
    await person.click(await dialog().findByRole('button', { name: 'Cancel' }));
    backend.jobsWait = false;
    expect(await dialog().findByRole('button', { name: 'Choose where to save' })).toBeInTheDocument();
    await person.click(dialog().getByRole('button', { name: 'Choose where to save' }));
    expect(await dialog().findByText('The dossier is ready.', undefined, { timeout: 3000 })).toBeInTheDocument();
    expect(dialog().getByRole('button', { name: 'Open the folder' })).toBeInTheDocument();
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

describe('undo', () => {
  const settleLate = async () => {
    const page = await openCase('promises');
    await page.person.click(screen.getByRole('button', { name: /How did it end\?: Refund/ }));
    await page.person.click(dialog().getByRole('radio', { name: 'not kept' }));
    await page.person.type(dialog().getByLabelText(/Note/), 'Nothing was paid.');
    await page.person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Nothing was paid.')).toBeInTheDocument();
    return page;
  };

  it('takes back what was done last from the notice, and the screen reads anew', async () => {
    const { person } = await settleLate();
    const notice = screen.getByText('How the promise ended is on record.').closest<HTMLElement>('[role=status]')!;
    await person.click(within(notice).getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(screen.queryByText('Nothing was paid.')).not.toBeInTheDocument());
    expect(notice).toHaveTextContent('Undone: “How the promise ended is on record.”');
    await person.click(within(notice).getByRole('button', { name: 'Do it again' }));
    expect(await screen.findByText('Nothing was paid.')).toBeInTheDocument();
  });

  it('goes by keyboard, one act after the other', async () => {
    const { person } = await settleLate();
    await person.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(screen.queryByText('Nothing was paid.')).not.toBeInTheDocument());
    await person.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(await screen.findByText('Nothing was paid.')).toBeInTheDocument();
  });

  it('leaves the keys to the field while somebody types', async () => {
    const { person, backend } = await settleLate();
    const undo = vi.spyOn(backend, 'undo');
    await person.click(screen.getByRole('button', { name: 'Add a promise' }));
    await person.type(dialog().getByLabelText('What they promised'), 'A call{Control>}z{/Control}');
    expect(undo).not.toHaveBeenCalled();
  });

  it('leaves the screen of a case that was begun by mistake', async () => {
    location.hash = '#/new';
    const { person } = await openPage({ cases: [sampleCase] });
    await person.type(screen.getByLabelText('What is it about?'), 'By mistake');
    await person.type(screen.getByLabelText('Company'), 'Lavamar');
    await person.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByRole('heading', { level: 1, name: 'By mistake' });
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Cases' })).toBeInTheDocument();
    expect(screen.queryByText('By mistake')).not.toBeInTheDocument();
  });

  it('says why when it can’t be, and does not offer it again', async () => {
    const { person, backend } = await settleLate();
    vi.spyOn(backend, 'undo').mockRejectedValue(new Failure('already_retracted', { value: 'x' }));
    await person.keyboard('{Control>}z{/Control}');
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });
});

describe('the palette', () => {
  it('does what its line says', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    await person.keyboard('{Control>}k{/Control}');
    await person.type(screen.getByRole('combobox'), 'dark');
    await person.keyboard('{Enter}');
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(screen.queryByRole('combobox')).not.toBeInTheDocument();
  });

  it('finds what is on record, and opens the right place', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    await person.keyboard('{Control>}k{/Control}');
    await person.type(screen.getByRole('combobox'), 'refund');
    const promises = await screen.findByRole('group', { name: 'Promises' });
    await person.click(within(promises).getByRole('option', { name: /Refund the whole order/ }));
    expect(location.hash).toBe('#/case/parcel/promises/p2');
    await waitFor(() => expect(document.getElementById('entry-p2')).toHaveAttribute('data-revealed'));
    await person.keyboard('{Control>}k{/Control}');
    const recent = screen.getByRole('group', { name: 'Recent' });
    expect(within(recent).getAllByRole('option')[0]).toHaveTextContent('Refund the whole order');
  });

  it('goes through the lines by arrow keys, around the ends', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    await person.keyboard('{Control>}k{/Control}');
    const field = screen.getByRole('combobox');
    await person.type(field, 'parcel');
    await screen.findByRole('group', { name: 'Cases' });
    await person.keyboard('{ArrowUp}');
    const options = screen.getAllByRole('option');
    expect(options.at(-1)).toHaveAttribute('aria-selected', 'true');
    expect(field).toHaveAttribute('aria-activedescendant', options.at(-1)!.id);
    await person.keyboard('{ArrowDown}');
    expect(screen.getAllByRole('option')[0]).toHaveAttribute('aria-selected', 'true');
  });

  it('says when nothing fits', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    await person.keyboard('{Control>}k{/Control}');
    await person.type(screen.getByRole('combobox'), 'zzz');
    expect(await screen.findByText(/Nothing fits “zzz”/)).toBeInTheDocument();
  });
});

describe('the menu', () => {
  it('has every action with its keys, and is gone through by keyboard', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    const opener = screen.getByRole('button', { name: 'Menu' });
    opener.focus();
    await person.keyboard('{Enter}');
    const lines = screen.getAllByRole('menuitem');
    expect(lines[0]).toHaveFocus();
    expect(screen.getByRole('menuitem', { name: 'Find anything' })).toHaveTextContent('Ctrl K');
    await person.keyboard('{ArrowUp}');
    expect(lines.at(-1)).toHaveFocus();
    await person.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
    expect(opener).toHaveFocus();
  });

  it('does what its line says', async () => {
    const { person } = await openPage({ cases: [sampleCase] });
    await person.click(screen.getByRole('button', { name: 'Menu' }));
    await person.click(screen.getByRole('menuitem', { name: 'Settings' }));
    expect(location.hash).toBe('#/settings');
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
  });

  it('is the system’s own where there is one', async () => {
    const { backend } = await openPage({ cases: [sampleCase], start: { nativeMenu: true } });
    expect(screen.queryByRole('button', { name: 'Menu' })).not.toBeInTheDocument();
    backend.chooseInMenu('settings');
    await waitFor(() => expect(location.hash).toBe('#/settings'));
  });
});

describe('a link', () => {
  it('leads nowhere by itself', async () => {
    await openPage({ cases: [sampleCase] });
    const link = Object.assign(document.createElement('a'), { href: 'https://elsewhere.example/' });
    screen.getByRole('main').append(link);
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    link.dispatchEvent(click);
    expect(click.defaultPrevented).toBe(true);
  });
});
