import type { AtomSet } from './atom-set.ts';
import type { Estimate } from './estimate.ts';

/** Nanoseconds; only proportions matter. */
const HIT_COST = 25;
const AUTOMATON_COST = 2.8;
const SIEVE_COST = 60;
const SIEVE_CHARACTER_COST = 0.2;
const SIEVE_PIECE_COST = 0.12;
const DIRECT_COST = 150;
const VALUE_COST = 20;
const CHARACTER_COST = 0.15;

/** Comparisons that keep their literals in a slot, and what a sieve before those looks for. */
export interface Kept {
  readonly atoms: ReadonlySet<number>;
  readonly pieces: readonly string[] | undefined;
}

/**
 * Settles which comparisons of a slot that is scanned in every event keep their literals there. Those that rules watch
 * do; of the rest, a literal that is met often but whose comparison is seldom asked costs more than it saves. What is
 * left may be so little that a sieve answers for most texts.
 */
export function keepUp(atoms: AtomSet, slot: number, watched: ReadonlySet<number>, estimate: Estimate): Kept {
  const length = estimate.lengthOf(slot);
  const kept = new Set<number>();
  let automaton = AUTOMATON_COST * length;
  let sieved = SIEVE_COST;
  for (const atom of atoms.ofSlot(slot)) {
    const hits = HIT_COST * estimate.probability(atom);
    const values = atoms.get(atom).values.length;
    const direct = estimate.askedRate(atom) * (DIRECT_COST + values * (VALUE_COST + CHARACTER_COST * length));
    const keeps = watched.has(atom) || (direct > 0 && hits <= direct);
    if (keeps) kept.add(atom);
    automaton += keeps ? hits : direct;
    sieved += watched.has(atom) ? hits : direct;
  }
  const pieces = atoms.slots[slot]!.pieces((signal) => watched.has(signal % atoms.size));
  const passing = pieces === undefined ? Infinity : (SIEVE_CHARACTER_COST + SIEVE_PIECE_COST * pieces.length) * length;
  const isWhole = atoms.slots[slot]!.field === undefined;
  const sieves = pieces !== undefined && (isWhole || sieved + passing < automaton);
  return sieves ? { atoms: watched, pieces } : { atoms: kept, pieces: undefined };
}
