import { screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { openCase } from '../test/page';

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
    expect(await screen.findByText(/“nowhere” stands nowhere/)).toBeInTheDocument();
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

  it('goes back to its pages where another reader is chosen', async () => {
    const { person } = await openDossier('press');
    await person.click(await screen.findByRole('button', { name: 'Review it' }));
    await person.click(screen.getByRole('radio', { name: 'head office' }));
    const tabs = within(screen.getByRole('tablist', { name: 'Preview' })).getAllByRole('tab');
    expect(tabs.map((tab) => tab.textContent?.trim())).toEqual(['Pages', 'As text']);
    expect(tabs[0]).toHaveAttribute('aria-selected', 'true');
  });
});
