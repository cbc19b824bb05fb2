import type { Plugin } from 'vite';
import type { Language } from '../src/lib/i18n/format';
import type { Messages } from '../src/lib/i18n/catalogue';

export function readCatalogue(): Record<Language, Messages>;
export function numberKeys(keys: string[]): Map<string, number>;
export function withNumbers(script: string, numbers: Map<string, number>): string;
export function withDirectTexts(source: string): string;
export function catalogue(): Plugin[];
