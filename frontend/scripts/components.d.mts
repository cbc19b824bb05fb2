import type { Plugin } from 'vite';

export function withoutTakingOver(component: string): string;
export function withoutSlots(component: string): string;
export function withoutMemory(component: string): string;
export function components(): Plugin;
