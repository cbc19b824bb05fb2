/** What one letter does while nobody is typing. */
import type { Component } from 'svelte';
import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import Flag from '@lucide/svelte/icons/flag';
import Frown from '@lucide/svelte/icons/frown';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Pause from '@lucide/svelte/icons/pause';
import PhoneOff from '@lucide/svelte/icons/phone-off';
import Repeat2 from '@lucide/svelte/icons/repeat-2';
import Signpost from '@lucide/svelte/icons/signpost';
import type { TextKey } from '../../lib/i18n/keys';
import type { LiveCall, Tool } from './call.svelte';

export interface Command {
  letter: string;
  label: TextKey & `page.call.${string}`;
  icon: Component;
  tone?: 'warn' | 'end';
  /** Whether what it starts goes on, or what it opens is open. */
  on: (call: LiveCall) => boolean;
  run: (call: LiveCall) => void;
}

const opens = (tool: Tool) => ({
  on: (call: LiveCall) => call.tool === tool,
  run: (call: LiveCall) => (call.tool = call.tool === tool ? '' : tool),
});

export const commands = [
  {
    letter: 'H',
    label: 'page.call.hold',
    icon: Pause,
    tone: 'warn',
    on: (call) => call.onHold,
    run: (call) => call.toggleHold(),
  },
  { letter: 'T', label: 'page.call.transferred', icon: ArrowRightLeft, ...opens('transfer') },
  { letter: 'P', label: 'page.call.promised', icon: Flag, ...opens('promise') },
  { letter: 'F', label: 'page.call.went_wrong', icon: Frown, ...opens('failures') },
  { letter: 'A', label: 'page.call.ask', icon: ListChecks, ...opens('ask') },
  { letter: 'S', label: 'page.call.sent', icon: Signpost, ...opens('sent') },
  {
    letter: 'R',
    label: 'page.call.again',
    icon: Repeat2,
    on: () => false,
    run: (call) => call.tellAgain(),
  },
  { letter: 'E', label: 'page.call.end', icon: PhoneOff, tone: 'end', on: () => false, run: (call) => void call.end() },
] as const satisfies Command[];

/** Whether keys go into a text there. A box to tick or a button takes no letters. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])')
  );
}
