import type { Component } from 'svelte';

/** Something a person can do, as a line of the palette. */
export interface Action {
  id: string;
  label: string;
  icon: Component;
  keys?: string;
  run: () => void;
}
