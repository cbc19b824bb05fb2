/**
 * Where everything stands in the picture of a runaround: a lane for each place, and down them the way that the person was
 * sent, in the order it happened. Lengths are units of the picture, which grow with the text.
 */
import type { RunaroundView } from '../../lib/backend/runaround';

/** What is drawn of one turn, or of one way that was gone several times. */
export interface Drawn {
  number: number;
  contactId: string;
  /** YYYY-MM-DD and more; empty for a way that was gone several times. */
  wall: string;
  from: number;
  /** -1: nowhere. */
  to: number;
  /** Who was on the line, one after the other; none is nobody whose name is known. */
  people: string[];
  /** Stands at the arrow. */
  note: string;
  /** Stand under the people. */
  asides: string[];
  circle: boolean;
  deadEnd: boolean;
  /** The whole of it in a sentence. */
  sentence: string;
}

export interface Lane {
  x: number;
  /** The name in lines. */
  name: string[];
  aside: string;
}

export interface Bead {
  x: number;
  y: number;
  label: string;
  /** Where the label begins, or ends. */
  labelX: number;
  anchor: 'start' | 'end';
}

export interface Block {
  drawn: Drawn;
  top: number;
  height: number;
  beads: Bead[];
  /** Where the first line under the people stands. */
  asideY: number;
  /** The arrow from the last bead to where the person was sent; empty for nowhere. */
  arrow: string;
  noteX: number;
  noteY: number;
  /** Where nobody sent the person on: the end of the way. */
  end?: { x: number; y: number };
}

export interface Picture {
  width: number;
  height: number;
  headerHeight: number;
  lanes: Lane[];
  blocks: Block[];
  /** The way between two turns, where the next one is with whom the person was sent to. */
  threads: { x: number; from: number; to: number }[];
}

/** More turns than this are drawn as ways, each with how often it was gone. */
export const mostTurns = 24;

const gutter = 104;
const narrowest = 148;
const widest = 250;
const header = 78;
const padding = 12;
const line = 26;
export const asideLine = 20;
/** Beyond the last lane, for what stands in its middle and is wider. */
const margin = 24;
const drop = 18;
const dropWithNote = 34;
/** How wide a letter is, about. */
const letter = 7.6;

/** Whether every turn has room in the picture, in which case each is drawn. */
export function drawsTurns({ turns }: RunaroundView): boolean {
  return (
    turns.total <= mostTurns &&
    turns.items.every(({ to, fromPlace, toPlace }) => fromPlace >= 0 && (!to || toPlace >= 0))
  );
}

/** Breaks a name into two lines at most, each with room in a lane. */
export function linesOf(name: string, width: number): string[] {
  const room = Math.max(6, Math.floor(width / letter));
  const lines: string[] = [];
  for (const word of name.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && `${last} ${word}`.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.slice(0, 2);
  if (lines.length > 2) shown[1] = `${shown[1]} ${lines.slice(2).join(' ')}`;
  return shown.map((each) => shortened(each, room));
}

export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

export function pictureOf(places: { name: string; aside: string }[], all: Drawn[], available: number): Picture {
  const laneWidth = Math.min(widest, Math.max(narrowest, (available - gutter - margin) / Math.max(1, places.length)));
  const width = gutter + laneWidth * places.length + margin;
  const lanes = places.map(({ name, aside }, place) => ({
    x: gutter + laneWidth * (place + 0.5),
    name: linesOf(name, laneWidth - 16),
    aside: shortened(aside, Math.floor((laneWidth - 12) / 6.6)),
  }));
  const blocks: Block[] = [];
  let top = header;
  for (const drawn of all) {
    const block = blockOf(drawn, lanes, top, width);
    blocks.push(block);
    top += block.height;
  }
  return { width, height: top + padding, headerHeight: header, lanes, blocks, threads: threadsOf(blocks, lanes) };
}

function blockOf(drawn: Drawn, lanes: Lane[], top: number, width: number): Block {
  const from = lanes[drawn.from]!.x;
  // Beside the last lane there is no room to its right.
  const toLeft = drawn.from === lanes.length - 1 && lanes.length > 1;
  const room = toLeft ? from - gutter - 18 : width - from - 22;
  const people = drawn.people.length > 0 ? drawn.people : [''];
  const beads = people.map((label, place) => ({
    x: from,
    y: top + padding + 12 + place * line,
    label: shortened(label, Math.max(8, Math.floor(room / 7))),
    labelX: from + (toLeft ? -18 : 18),
    anchor: toLeft ? ('end' as const) : ('start' as const),
  }));
  const last = beads[beads.length - 1]!.y;
  const asideY = drawn.people.length > 0 ? last + 22 : last + 1;
  const under = drawn.asides.length > 0 ? asideY + (drawn.asides.length - 1) * asideLine : last;
  const to = lanes[drawn.to]?.x;
  if (to === undefined) {
    return { drawn, top, height: under - top + 12 + padding, beads, asideY, arrow: '', noteX: 0, noteY: 0 };
  }
  const y = under + (drawn.note ? dropWithNote : drop);
  const end = drawn.deadEnd ? { x: to, y: y + 24 } : undefined;
  return {
    drawn,
    top,
    height: (end ? end.y + 8 : y) - top + 10 + padding,
    beads,
    asideY,
    arrow: arrowOf(from, last, to, y),
    noteX: to === from ? from + 46 : (from + to) / 2,
    noteY: y - 8,
    ...(end && { end }),
  };
}

/** Down from the last person, and across to where the person was sent; to the same place, around and back. */
function arrowOf(from: number, last: number, to: number, y: number): string {
  if (to === from) return `M${from} ${last} h28 q12 0 12 12 V${y - 12} q0 12 -12 12 H${from + 9}`;
  const way = to > from ? 1 : -1;
  return `M${from} ${last} V${y - 10} q0 10 ${way * 10} 10 H${to - way * 9}`;
}

function threadsOf(blocks: Block[], lanes: Lane[]): Picture['threads'] {
  return blocks.slice(1).flatMap((block, before) => {
    const earlier = blocks[before]!;
    const arrived = earlier.drawn.to;
    if (arrived < 0 || arrived !== block.drawn.from || earlier.end) return [];
    return [{ x: lanes[arrived]!.x, from: earlier.noteY + 8, to: block.beads[0]!.y }];
  });
}
