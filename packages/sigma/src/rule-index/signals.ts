import type { Plan } from './plan.ts';

const MAX_EPOCH = 0x7fffffff;
const NONE: readonly number[] = [];

/**
 * What is known of the event at hand, by number: literals that were found, and the rules that are now worth asking.
 * Nothing is cleared between events; a stamp that is not the current epoch is no stamp.
 */
export class Signals {
  /** The epoch in which each signal was last found. */
  readonly stamps: Int32Array;
  /** Events in which each signal was found since the sample began. */
  readonly frequency: Uint32Array;
  epoch = 0;
  /** Numbers of the rules to be asked; the first `count` are valid. */
  readonly candidates: Int32Array;
  count = 0;
  /** The signals that were found in this event, in order; the first `hits` are valid. */
  readonly #hits: Int32Array;
  #hitCount = 0;
  readonly #lastEpoch: number;
  readonly #ruleStamps: Int32Array;
  #watchFrom: Int32Array;
  #watchers: Int32Array = new Int32Array(0);

  /** `lastEpoch`: after it epochs begin anew; smaller ones are for tests. */
  constructor(signals: number, rules: number, lastEpoch = MAX_EPOCH) {
    this.#lastEpoch = lastEpoch;
    this.stamps = new Int32Array(signals);
    this.frequency = new Uint32Array(signals);
    this.candidates = new Int32Array(rules);
    this.#hits = new Int32Array(signals);
    this.#ruleStamps = new Int32Array(rules);
    this.#watchFrom = new Int32Array(signals + 1);
  }

  /** Begins another event. `true`: epochs have begun anew, and stamps that others keep by them are worth nothing. */
  next(): boolean {
    this.count = 0;
    this.#hitCount = 0;
    const over = this.epoch === this.#lastEpoch;
    if (over) {
      this.stamps.fill(0);
      this.#ruleStamps.fill(0);
      this.epoch = 0;
    }
    this.epoch++;
    return over;
  }

  /** Whether a signal was found in this event. */
  has(signal: number): boolean {
    return this.stamps[signal] === this.epoch;
  }

  /** Number of signals found so far. */
  get hits(): number {
    return this.#hitCount;
  }

  /** The signals that were found after so many. */
  hitsSince(count: number): readonly number[] {
    return count === this.#hitCount ? NONE : Array.from(this.#hits.subarray(count, this.#hitCount));
  }

  /** A signal is found: the rules that watch it become candidates. */
  hit(signal: number): void {
    const { epoch, stamps } = this;
    if (stamps[signal] === epoch) return;
    stamps[signal] = epoch;
    this.#hits[this.#hitCount++] = signal;
    this.frequency[signal]!++;
    const end = this.#watchFrom[signal + 1]!;
    for (let at = this.#watchFrom[signal]!; at < end; at++) {
      const rule = this.#watchers[at]!;
      if (this.#ruleStamps[rule] === epoch) continue;
      this.#ruleStamps[rule] = epoch;
      this.candidates[this.count++] = rule;
    }
  }

  /** Sets which rules watch each signal, in place of those before. */
  watch({ watchFrom, watchers }: Pick<Plan, 'watchFrom' | 'watchers'>): void {
    this.#watchFrom = watchFrom;
    this.#watchers = watchers;
  }
}
