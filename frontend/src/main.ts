import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import { mount } from 'svelte';
import App from './App.svelte';
import type { Backend } from './lib/backend/backend';
import { WailsBackend } from './lib/backend/wails';
import { languages } from './lib/i18n/format';
import { Texts } from './lib/i18n/texts.svelte';

async function choose(): Promise<Backend> {
  // Without the program behind it, `npm run dev` shows the page on the fake. A build holds none of it.
  if (import.meta.env.DEV && !('go' in window)) {
    const { FakeBackend } = await import('./lib/backend/fake');
    return new FakeBackend();
  }
  return new WailsBackend();
}

/**
 * The page's font. Until it is there, the web view would lay everything out in fonts that it has to look for in the whole
 * system, which takes it several times as long as loading this one.
 */
const font = document.fonts.load('1em "Atkinson Hyperlegible Next Variable"').catch(() => []); // others do, then

const spoken = navigator.language.slice(0, 2);
const target = document.getElementById('page');
if (target) {
  const language = languages.find((known) => known === spoken) ?? 'en';
  const backend = await choose();
  const start = backend.start(); // while the words are on their way
  start.catch(() => {}); // the page tells why, once it is there
  const [texts] = await Promise.all([Texts.in(language), font]);
  mount(App, { target, props: { backend, start, texts } });
}
