import type { Plugin } from 'vite';

export function withConstants(source: string, names: string[]): string;
export function runtime(): Plugin;
