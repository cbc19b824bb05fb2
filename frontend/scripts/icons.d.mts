import type { Plugin } from 'vite';

export function importedIcons(): string[];
export function symbol(name: string): string;
export function icons(): Plugin;
