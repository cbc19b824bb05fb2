import { screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { noSettings } from '../lib/backend/backend';
import { sampleCase } from '../lib/backend/fake-data';
import { openPage } from '../test/page';

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
