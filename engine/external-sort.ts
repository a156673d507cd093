import type { Spill, SpilledRun } from './ports/files.ts';

/** How many items are sorted in memory before a run goes to disk. */
const SORT_ITEMS_IN_MEMORY = 2_000;

/** Sorts more items than fit in memory: full runs go to the spill, and are merged when all is in. Items must survive JSON. */
export class ExternalSort<Item> {
  private readonly compare: (a: Item, b: Item) => number;
  private readonly spill: Spill;
  private readonly most: number;
  private readonly runs: SpilledRun[] = [];
  private items: Item[] = [];
  /** How many runs went to disk. */
  spilled = 0;

  constructor(compare: (a: Item, b: Item) => number, spill: Spill, most = SORT_ITEMS_IN_MEMORY) {
    this.compare = compare;
    this.spill = spill;
    this.most = most;
  }

  async push(item: Item): Promise<void> {
    this.items.push(item);
    if (this.items.length < this.most) return;
    const run = this.items.sort(this.compare);
    this.items = [];
    this.spilled++;
    this.runs.push(await this.spill.write(mapLines(run)));
  }

  /** All items in order, once. */
  async *sorted(): AsyncGenerator<Item> {
    const last = this.items.sort(this.compare);
    this.items = [];
    if (this.runs.length === 0) return yield* last;
    const heads = await Promise.all([
      ...this.runs.map((run) => Head.open<Item>(parsed(run.lines()))),
      Head.open<Item>(last),
    ]);
    // A linear search: there are only as many runs as the memory bound goes into the input.
    for (;;) {
      let first: Head<Item> | undefined;
      for (const head of heads) {
        if (!head.done && (!first || this.compare(head.item!, first.item!) < 0)) first = head;
      }
      if (!first) return;
      yield first.item!;
      await first.advance();
    }
  }
}

function* mapLines(items: readonly unknown[]): Generator<string> {
  for (const item of items) yield JSON.stringify(item);
}

async function* parsed<Item>(lines: AsyncIterable<string>): AsyncGenerator<Item> {
  for await (const line of lines) yield JSON.parse(line) as Item;
}

/** The next item of one run. */
class Head<Item> {
  item: Item | undefined;
  done = false;
  private readonly iterator: AsyncIterator<Item> | Iterator<Item>;

  private constructor(iterator: AsyncIterator<Item> | Iterator<Item>) {
    this.iterator = iterator;
  }

  static async open<Item>(items: AsyncIterable<Item> | Iterable<Item>): Promise<Head<Item>> {
    const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
    const head = new Head<Item>(iterator);
    await head.advance();
    return head;
  }

  async advance(): Promise<void> {
    const step = await this.iterator.next();
    this.done = step.done === true;
    this.item = this.done ? undefined : (step.value as Item);
  }
}
