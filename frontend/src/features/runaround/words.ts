/** A runaround in words: the sentences above it, and what stands at each turn. */
import type { PersonMention } from '../../lib/backend/backend';
import type { RunaroundTurn, RunaroundView } from '../../lib/backend/runaround';
import type { Texts } from '../../lib/i18n/texts.svelte';
import { capitalised } from '../../lib/text/capitalised';
import { drawsTurns, type Drawn } from './layout';

/** What came of it, in plain sentences; only what is on record. */
export function summaryOf(texts: Texts, view: RunaroundView): string[] {
  const sent = view.transfers + view.sentOn;
  return [
    sent > 0
      ? texts.text('page.runaround.sent_between', {
          sent: texts.count('page.runaround.sent', sent),
          between: texts.count('page.runaround.between', view.placeCount),
        })
      : texts.text('page.runaround.not_sent'),
    ...(view.retold > 0 ? [texts.count('page.runaround.told_again', view.retold)] : []),
    ...(view.holdSeconds > 0 ? [texts.text('page.runaround.waited', { time: texts.duration(view.holdSeconds) })] : []),
  ];
}

/** How the times that somebody was sent on are made up; empty when they are all of one kind. */
export function partsOf(texts: Texts, view: RunaroundView): string {
  if (view.transfers === 0 || view.sentOn === 0) return '';
  return texts.text('page.runaround.parts', {
    passed: texts.count('page.runaround.passed', view.transfers),
    elsewhere: texts.count('page.runaround.elsewhere', view.sentOn),
  });
}

export function nameOf(texts: Texts, person: PersonMention): string {
  return person.refused ? texts.text('page.person.refused') : person.name || person.position;
}

/**
 * Who was on the line in a turn, one after the other. Where more were spoken to than passed the person on, nobody knows
 * who did: they are named together.
 */
export function chainOf(texts: Texts, turn: RunaroundTurn): string[] {
  const names = turn.people.map((person) => nameOf(texts, person));
  return turn.transfers < names.length - 1 ? [names.join(', ')] : names;
}

/** What there is to say beside the names: who is missing among them, and that all had to be told again. */
export function asidesOf(texts: Texts, turn: RunaroundTurn): string[] {
  const chain = chainOf(texts, turn);
  const missing = turn.transfers - Math.max(0, chain.length - 1);
  return [
    ...(missing > 0 ? [texts.count(chain.length > 0 ? 'page.runaround.and_more' : 'count.transfer', missing)] : []),
    ...(turn.retold > 0 ? [texts.count('page.runaround.retold', turn.retold)] : []),
  ];
}

/** What there is to say of going there: for which time, and whether what began there came back to it. */
export function noteOf(texts: Texts, turn: RunaroundTurn): string {
  const notes = [
    ...(turn.time > 1 ? [texts.text('page.runaround.again', { count: turn.time })] : []),
    ...(turn.circle ? [texts.text('page.runaround.circle')] : []),
  ];
  return notes.join(' · ');
}

/** When it was, where there is little room. */
export function shortWhen(texts: Texts, wall: string): string {
  const [day = '', clock = ''] = wall.split('T');
  if (day.length < 10) return texts.when(wall);
  return [texts.shortDate(day), clock.length === 5 ? clock : ''].filter(Boolean).join(', ');
}

/** The whole of a turn, for whoever does not see the picture. */
export function sentenceOf(texts: Texts, turn: RunaroundTurn): string {
  const parts = [
    `${texts.when(turn.wall)}: ${[turn.from, ...chainOf(texts, turn)].join(', ')}`,
    ...(turn.transfers > 0 ? [texts.count('page.runaround.passed', turn.transfers)] : []),
    ...(turn.to ? [texts.text('page.runaround.sent_to', { to: turn.to })] : []),
    noteOf(texts, turn),
    ...(turn.deadEnd ? [texts.text('page.runaround.dead_end')] : []),
    ...(turn.retold > 0 ? [texts.count('page.runaround.retold', turn.retold)] : []),
  ];
  return parts.filter(Boolean).map(capitalised).join('. ');
}

/** What is drawn: each turn, or when there are too many each way, with how often it was gone. */
export function drawnOf(texts: Texts, view: RunaroundView): Drawn[] {
  if (drawsTurns(view)) {
    return view.turns.items.map((turn, place) => ({
      number: place + 1,
      contactId: turn.contactId,
      wall: turn.wall,
      from: turn.fromPlace,
      to: turn.toPlace,
      people: chainOf(texts, turn),
      note: noteOf(texts, turn),
      asides: asidesOf(texts, turn),
      circle: turn.circle,
      deadEnd: turn.deadEnd,
      sentence: sentenceOf(texts, turn),
    }));
  }
  return view.routes.map(({ from, to, times, contactId }, place) => ({
    number: place + 1,
    contactId,
    wall: '',
    from,
    to,
    people: [],
    note: texts.count('count.time', times),
    asides: [],
    circle: from === to,
    deadEnd: false,
    sentence: texts.text('page.runaround.way', {
      from: view.places[from]?.name ?? '',
      to: view.places[to]?.name ?? '',
      times: texts.count('count.time', times),
    }),
  }));
}
