import type { Atom } from '../expression.ts';
import type { IndexedAtom } from './atom-table.ts';
import type { Literal } from './literal.ts';
import { OPEN, SETTLED, SUGGESTED } from './plan.ts';
import { SlotLiterals } from './slot-literals.ts';

/** The comparisons that the rules of a bucket make, by number, and the slots in which their literals are looked for. */
export class AtomSet {
  readonly size: number;
  readonly slots: readonly SlotLiterals[];
  /** By comparison: its slot, and what its literals tell of it. */
  readonly slotOf: Int32Array;
  readonly told: Uint8Array;
  readonly #atoms: readonly IndexedAtom[];
  readonly #ofSlots: readonly number[][];

  constructor(atoms: readonly IndexedAtom[]) {
    this.size = atoms.length;
    this.#atoms = atoms;
    this.slotOf = new Int32Array(atoms.length);
    this.told = new Uint8Array(atoms.length);
    const slots = new Map<string | undefined, number>();
    const list: SlotLiterals[] = [];
    const ofSlots: number[][] = [];
    for (const [number, { atom }] of atoms.entries()) {
      let slot = slots.get(atom.field);
      if (slot === undefined) {
        slots.set(atom.field, (slot = list.push(new SlotLiterals(atom.field)) - 1));
        ofSlots.push([]);
      }
      ofSlots[slot]!.push(number);
      this.slotOf[number] = slot;
      this.told[number] = this.#place(number, list[slot]!);
    }
    this.slots = list;
    this.#ofSlots = ofSlots;
  }

  /** The comparison itself. */
  get(number: number): Atom {
    return this.#atoms[number]!.atom;
  }

  /** The literals of a comparison that settle it, or suggest it; none where nothing is known. */
  literals(number: number): readonly Literal[] {
    const { sufficient, necessary } = this.#atoms[number]!.clues;
    return [...sufficient, ...(necessary ?? [])];
  }

  /** The comparisons that read a slot. */
  ofSlot(slot: number): readonly number[] {
    return this.#ofSlots[slot]!;
  }

  /** Signals of which one is there whenever the comparison holds; `undefined` where there are none. */
  signalsOf(number: number): readonly number[] | undefined {
    const told = this.told[number];
    if (told === OPEN) return undefined;
    const suggests = this.size + number;
    if (told === SETTLED) return [number];
    return this.#atoms[number]!.clues.sufficient.length > 0 ? [number, suggests] : [suggests];
  }

  /** Puts the literals into the slot; says what they tell. */
  #place(number: number, slot: SlotLiterals): number {
    const { sufficient, residual, necessary } = this.#atoms[number]!.clues;
    const entries = sufficient.map((literal) => [literal, number] as const);
    if (!residual) return slot.add(entries) ? SETTLED : OPEN;
    const suggesting = necessary?.map((literal) => [literal, this.size + number] as const);
    if (!slot.add([...entries, ...(suggesting ?? [])])) return OPEN;
    return suggesting ? SUGGESTED : OPEN;
  }
}
