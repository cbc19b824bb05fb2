import type { Plugin } from 'vite';

export function withShortFragments(component: string, scope?: string): string;
export function fragments(): Plugin;
