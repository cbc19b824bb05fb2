/** The icon of each channel, and of each other thing on a timeline. Beside an icon there is always a word. */
import type { Component } from 'svelte';
import AtSign from '@lucide/svelte/icons/at-sign';
import Building2 from '@lucide/svelte/icons/building-2';
import Ellipsis from '@lucide/svelte/icons/ellipsis';
import Flag from '@lucide/svelte/icons/flag';
import FlagOff from '@lucide/svelte/icons/flag-off';
import Globe from '@lucide/svelte/icons/globe';
import Mail from '@lucide/svelte/icons/mail';
import MailOpen from '@lucide/svelte/icons/mail-open';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import Paperclip from '@lucide/svelte/icons/paperclip';
import Phone from '@lucide/svelte/icons/phone';
import Undo2 from '@lucide/svelte/icons/undo-2';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import Clock3 from '@lucide/svelte/icons/clock-3';

const channels: Readonly<Record<string, Component>> = {
  phone: Phone,
  email: Mail,
  chat: MessagesSquare,
  in_person: Building2,
  letter: MailOpen,
  web_form: Globe,
  social_media: AtSign,
  comment_card: NotebookPen,
  other: Ellipsis,
};

const promiseStates: Readonly<Record<string, Component>> = {
  open: CircleDashed,
  overdue: Clock3,
  kept: CircleCheck,
  late: CircleCheck,
  broken: FlagOff,
  withdrawn: Undo2,
};

export function channelIcon(channel: string): Component {
  return channels[channel] ?? Ellipsis;
}

export function promiseIcon(state: string): Component {
  return promiseStates[state] ?? Flag;
}

/** The icon of what can show something: a contact's channel, an email, a file. */
export function groundIcon(ground: { kind: string; channel: string }): Component {
  if (ground.kind === 'contact') return channelIcon(ground.channel);
  return ground.kind === 'message' ? Mail : Paperclip;
}

/** How a promise's state is coloured: amber for late, green for kept. */
export function promiseTone(state: string): 'warn' | 'good' | 'plain' | 'accent' {
  if (state === 'overdue' || state === 'broken') return 'warn';
  if (state === 'kept' || state === 'late') return 'good';
  return state === 'open' ? 'accent' : 'plain';
}

export { Flag, Paperclip, Mail };
