import type { Entry, Input } from './entry.ts';
import { Evidence } from './evidence.ts';
import { createMeasure } from './create-measure.ts';
import type { Measure, Reading } from './measure.ts';
import type { CorrelationFinding, Match, MatchTime, SigmaCorrelation } from './types.ts';

/** What a group's condition did at an input. */
export type Verdict = 'false' | 'turned' | 'stays';

/** Entries that may stand before the window although it is shorter than they are. */
const CUT_SLACK = 64;

interface OpenFinding {
  readonly turned: Match;
  readonly evidence: Evidence;
  last: Match;
}

/** One group of a correlation: its window, and the finding that is growing. */
export class Group {
  readonly #correlation: SigmaCorrelation;
  readonly #values: readonly string[];
  readonly #maxWindow: number;
  readonly #measure: Measure;
  /** The window begins at `#first`; what stands before it has left and is cut off in bulk. */
  #entries: Entry[] = [];
  #first = 0;
  #sequence = 0;
  #open: OpenFinding | undefined;
  #newest: MatchTime = { ms: -Infinity, ns: 0 };

  constructor(correlation: SigmaCorrelation, values: readonly string[], maxWindow: number) {
    this.#correlation = correlation;
    this.#values = values;
    this.#maxWindow = maxWindow;
    this.#measure = createMeasure(correlation);
  }

  /** Entries in the window. */
  get size(): number {
    return this.#entries.length - this.#first;
  }

  /** Whether its last input lies out of the window that ends at a time, so that nothing is left of it. */
  isOver(time: MatchTime): boolean {
    return this.#isOut(this.#newest, time);
  }

  /** The key of the finding that is open. */
  get key(): string {
    return JSON.stringify([this.#correlation.uid, this.#values, this.#open?.turned.uid]);
  }

  /** Takes an input; returns the number of entries that the bound pushed out of the window. */
  add(input: Input): number {
    const { time } = input.match;
    this.#newest = time;
    while (this.#first < this.#entries.length && this.#isOut(this.#entries[this.#first]!.match.time, time))
      this.#drop();
    const entry: Entry = { ...input, sequence: this.#sequence++ };
    this.#entries.push(entry);
    this.#measure.add(entry);
    let evicted = 0;
    for (; this.size > this.#maxWindow; evicted++) this.#drop();
    return evicted;
  }

  /** Judges the condition at the newest input. */
  judge(): Verdict {
    const entry = this.#entries.at(-1)!;
    if (!this.#measure.holds(entry, this.#entries[this.#first]!.sequence)) return 'false';
    if (this.#open) {
      this.#open.evidence.add(entry.evidence);
      this.#open.last = entry.match;
      return 'stays';
    }
    const evidence = new Evidence();
    for (let at = this.#first; at < this.#entries.length; at++) evidence.add(this.#entries[at]!.evidence);
    this.#open = { turned: entry.match, evidence, last: entry.match };
    return 'turned';
  }

  /** What the condition sees at the newest input, for people. */
  reading(): Reading {
    return this.#measure.reading(this.#entries.at(-1)!, this.#entries[this.#first]!.sequence);
  }

  /** The finding that is open, as it stands. */
  finding(): CorrelationFinding | undefined {
    if (!this.#open) return undefined;
    const { turned, last, evidence } = this.#open;
    const group = this.#correlation.groupBy.map((field, index) => ({ field, value: this.#values[index]! }));
    return { correlation: this.#correlation, group, turned, last, matches: evidence.summary(), key: this.key };
  }

  /** Ends the finding that is open, and hands it over. */
  close(): CorrelationFinding | undefined {
    const finding = this.finding();
    this.#open = undefined;
    return finding;
  }

  #drop(): void {
    this.#measure.remove(this.#entries[this.#first]!);
    this.#first++;
    if (this.#first * 2 > this.#entries.length + CUT_SLACK) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }

  #isOut(time: MatchTime, now: MatchTime): boolean {
    return isOut(time, now, this.#correlation.timespanMs);
  }
}

/** Whether a time lies before the window that ends at `now`: the window holds what is later than `now` less the timespan. */
export function isOut(time: MatchTime, now: MatchTime, timespanMs: number): boolean {
  const ms = now.ms - timespanMs;
  return time.ms < ms || (time.ms === ms && time.ns <= now.ns);
}
