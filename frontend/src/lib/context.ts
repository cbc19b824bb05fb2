/** What every component can reach without being handed it: the program, the words, and the state they share. */
import { createContext } from 'svelte';
import type { Backend } from './backend/backend';
import type { Texts } from './i18n/texts.svelte';
import type { Session } from './session.svelte';

export const [getBackend, setBackend] = createContext<Backend>();
export const [getTexts, setTexts] = createContext<Texts>();
export const [getSession, setSession] = createContext<Session>();
