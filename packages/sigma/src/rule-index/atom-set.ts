import type { Atom } from '../expression.ts';
import type { IndexedAtom } from './atom-table.ts';
import type { Literal } from './literal.ts';
import type { Signals } from './signals.ts';
import { Slot } from './slot.ts';

/** How much literals say of a comparison: all, that it may hold, or nothing. */
const SETTLED = 0;
const SUGGESTED = 1;
const OPEN = 2;

/**
 * The comparisons that the rules of a bucket make, by number, and the slots in which their literals are looked for. A
 * comparison has two signals: its number says that it holds, its number plus {@link size} that it has to be asked.
 */
export class AtomSet {
  readonly size: number;
  readonly slots: readonly Slot[];
  readonly #atoms: readonly IndexedAtom[];
  readonly #slotOf: Int32Array;
  /** What the literals of each comparison tell, and what those tell that its slot has kept. */
  readonly #told: Uint8Array;
  readonly #kinds: Uint8Array;
  readonly #slotsByField: ReadonlyMap<string | undefined, number>;

  constructor(atoms: readonly IndexedAtom[]) {
    this.size = atoms.length;
    this.#atoms = atoms;
    this.#slotOf = new Int32Array(atoms.length);
    this.#told = new Uint8Array(atoms.length);
    const slots = new Map<string | undefined, number>();
    const list: Slot[] = [];
    for (const [number, { atom }] of atoms.entries()) {
      let slot = slots.get(atom.field);
      if (slot === undefined) slots.set(atom.field, (slot = list.push(new Slot(atom.field)) - 1));
      this.#slotOf[number] = slot;
      this.#told[number] = this.#place(number, list[slot]!);
    }
    this.slots = list;
    this.#slotsByField = slots;
    this.#kinds = this.#told.slice();
  }

  /** Number of signals: two for each comparison. */
  get signals(): number {
    return this.size * 2;
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

  /** The slot in which a comparison's literals are looked for. */
  slotOf(number: number): number {
    return this.#slotOf[number]!;
  }

  /** The slot of a field that some comparison reads. */
  slotNamed(field: string): number | undefined {
    return this.#slotsByField.get(field);
  }

  /** The comparisons that read a slot. */
  ofSlot(slot: number): readonly number[] {
    return [...this.#slotOf.keys()].filter((number) => this.#slotOf[number] === slot);
  }

  /** Leaves only these comparisons their literals in a slot; the others will have to be asked. */
  keep(slot: number, kept: ReadonlySet<number>, sieved: boolean): void {
    for (const number of this.ofSlot(slot)) this.#kinds[number] = kept.has(number) ? this.#told[number]! : OPEN;
    this.slots[slot]!.keep((signal) => kept.has(signal % this.size), sieved);
  }

  /** Gives all comparisons of a slot their literals back. */
  keepAll(slot: number): void {
    const all = this.ofSlot(slot);
    if (all.every((number) => this.#kinds[number] === this.#told[number])) return;
    this.keep(slot, new Set(all), this.slots[slot]!.field === undefined);
  }

  /** Whether scanning the slot tells anything about a comparison. */
  isScanned(number: number): boolean {
    return this.#kinds[number] !== OPEN;
  }

  /** Signals of which one is there whenever the comparison holds; `undefined` where there are none. */
  signalsOf(number: number): readonly number[] | undefined {
    const kind = this.#told[number];
    if (kind === OPEN) return undefined;
    const suggests = this.size + number;
    if (kind === SETTLED) return [number];
    return this.#atoms[number]!.clues.sufficient.length > 0 ? [number, suggests] : [suggests];
  }

  /** Whether a comparison that is not settled may hold all the same, its slot being scanned. */
  mayHold(number: number, signals: Signals): boolean {
    const kind = this.#kinds[number];
    return kind === OPEN || (kind === SUGGESTED && signals.has(this.size + number));
  }

  /** Puts the literals into the slot; says what they tell. */
  #place(number: number, slot: Slot): number {
    const { sufficient, residual, necessary } = this.#atoms[number]!.clues;
    const entries = sufficient.map((literal) => [literal, number] as const);
    if (!residual) return slot.add(entries) ? SETTLED : OPEN;
    const suggesting = necessary?.map((literal) => [literal, this.size + number] as const);
    if (!slot.add([...entries, ...(suggesting ?? [])])) return OPEN;
    return suggesting ? SUGGESTED : OPEN;
  }
}
