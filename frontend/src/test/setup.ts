import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/svelte';
import { afterEach } from 'vitest';
import { readCatalogue } from '../../scripts/catalogue.mjs';
import { provideCatalogue } from '../lib/i18n/catalogue';
import { languages } from '../lib/i18n/format';

const words = readCatalogue();
for (const language of languages) provideCatalogue(language, words[language]);

// A machine that does much else at once is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

// jsdom knows <dialog> but not how to open one as a modal.
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false;
};
// Nor popovers: all of one is always in the page.
HTMLElement.prototype.showPopover ??= () => {};
HTMLElement.prototype.hidePopover ??= () => {};
Element.prototype.scrollIntoView ??= () => {};
Element.prototype.scrollTo ??= () => {};
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
globalThis.IntersectionObserver ??= class {
  root = null;
  rootMargin = '';
  scrollMargin = '';
  thresholds = [];
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords = () => [];
};

afterEach(() => {
  location.hash = '';
  delete document.documentElement.dataset.theme;
});
