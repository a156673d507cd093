import { EventReader, visitTexts } from '../reader.ts';
import type { Atom } from '../expression.ts';
import type { SigmaEvent } from '../types.ts';
import { OPEN, SUGGESTED, type Plan } from './plan.ts';
import { holds } from './program.ts';
import type { Sample } from './sample.ts';
import { Signals } from './signals.ts';
import { Slot } from './slot.ts';
import { ValueMemo, type KnownValue } from './value-memo.ts';

/** Does with events what a plan says, and counts what samples need. */
export class Runner {
  #plan: Plan;
  #slots: readonly Slot[];
  readonly #atomOf: (number: number) => Atom;
  readonly #atoms: (Atom | undefined)[] = [];
  readonly #signals: Signals;
  readonly #characters: Float64Array;
  readonly #askedOften: Uint32Array;
  #sampledFrom = 0;
  /** By slot: the epoch in which it was scanned last. */
  readonly #scanned: Int32Array;
  /** By comparison: the epoch in which it was asked itself last, and its answer. */
  readonly #asked: Int32Array;
  readonly #answers: Uint8Array;
  /** By slot: what is remembered of its values, and what is known of the one at hand, in which epoch. */
  readonly #memos: readonly ValueMemo[];
  readonly #known: (KnownValue | undefined)[] = [];
  readonly #knownAt: Int32Array;
  readonly #slotsByField: ReadonlyMap<string | undefined, number>;
  #event: SigmaEvent | undefined;
  #reader: EventReader | undefined;
  #slot = 0;

  /** `atomOf`: the comparisons of the plan, by number. */
  constructor(plan: Plan, atomOf: (number: number) => Atom) {
    const { size, slots, steps } = plan;
    this.#plan = plan;
    this.#slots = slots.map((slot) => new Slot(slot));
    this.#atomOf = atomOf;
    this.#signals = new Signals(size * 2, steps.entries.length);
    this.#signals.watch(plan);
    this.#characters = new Float64Array(slots.length);
    this.#askedOften = new Uint32Array(size);
    this.#scanned = new Int32Array(slots.length);
    this.#memos = slots.map(() => new ValueMemo());
    this.#knownAt = new Int32Array(slots.length);
    this.#asked = new Int32Array(size);
    this.#answers = new Uint8Array(size);
    this.#slotsByField = new Map(slots.map(({ field }, slot) => [field, slot]));
  }

  /** Goes on by another plan for the same rules, comparisons and slots. */
  use(plan: Plan): void {
    this.#plan = plan;
    this.#slots = this.#slots.map((slot, index) =>
      slot.plan === plan.slots[index] ? slot : new Slot(plan.slots[index]!),
    );
    this.#signals.watch(plan);
    for (const memo of this.#memos) memo.forgetSignals();
  }

  /** Begins to count anew. */
  beginSample(): void {
    this.#sampledFrom = this.#signals.epoch;
    this.#signals.frequency.fill(0);
    this.#characters.fill(0);
    this.#askedOften.fill(0);
  }

  /** What was counted; to be used before more events come. */
  get sample(): Sample {
    const { epoch, frequency } = this.#signals;
    return { events: epoch - this.#sampledFrom, frequency, characters: this.#characters, asked: this.#askedOften };
  }

  /** Adds the numbers of the rules that hold for an event, in no order; answers how many were asked. */
  match(event: SigmaEvent, matched: number[]): number {
    this.#event = event;
    if (this.#signals.next()) this.#forget();
    const { scanned, always } = this.#plan;
    const { candidates } = this.#signals;
    // In code that V8 has not optimised yet, and most hunts are over before it has, each turn of a `for … of` costs two objects.
    for (let at = 0; at < scanned.length; at++) this.#scan(scanned[at]!);
    for (let at = 0; at < always.length; at++) this.#decide(always[at]!, matched);
    for (let at = 0; at < this.#signals.count; at++) this.#decide(candidates[at]!, matched);
    this.#event = this.#reader = undefined;
    return always.length + this.#signals.count;
  }

  /** Whether a comparison holds for the event at hand. */
  holds(atom: number): boolean {
    const signals = this.#signals;
    this.#askedOften[atom]!++;
    if (signals.has(atom)) return true;
    const slot = this.#plan.slotOf[atom]!;
    const told = this.#plan.told[atom];
    if (told === OPEN) return this.#ask(atom);
    if (this.#scanned[slot] !== signals.epoch) {
      this.#scan(slot);
      if (signals.has(atom)) return true;
    }
    return told === SUGGESTED && signals.has(this.#plan.size + atom) && this.#ask(atom);
  }

  #decide(rule: number, matched: number[]): void {
    if (holds(this.#plan.steps, rule, this)) matched.push(rule);
  }

  #ask(atom: number): boolean {
    const { epoch } = this.#signals;
    if (this.#asked[atom] !== epoch) {
      this.#asked[atom] = epoch;
      this.#answers[atom] = this.#answer(atom) ? 1 : 0;
    }
    return this.#answers[atom] === 1;
  }

  #answer(atom: number): boolean {
    const comparison = (this.#atoms[atom] ??= this.#atomOf(atom));
    const value = this.#recall(this.#plan.slotOf[atom]!);
    const { otherFields } = comparison;
    const other = otherFields.length === 1 ? this.#other(otherFields[0]!) : undefined;
    if (!value || (otherFields.length > 0 && !other)) return this.#test(comparison);
    return value.answer(atom, other, () => this.#test(comparison));
  }

  #test(comparison: Atom): boolean {
    return comparison.test((this.#reader ??= new EventReader(this.#event!)));
  }

  /** What is known of the value of a field that another one is compared with. */
  #other(field: string): KnownValue | undefined {
    const slot = this.#slotsByField.get(field);
    return slot === undefined ? undefined : this.#recall(slot);
  }

  /** What is known of the value that a slot's field has in the event at hand; `undefined` where it is no single text, or not remembered. */
  #recall(slot: number): KnownValue | undefined {
    const { epoch } = this.#signals;
    if (this.#knownAt[slot] === epoch) return this.#known[slot];
    this.#knownAt[slot] = epoch;
    return (this.#known[slot] = this.#find(slot));
  }

  #find(slot: number): KnownValue | undefined {
    const { field } = this.#plan.slots[slot]!;
    if (field === undefined) return undefined;
    const slice = this.#event!.slice?.(field);
    if (slice) return this.#memos[slot]!.ofBytes(slice);
    const value = slice === null ? undefined : this.#event!.field(field);
    return typeof value === 'string' ? this.#memos[slot]!.ofText(value) : undefined;
  }

  /** Epochs begin anew. */
  #forget(): void {
    this.#scanned.fill(0);
    this.#asked.fill(0);
    this.#knownAt.fill(0);
    this.#sampledFrom = 0;
    for (const slot of this.#slots) slot.reset();
  }

  #scan(slot: number): void {
    this.#scanned[slot] = this.#signals.epoch;
    this.#slot = slot;
    const { field } = this.#plan.slots[slot]!;
    if (field === undefined) {
      if (!this.#mayHoldKeywords(this.#slots[slot]!)) return;
      for (const text of this.#event!.texts()) this.#scanText(text);
      return;
    }
    const known = this.#recall(slot);
    if (known?.signals) {
      for (let at = 0; at < known.signals.length; at++) this.#signals.hit(known.signals[at]!);
      return;
    }
    const before = this.#signals.hits;
    this.#scanValue(slot, field);
    if (known) known.signals = this.#signals.hitsSince(before);
  }

  #scanValue(slot: number, field: string): void {
    const slice = this.#event!.slice?.(field);
    if (slice === null) return;
    if (slice?.plain) {
      this.#characters[slot]! += slice.to - slice.from;
      if (this.#slots[slot]!.scanBytes(slice, this.#signals)) return;
    }
    const value = this.#event!.field(field);
    if (typeof value === 'string') this.#scanText(value);
    else if (value !== undefined && value !== null) visitTexts(value, this.#scanText);
  }

  /** Whether the event as one JSON text may hold any of the literals. */
  #mayHoldKeywords(slot: Slot): boolean {
    const event = this.#event!;
    const slice = event.jsonSlice?.();
    const told = slice && slot.mayStandInBytes(slice);
    if (told !== undefined) return told;
    const json = event.json?.();
    return json === undefined || slot.mayStandIn(json);
  }

  readonly #scanText = (text: string): void => {
    this.#characters[this.#slot]! += text.length;
    this.#slots[this.#slot]!.scan(text, this.#signals);
  };
}
