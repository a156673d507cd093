import type { Entry } from './entry.ts';

/** A chain of steps: its length, its last step, and the entry at which it begins. */
interface Chain {
  readonly length: number;
  readonly step: number;
  readonly start: Entry;
}

/**
 * Follows how far a list of steps has been taken in its order (steps may be left out), each by a later event than the
 * one before. For every length and last step it keeps the chain that begins latest: when that one has left the
 * window, so have all others. Costs steps² a match, whatever the window holds.
 */
export class OrderedChain {
  readonly #latest = new Map<number, Chain>();
  readonly #steps: number;
  /** Chains that the current event ends; it cannot take a further step itself. */
  #current: Chain[] = [];
  #event: string | undefined;

  constructor(steps: number) {
    this.#steps = steps;
  }

  add(step: number, entry: Entry): void {
    if (entry.match.uid !== this.#event) this.#settle(entry.match.uid);
    this.#current.push({ length: 1, step, start: entry });
    for (let length = 2; length <= step + 1; length++) {
      const before = this.#best(length - 1, step);
      if (before) this.#current.push({ length, step, start: before.start });
    }
  }

  /** The length of the longest chain whose beginning is still in the window. */
  longest(firstSequence: number): number {
    let longest = 0;
    for (const chains of [this.#latest.values(), this.#current]) {
      for (const { length, start } of chains) if (length > longest && start.sequence >= firstSequence) longest = length;
    }
    return longest;
  }

  #settle(event: string): void {
    for (const chain of this.#current) {
      const key = chain.length * this.#steps + chain.step;
      const known = this.#latest.get(key);
      if (!known || known.start.sequence < chain.start.sequence) this.#latest.set(key, chain);
    }
    this.#current = [];
    this.#event = event;
  }

  /** The latest beginning of a chain of that length which ends in an earlier step. */
  #best(length: number, step: number): Chain | undefined {
    let best: Chain | undefined;
    for (let last = 0; last < step; last++) {
      const chain = this.#latest.get(length * this.#steps + last);
      if (chain && (!best || chain.start.sequence > best.start.sequence)) best = chain;
    }
    return best;
  }
}
