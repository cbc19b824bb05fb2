import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { everything, latestPromises } from '../lib/backend/backend';
import { sampleCase } from '../lib/backend/fake-data';
import { openPage } from '../test/page';

const oneCompany = { ...sampleCase, parties: sampleCase.parties.slice(0, 1) };
const another = {
  ...oneCompany,
  id: 'washer',
  title: 'Washing machine',
  parties: [{ ...oneCompany.parties[0]!, id: 'washer-shop', name: 'Lavamár' }],
  people: [],
  timeline: [],
  promises: [],
};

async function startCall(cases = [oneCompany]) {
  const page = await openPage({ cases });
  await page.person.keyboard('c');
  await screen.findByRole('timer', { name: 'How long the call has lasted' });
  return page;
}

const company = () => screen.getByRole('combobox', { name: 'Company' });
const who = () => screen.getByRole('combobox', { name: 'Who you are speaking to' });
const note = () => screen.getByRole('textbox', { name: 'Note' });
const soFar = () => within(screen.getByRole('complementary', { name: 'The call so far' }));

describe('a call', () => {
  it('has the company of the only case, and asks who is on the line', async () => {
    await startCall();
    expect(company()).toHaveValue('Almacenes Miramar');
    expect(who()).toHaveFocus();
  });

  it('asks for the company where there are several, and finds it without accents', async () => {
    const { person, backend } = await startCall([oneCompany, another]);
    expect(company()).toHaveFocus();
    await person.keyboard('lava{ArrowDown}{Enter}');
    expect(company()).toHaveValue('Lavamár');
    expect(who()).toHaveFocus();
    await person.keyboard('{Escape}e');
    await person.click(await screen.findByRole('button', { name: /Save/ }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Fill in “What happened”.');
    await person.type(screen.getByLabelText(/^What happened/), 'Nobody answered.');
    await person.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByText('The contact is on record.')).toBeInTheDocument();
    expect((await backend.timelinePage('washer', everything, { first: 0, limit: 1 })).items[0]?.summary).toBe(
      'Nobody answered.',
    );
  });

  it('keeps every change within a moment, and each note at once', async () => {
    const { person, backend } = await startCall();
    await person.type(who(), 'Núria');
    await waitFor(async () => expect((await backend.calls())[0]?.form).toContain('Núria'));
    await person.type(note(), 'Nothing is on file{Enter}');
    expect(note()).toHaveValue('');
    expect(await screen.findByRole('button', { name: 'Nothing is on file' })).toBeInTheDocument();
    expect((await backend.calls())[0]?.notes.map((one) => one.text)).toEqual(['Nothing is on file']);
  });

  it('takes letters as commands only while nobody is typing', async () => {
    const { person } = await startCall();
    await person.keyboard('Hattie P');
    expect(who()).toHaveValue('Hattie P');
    await person.keyboard('{Escape}h');
    expect(screen.getByRole('button', { name: 'On hold' })).toHaveAttribute('aria-pressed', 'true');
    await person.keyboard('h');
    expect(screen.getByRole('button', { name: 'On hold' })).toHaveAttribute('aria-pressed', 'false');
    await person.keyboard('n');
    expect(note()).toHaveFocus();
  });

  it('keeps everybody who was on the line, and counts how often one was passed on', async () => {
    const { person } = await startCall();
    await person.type(who(), 'Pau');
    await person.keyboard('{Escape}tNúria{Enter}');
    expect(soFar().getByText('Passed on 1 time')).toBeInTheDocument();
    expect(who()).toHaveValue('Núria');
    await person.keyboard('t');
    await person.click(screen.getByRole('button', { name: 'Refused to give a name' }));
    expect(soFar().getByText('Passed on 2 times')).toBeInTheDocument();
    expect(
      soFar()
        .getAllByRole('listitem')
        .map((item) => item.textContent?.trim()),
    ).toEqual(['Pau', 'Núria', 'somebody who refused a name']);
  });

  it('takes a name that was refused, or that one does not know, with one key', async () => {
    const { person } = await startCall();
    await person.keyboard('{Escape}x');
    expect(screen.getByRole('checkbox', { name: /Refused to give a name/ })).toBeChecked();
    await person.keyboard('i');
    expect(screen.getByRole('checkbox', { name: /I don’t know/ })).toBeChecked();
    expect(screen.getByRole('checkbox', { name: /Refused to give a name/ })).not.toBeChecked();
  });

  it('offers the open promises when one is made again', async () => {
    const { person, backend } = await startCall();
    await person.keyboard('{Escape}pRefund the whole order{Enter}');
    const again = screen.getByRole('combobox', { name: /Is it an earlier promise again/ });
    await person.selectOptions(again, 'Refund the whole order to the card');
    await person.click(screen.getByRole('button', { name: 'Note the promise' }));
    expect(soFar().getByText(/Refund the whole order: no date given/)).toBeInTheDocument();
    await person.keyboard('e');
    await waitFor(() => expect(screen.getByRole('button', { name: /Save/ })).toHaveFocus());
    await person.keyboard('{Enter}');
    expect(await screen.findByText('The contact is on record.')).toBeInTheDocument();
    expect((await backend.promisePage(latestPromises('parcel'))).promises[0]?.what).toBe('Refund the whole order');
  });

  it('finds what went wrong by a word, and takes it with Enter', async () => {
    const { person } = await startCall();
    await person.keyboard('{Escape}frude{Enter}{Enter}');
    expect(soFar().getByText('rude treatment')).toBeInTheDocument();
  });

  it('goes on after its end was a slip, and lets a note be written again', async () => {
    const { person } = await startCall();
    await person.type(note(), 'Nuria{Enter}');
    await person.click(await screen.findByRole('button', { name: 'Nuria' }));
    const again = screen.getByRole('textbox', { name: /Change the note of/ });
    await person.clear(again);
    await person.type(again, 'Núria, of the claims{Enter}');
    expect(await screen.findByRole('button', { name: 'Núria, of the claims' })).toBeInTheDocument();
    await person.keyboard('{Escape}e');
    await person.click(await screen.findByRole('button', { name: 'Back to the call' }));
    expect(await screen.findByRole('button', { name: 'Núria, of the claims' })).toBeInTheDocument();
  });

  it('becomes small on request, without the side bar, and large again', async () => {
    const { person, backend } = await startCall();
    await person.keyboard('{Escape}w');
    await waitFor(() => expect(backend.onThePhone.floating).toBe(true));
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
    await person.keyboard('w');
    await waitFor(() => expect(backend.onThePhone.floating).toBe(false));
    expect(screen.getByRole('navigation')).toBeInTheDocument();
  });

  it('that was cut off is told on every screen, and discarding it can be undone', async () => {
    const { person, backend } = await openPage({ cases: [oneCompany] }, (program) => void program.beginCall(''));
    const cut = await screen.findByText(/A call of \d\d:\d\d is not finished/);
    await person.click(screen.getByRole('link', { name: 'Settings' }));
    expect(cut).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Discard' }));
    expect(await backend.calls()).toEqual([]);
    await person.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await backend.calls()).toHaveLength(1);
    expect(await screen.findByText(/A call of \d\d:\d\d is not finished/)).toBeInTheDocument();
  });

  it('that was cut off is told once on Today', async () => {
    await openPage({ cases: [oneCompany] }, (program) => void program.beginCall(''));
    expect(await screen.findByText(/A call of \d\d:\d\d is not finished/)).toBeInTheDocument();
    expect(await screen.findByRole('heading', { name: /Needs you/ })).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: /Go on/ })).not.toBeInTheDocument();
  });

  it('begins a case where there is none, named after the company unless it is called otherwise', async () => {
    const { person, backend } = await startCall([]);
    await person.keyboard('Iberluz{Enter}Núria{Escape}e');
    expect(await screen.findByText('A new case: Iberluz')).toBeInTheDocument();
    await person.keyboard('{Enter}');
    expect(await screen.findByText('The contact is on record.')).toBeInTheDocument();
    expect((await backend.cases()).map((one) => one.title)).toEqual(['Iberluz']);
  });
});
