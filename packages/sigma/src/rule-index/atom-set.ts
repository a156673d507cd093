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
  readonly #kinds: Uint8Array;

  constructor(atoms: readonly IndexedAtom[]) {
    this.size = atoms.length;
    this.#atoms = atoms;
    this.#slotOf = new Int32Array(atoms.length);
    this.#kinds = new Uint8Array(atoms.length);
    const slots = new Map<string | undefined, number>();
    const list: Slot[] = [];
    for (const [number, { atom }] of atoms.entries()) {
      let slot = slots.get(atom.field);
      if (slot === undefined) slots.set(atom.field, (slot = list.push(new Slot(atom.field)) - 1));
      this.#slotOf[number] = slot;
      this.#kinds[number] = this.#place(number, list[slot]!);
    }
    this.slots = list;
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

  /** Whether scanning the slot can change what is known of a comparison. */
  isScanned(number: number): boolean {
    return this.#kinds[number] !== OPEN || this.#atoms[number]!.clues.sufficient.length > 0;
  }

  /** Signals of which one is there whenever the comparison holds; `undefined` where there are none. */
  signalsOf(number: number): readonly number[] | undefined {
    const kind = this.#kinds[number];
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
