import { AtomSet } from './atom-set.ts';
import type { IndexedAtom } from './atom-table.ts';
import { chooseWatches, type Watches } from './cover.ts';
import { Estimate, guesses } from './estimate.ts';
import type { Node } from './node.ts';
import { OPEN, watchersOf, type Plan, type SlotPlan } from './plan.ts';
import { programOf, type Steps } from './program.ts';
import type { Sample } from './sample.ts';
import { keepUp } from './upkeep.ts';

/** What is decided together: what rules watch, and in which order they ask. */
interface Choice {
  readonly watches: Watches;
  readonly steps: Steps;
}

/** Makes the plans of a bucket: from guesses at first, then from samples of its events. */
export class Learner {
  readonly #rules: readonly (Node | true)[];
  readonly #atoms: AtomSet;
  readonly #prior: Float64Array;
  /** By slot: all of its literals. */
  readonly #whole: readonly SlotPlan[];
  #choice: Choice;

  /** `rules`: what is left of each rule's detection once the constants are put in, over numbered comparisons. */
  constructor(rules: readonly (Node | true)[], atoms: readonly IndexedAtom[]) {
    this.#rules = rules;
    this.#atoms = new AtomSet(atoms);
    this.#prior = guesses(this.#atoms);
    this.#whole = this.#atoms.slots.map((slot) => slot.whole());
    this.#choice = this.#choose(new Estimate(this.#atoms, this.#prior));
  }

  /** Covers by what was known last, with all literals. */
  covers(): Plan {
    return this.#plan(this.#whole, this.#atoms.told, this.#choice.watches.slots);
  }

  /** The same covers, but every slot is scanned in every event: to see what there is. */
  everything(): Plan {
    return this.#plan(this.#whole, this.#atoms.told, [...this.#whole.keys()]);
  }

  /** Chooses covers anew, by a sample in which everything was scanned. */
  chooseCovers(sample: Sample): void {
    this.#choice = this.#choose(new Estimate(this.#atoms, this.#prior, sample));
  }

  /** The covers, without the literals that a sample with them showed not to be worth it. */
  withoutIdle(sample: Sample): Plan {
    const atoms = this.#atoms;
    const { signals, slots } = this.#choice.watches;
    const estimate = new Estimate(atoms, this.#prior, sample);
    const watched = new Set(signals.flatMap((some) => some ?? []).map((signal) => signal % atoms.size));
    const told = atoms.told.slice();
    const plans = [...this.#whole];
    for (const slot of slots) {
      const kept = keepUp(atoms, slot, watched, estimate);
      for (const atom of atoms.ofSlot(slot)) if (!kept.atoms.has(atom)) told[atom] = OPEN;
      plans[slot] = atoms.slots[slot]!.some((signal) => kept.atoms.has(signal % atoms.size), kept.pieces);
    }
    return this.#plan(plans, told, slots);
  }

  #choose(estimate: Estimate): Choice {
    return { watches: chooseWatches(this.#rules, estimate.coverage()), steps: programOf(this.#rules, estimate) };
  }

  #plan(slots: readonly SlotPlan[], told: Uint8Array, scanned: readonly number[]): Plan {
    const { steps, watches } = this.#choice;
    const { signals, candidates } = watches;
    const { size, slotOf } = this.#atoms;
    const always = [...signals.keys()].filter((rule) => signals[rule] === undefined);
    return {
      size,
      slots,
      slotOf,
      told,
      scanned,
      steps,
      always,
      ...watchersOf(size * 2, signals),
      expected: candidates,
    };
  }
}
