/** The page on a fake backend, and the person who uses it. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import App from '../App.svelte';
import { FakeBackend, type FakeOptions } from '../lib/backend/fake';
import { Texts } from '../lib/i18n/texts.svelte';
import { sampleCase } from '../lib/backend/fake-data';
import { Showing } from '../screens/showing.svelte';

export async function openPage(options: FakeOptions = {}, prepare: (backend: FakeBackend) => void = () => {}) {
  const backend = new FakeBackend(options);
  prepare(backend);
  const person = userEvent.setup();
  const showing = new Showing();
  await showing.bringOthers();
  render(App, { backend, showing, texts: await Texts.in('en') });
  await screen.findByRole('navigation');
  return { backend, person };
}

export async function openCase(tab = '') {
  location.hash = `#/case/${sampleCase.id}${tab && `/${tab}`}`;
  const page = await openPage({ cases: [sampleCase] });
  await screen.findByRole('heading', { level: 1, name: sampleCase.title });
  return page;
}
