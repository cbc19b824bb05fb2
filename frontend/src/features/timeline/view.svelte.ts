/** What somebody chose to see of a timeline. It lives as long as the case is open, whatever part of it is looked at. */
import { everything, type TimelineFilter } from '../../lib/backend/backend';

/** The chips above a timeline. */
export const chips = ['calls', 'emails', 'other_contacts', 'promises', 'failures', 'recorded_later'] as const;
export type Chip = (typeof chips)[number];

const otherChannels = ['chat', 'in_person', 'letter', 'web_form', 'social_media', 'comment_card', 'other'];
const channels: Partial<Record<Chip, string[]>> = {
  calls: ['phone'],
  emails: ['email'],
  other_contacts: otherChannels,
};

export class TimelineView {
  chosen = $state<string[]>([]);
  words = $state('');
  who = $state('');
  from = $state('');
  to = $state('');
  oldestFirst = $state(false);

  get filter(): TimelineFilter {
    return {
      ...everything,
      channels: this.chosen.flatMap((chip) => channels[chip as Chip] ?? []),
      withPromises: this.chosen.includes('promises'),
      withFailures: this.chosen.includes('failures'),
      recordedLater: this.chosen.includes('recorded_later'),
      words: this.words.trim(),
      who: this.who,
      from: this.from,
      to: this.to,
      oldestFirst: this.oldestFirst,
    };
  }

  /** Whether anything is left out. */
  get narrowed(): boolean {
    return this.chosen.length > 0 || this.words.trim() !== '' || this.who !== '' || this.from !== '' || this.to !== '';
  }

  /** Shows only some days, both ends among them. */
  show(from: string, to: string): void {
    [this.from, this.to] = [from, to];
  }

  clear(): void {
    this.chosen = [];
    this.words = this.who = this.from = this.to = '';
  }
}
