/**
 * The rows of a timeline that a filter lets through. They are read page by page as they come into view, and let go of when
 * they are far away, so that a case of ten thousand contacts takes no more of the page's memory than one of a hundred.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- a map is never changed here but replaced, and the set is not shown */
import {
  Failure,
  type CaseBackend,
  type EvidenceView,
  type PromiseView,
  type TimelineFilter,
  type TimelineItem,
  type TimelinePage,
} from '../../lib/backend/backend';

export interface Row {
  item: TimelineItem;
  /** The day of the row before; empty for the first. */
  dayBefore: string;
  promises: ReadonlyMap<string, PromiseView>;
  evidence: ReadonlyMap<string, EvidenceView>;
}

/** So many rows are read at once: well below what a message across the bridge may weigh. */
export const pageSize = 40;
/** So many pages are kept. */
const kept = 8;

export class TimelineRows {
  readonly #backend: CaseBackend;
  #pages = $state.raw<ReadonlyMap<number, Row[]>>(new Map());
  #total = $state.raw<number>();
  #failure = $state.raw<Failure>();
  #busy = $state.raw(false);
  #caseId = '';
  #filter: TimelineFilter | undefined;
  /** Goes up when everything is to be read anew: answers to what was asked before are not looked at. */
  #asking = 0;
  /** The rows that were asked for last, the second not among them. */
  #inView: [first: number, end: number] = [0, 1];
  readonly #reading = new Set<number>();

  constructor(backend: CaseBackend) {
    this.#backend = backend;
  }

  /** undefined while the first rows are being read. */
  get total(): number | undefined {
    return this.#total;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Whether other rows than those shown were asked for, and are not there yet. */
  get busy(): boolean {
    return this.#busy;
  }

  /** undefined while it is being read. */
  at(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /**
   * Reads anew: the rows in view, or the first ones when others are wanted than before. What was shown stays until the new
   * rows are there.
   */
  async read(caseId: string, filter: TimelineFilter): Promise<void> {
    if (this.#caseId !== caseId) this.#total = undefined;
    const same = this.#caseId === caseId && JSON.stringify(filter) === JSON.stringify(this.#filter);
    if (!same) this.#inView = [0, 1];
    this.#caseId = caseId;
    this.#filter = filter;
    this.#failure = undefined;
    this.#reading.clear();
    this.#busy = true;
    const asking = ++this.#asking;
    const [first, end] = this.#inView;
    const from = Math.floor(first / pageSize);
    const wanted = Array.from({ length: Math.floor((end - 1) / pageSize) - from + 1 }, (_, at) => from + at);
    const read = await Promise.all(wanted.map((page) => this.#ask(asking, page)));
    if (asking !== this.#asking) return;
    this.#busy = false;
    if (read.some((page) => page === undefined)) return;
    this.#pages = new Map(wanted.map((page, at) => [page, rowsOf(read[at]!)]));
    this.#total = read[0]!.total;
  }

  /** Sees to it that rows are there, the last one not among them, and half a page to either side. */
  ensure(first: number, end: number): void {
    if (this.#total === undefined) return;
    this.#inView = [first, Math.max(first + 1, end)];
    const last = Math.ceil(this.#total / pageSize) - 1;
    const from = Math.max(0, Math.floor((first - pageSize / 2) / pageSize));
    const to = Math.min(last, Math.floor((Math.max(first, end - 1) + pageSize / 2) / pageSize));
    for (let page = from; page <= to; page++) {
      if (!this.#pages.has(page) && !this.#reading.has(page)) void this.#add(page, (from + to) / 2);
    }
  }

  async #add(page: number, middle: number): Promise<void> {
    this.#reading.add(page);
    const asking = this.#asking;
    const read = await this.#ask(asking, page);
    if (!read) return;
    this.#reading.delete(page);
    const near = [...this.#pages, [page, rowsOf(read)] as const].sort(
      ([a], [b]) => Math.abs(a - middle) - Math.abs(b - middle),
    );
    this.#pages = new Map(near.slice(0, kept));
  }

  async #ask(asking: number, page: number): Promise<TimelinePage | undefined> {
    try {
      const cursor = { first: page * pageSize, limit: pageSize };
      const read = await this.#backend.timelinePage(this.#caseId, this.#filter!, cursor);
      return asking === this.#asking ? read : undefined;
    } catch (error) {
      if (asking === this.#asking) this.#failure = Failure.from(error);
      return undefined;
    }
  }
}

function rowsOf(page: TimelinePage): Row[] {
  const promises = new Map(page.promises.map((promise) => [promise.id, promise]));
  const evidence = new Map(page.evidence.map((file) => [file.id, file]));
  return page.items.map((item, index) => ({
    item,
    dayBefore: page.items[index - 1]?.day ?? page.dayBefore,
    promises,
    evidence,
  }));
}
