import { describe, expect, it } from 'vitest';
import { fakeRunaround } from '../../lib/backend/fake-runaround';
import type { RunaroundTurn, RunaroundView } from '../../lib/backend/runaround';
import { Texts } from '../../lib/i18n/texts.svelte';
import { drawsTurns, linesOf, mostTurns, pictureOf, type Drawn } from './layout';
import { asidesOf, chainOf, drawnOf, noteOf, partsOf, sentenceOf, shortWhen, summaryOf } from './words';

const texts = await Texts.in('en');
const [first, second, third] = fakeRunaround.turns.items as [RunaroundTurn, RunaroundTurn, RunaroundTurn];
const people = (...names: string[]) => names.map((name) => ({ name, refused: false, position: '' }));
const places = fakeRunaround.places.map(({ name }) => ({ name, aside: '' }));
const arrow = (from: number, to: number, more: Partial<Drawn> = {}): Drawn => ({
  number: 1,
  contactId: 'c',
  wall: '2026-06-18',
  from,
  to,
  people: ['Ana'],
  note: '',
  asides: [],
  circle: false,
  deadEnd: false,
  sentence: '',
  ...more,
});

describe('a runaround in words', () => {
  it('says only what is on record', () => {
    expect(summaryOf(texts, fakeRunaround)).toEqual([
      'You were sent on 5 times, between 3 places.',
      'You had to tell your story again 1 time.',
      expect.stringMatching(/^You spent 1\sh\s4\smin on hold\.$/),
    ]);
    const quiet: RunaroundView = {
      ...fakeRunaround,
      transfers: 1,
      sentOn: 0,
      placeCount: 1,
      retold: 0,
      holdSeconds: 0,
    };
    expect(summaryOf(texts, quiet)).toEqual(['You were sent on 1 time, within one place.']);
    expect(summaryOf(texts, { ...quiet, transfers: 0 })).toEqual(['Nobody sent you anywhere else.']);
  });

  it('says how the times are made up where they are of both kinds', () => {
    expect(partsOf(texts, fakeRunaround)).toMatch(/Passed on 2 times .* sent somewhere else 3 times/);
    expect(partsOf(texts, { ...fakeRunaround, transfers: 0 })).toBe('');
  });

  it('names those who passed the person on, and how many more nobody noted', () => {
    const turn = { ...first, transfers: 3, people: people('Ana', 'Pau') };
    expect(chainOf(texts, turn)).toEqual(['Ana', 'Pau']);
    expect(asidesOf(texts, turn)).toEqual(['and 2 more nobody noted']);
    expect(asidesOf(texts, { ...turn, transfers: 1 })).toEqual([]);
    expect(asidesOf(texts, { ...turn, transfers: 2, people: [], retold: 1 })).toEqual([
      'passed on twice',
      'told it all again 1 time',
    ]);
  });

  it('names people together when nobody knows who of them passed the person on', () => {
    expect(chainOf(texts, { ...first, transfers: 1, people: people('Ana', 'Pau', 'Eva') })).toEqual(['Ana, Pau, Eva']);
  });

  it('tells a turn in a sentence, with what it came back to and where it ended', () => {
    expect(sentenceOf(texts, second)).toBe(
      '22 June 2026, 16:40: Transportes Rauda, Refused to give a name. Sent you to: Almacenes Miramar. Back where it began. Told it all again 1 time',
    );
    expect(sentenceOf(texts, third)).toMatch(/Sent you to: the website\. Sent no further from here$/);
    expect(noteOf(texts, { ...second, time: 3 })).toBe('time no. 3 · back where it began');
  });

  it('shows as much of a time as is known', () => {
    expect(shortWhen(texts, '2026-06-22T16:40')).toBe('22 Jun 2026, 16:40');
    expect(shortWhen(texts, '2026-06-22')).toBe('22 Jun 2026');
    expect(shortWhen(texts, '2026-06')).toBe('June 2026');
  });
});

describe('the picture of a runaround', () => {
  it('has a lane for each place and a turn below the other, inside its edges', () => {
    const picture = pictureOf(places, drawnOf(texts, fakeRunaround), 900);
    expect(picture.lanes.map(({ name }) => name.join(' '))).toEqual(fakeRunaround.places.map(({ name }) => name));
    let bottom = picture.headerHeight;
    for (const block of picture.blocks) {
      expect(block.top).toBeGreaterThanOrEqual(bottom);
      bottom = block.top + block.height;
      for (const bead of block.beads) expect(bead.y).toBeLessThan(bottom);
    }
    expect(bottom).toBeLessThan(picture.height);
    expect(picture.width).toBeLessThanOrEqual(900);
  });

  it('draws an arrow across, around to the same place, and none to nowhere', () => {
    const [across, around, nowhere] = pictureOf(places, [arrow(0, 2), arrow(1, 1), arrow(1, -1)], 900).blocks;
    expect(across!.arrow).toMatch(/H\d/);
    expect(around!.arrow).toMatch(/q0 12 -12 12/);
    expect(nowhere!.arrow).toBe('');
  });

  it('goes on from where the person was sent, unless the way ended there', () => {
    const lanes = (all: Drawn[]) => pictureOf(places, all, 900).threads.length;
    expect(lanes([arrow(0, 1), arrow(1, 2)])).toBe(1);
    expect(lanes([arrow(0, 1), arrow(2, 1)])).toBe(0);
    expect(lanes([arrow(0, 1, { deadEnd: true }), arrow(1, -1)])).toBe(0);
  });

  it('is wider than its room rather than too narrow to read', () => {
    const many = Array.from({ length: 40 }, (_, number) => ({ name: `Company ${number}`, aside: '' }));
    expect(pictureOf(many, [arrow(0, 39)], 700).width).toBeGreaterThan(40 * 140);
  });

  it('writes beside the last lane to its left', () => {
    const block = pictureOf(places, [arrow(2, 0)], 900).blocks[0]!;
    expect(block.beads[0]).toMatchObject({ anchor: 'end' });
    expect(pictureOf([places[0]!], [arrow(0, -1)], 900).blocks[0]!.beads[0]).toMatchObject({ anchor: 'start' });
  });

  it('shows each way once, counted, when there are more turns than it has room for', () => {
    const view = { ...fakeRunaround, turns: { ...fakeRunaround.turns, total: mostTurns + 1 } };
    expect(drawsTurns(view)).toBe(false);
    expect(drawsTurns(fakeRunaround)).toBe(true);
    const drawn = drawnOf(texts, { ...view, routes: [{ from: 0, to: 1, times: 12, contactId: 'c1' }] });
    expect(drawn).toHaveLength(1);
    expect(drawn[0]).toMatchObject({
      note: '12 times',
      sentence: 'From Almacenes Miramar to Transportes Rauda: 12 times',
    });
  });

  it('breaks a long name into two lines and shortens what is longer', () => {
    expect(linesOf('Galerías Montalbeda', 130)).toEqual(['Galerías', 'Montalbeda']);
    expect(linesOf('Departamento de reclamaciones y devoluciones', 130)).toHaveLength(2);
    expect(linesOf('Departamentodereclamacionesydevoluciones', 130)[0]).toMatch(/…$/);
  });
});
