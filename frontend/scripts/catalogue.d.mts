import type { Plugin } from 'vite';
import type { Language } from '../src/lib/i18n/format';
import type { Messages } from '../src/lib/i18n/catalogue';

export function readCatalogue(): Record<Language, Messages>;
export function catalogue(): Plugin;
