import { EventReader, visitTexts } from '../reader.ts';
import type { Atom } from '../expression.ts';
import type { CompiledRule, SigmaEvent } from '../types.ts';
import { AtomSet } from './atom-set.ts';
import type { IndexedAtom } from './atom-table.ts';
import { chooseWatches } from './cover.ts';
import { Estimate } from './estimate.ts';
import type { Node } from './node.ts';
import { Programs } from './program.ts';
import { Signals } from './signals.ts';
import type { Slot } from './slot.ts';
import { keepUp } from './upkeep.ts';
import { ValueMemo, type KnownValue } from './value-memo.ts';

/** Events that are matched before sampling begins: a kind of record that is seldom seen is not worth the trouble. */
const FIRST_SAMPLE = 32;
/** Logs change: a sample is taken again after this many times the events, or sooner where rules are asked more often than was expected. */
const SAMPLE_AGAIN = 16;
const SAMPLE_SOONER = 2;
/** Events over which that is watched, and how many more candidates an event are let pass. */
const WATCH = 1_024;
const TOLERATED = 0.25;
/** Events of a sample from which covers are chosen, and those after it from which the literals are that prove useful with them. */
const COVER_SAMPLE = 128;
const KEEP_SAMPLE = 256;

/** A rule of a bucket: what is left of its detection once the constants are put in. */
export interface BucketRule {
  readonly rule: CompiledRule;
  readonly node: Node | true;
}

/** What an index did so far. */
export interface IndexCounters {
  events: number;
  /** Rules whose detection was evaluated. */
  candidates: number;
}

const NONE: readonly CompiledRule[] = [];

/** Rules about events of one kind, and what is known of the event at hand. */
export class Bucket {
  readonly #rules: readonly BucketRule[];
  readonly #atoms: AtomSet;
  readonly #counters: IndexCounters;
  readonly #signals: Signals;
  readonly #estimate: Estimate;
  #programs: Programs;
  /** Slots that are scanned in every event, and rules that are asked about every event. */
  #slots: readonly number[] = [];
  #always: readonly number[] = [];
  #watched: ReadonlySet<number> = new Set();
  #seen = 0;
  #sampleAt = FIRST_SAMPLE;
  #nextStep = FIRST_SAMPLE;
  /** Rules asked about an event: as the covers promise, so far, and when the watch began. */
  #expected = 0;
  #asks = 0;
  #asksBefore = 0;
  /** By slot: the epoch in which it was scanned last. */
  readonly #scanned: Int32Array;
  /** By atom: the epoch in which it was asked itself last, and its answer. */
  readonly #asked: Int32Array;
  readonly #answers: Uint8Array;
  /** By slot: what is remembered of its values, and what is known of the one at hand, in which epoch. */
  readonly #memos: readonly ValueMemo[];
  readonly #known: (KnownValue | undefined)[] = [];
  readonly #knownAt: Int32Array;
  #event: SigmaEvent | undefined;
  #reader: EventReader | undefined;
  #slot = 0;
  readonly #matched: number[] = [];

  constructor(rules: readonly BucketRule[], atoms: readonly IndexedAtom[], counters: IndexCounters) {
    this.#rules = rules;
    this.#atoms = new AtomSet(atoms);
    this.#counters = counters;
    this.#signals = new Signals(this.#atoms.signals, rules.length);
    this.#scanned = new Int32Array(this.#atoms.slots.length);
    this.#memos = this.#atoms.slots.map(() => new ValueMemo());
    this.#knownAt = new Int32Array(this.#atoms.slots.length);
    this.#asked = new Int32Array(this.#atoms.size);
    this.#answers = new Uint8Array(this.#atoms.size);
    this.#estimate = new Estimate(this.#atoms, this.#signals);
    this.#programs = this.#plan();
  }

  /** The rules that hold for an event, in their order. */
  match(event: SigmaEvent): readonly CompiledRule[] {
    this.#begin(event);
    for (const slot of this.#slots) this.#scan(slot);
    for (const rule of this.#always) this.#decide(rule);
    const { candidates } = this.#signals;
    for (let at = 0; at < this.#signals.count; at++) this.#decide(candidates[at]!);
    const asks = this.#always.length + this.#signals.count;
    this.#asks += asks;
    this.#counters.candidates += asks;
    this.#event = this.#reader = undefined;
    return this.#matched.length === 0 ? NONE : this.#take();
  }

  /** Whether a comparison holds for the event at hand. */
  holds(atom: number): boolean {
    const signals = this.#signals;
    this.#estimate.asked(atom);
    if (signals.has(atom)) return true;
    const slot = this.#atoms.slotOf(atom);
    if (this.#scanned[slot] !== signals.epoch && this.#atoms.isScanned(atom)) {
      this.#scan(slot);
      if (signals.has(atom)) return true;
    }
    return this.#atoms.mayHold(atom, signals) && this.#ask(atom);
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
    const comparison = this.#atoms.get(atom);
    const value = this.#recall(this.#atoms.slotOf(atom));
    if (value && comparison.otherFields.length === 0) {
      const known = value.answers.get(atom);
      if (known !== undefined) return known;
      const answer = this.#test(comparison);
      value.answers.set(atom, answer);
      return answer;
    }
    const other = value && comparison.otherFields.length === 1 ? this.#other(comparison.otherFields[0]!) : undefined;
    if (!other) return this.#test(comparison);
    const known = value!.beside.get(atom);
    if (known?.other === other) return known.answer;
    const answer = this.#test(comparison);
    value!.beside.set(atom, { other, answer });
    return answer;
  }

  #test(comparison: Atom): boolean {
    return comparison.test((this.#reader ??= new EventReader(this.#event!)));
  }

  /** What is known of the value of a field that another one is compared with. */
  #other(field: string): KnownValue | undefined {
    const slot = this.#atoms.slotNamed(field);
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
    const { field } = this.#atoms.slots[slot]!;
    if (field === undefined) return undefined;
    const slice = this.#event!.slice?.(field);
    if (slice) return this.#memos[slot]!.ofBytes(slice);
    const value = slice === null ? undefined : this.#event!.field(field);
    return typeof value === 'string' ? this.#memos[slot]!.ofText(value) : undefined;
  }

  #begin(event: SigmaEvent): void {
    this.#event = event;
    if (this.#matched.length > 0) this.#matched.length = 0;
    this.#counters.events++;
    this.#seen++;
    if (this.#seen >= this.#nextStep) this.#learn();
    if (this.#signals.next()) this.#forget();
  }

  /** Epochs begin anew. */
  #forget(): void {
    this.#scanned.fill(0);
    this.#asked.fill(0);
    this.#knownAt.fill(0);
    for (const slot of this.#atoms.slots) slot.reset();
  }

  #decide(rule: number): void {
    if (this.#programs.holds(rule, this)) this.#matched.push(rule);
  }

  #take(): readonly CompiledRule[] {
    return this.#matched.sort((a, b) => a - b).map((rule) => this.#rules[rule]!.rule);
  }

  #scan(slot: number): void {
    this.#scanned[slot] = this.#signals.epoch;
    const { field } = this.#atoms.slots[slot]!;
    this.#slot = slot;
    if (field === undefined) {
      if (!this.#mayHoldKeywords(this.#atoms.slots[slot]!)) return;
      for (const text of this.#event!.texts()) this.#scanText(text);
      return;
    }
    const known = this.#recall(slot);
    if (known?.signals) {
      for (const signal of known.signals) this.#signals.hit(signal);
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
      this.#estimate.scanned(slot, slice.to - slice.from);
      if (this.#atoms.slots[slot]!.scanBytes(slice, this.#signals)) return;
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
    this.#estimate.scanned(this.#slot, text.length);
    this.#atoms.slots[this.#slot]!.scan(text, this.#signals);
  };

  /** Takes the next step of a sample: look at everything, choose covers, keep what proved useful. */
  #learn(): void {
    const sinceSample = this.#seen - this.#sampleAt;
    if (sinceSample === 0) {
      this.#slots = [...this.#atoms.slots.keys()];
      for (const slot of this.#slots) this.#atoms.keepAll(slot);
      this.#forgetSignals();
      this.#estimate.begin();
      this.#nextStep = this.#sampleAt + COVER_SAMPLE;
    } else if (sinceSample === COVER_SAMPLE) {
      this.#programs = this.#plan();
      this.#nextStep = this.#sampleAt + COVER_SAMPLE + KEEP_SAMPLE;
    } else if (sinceSample === COVER_SAMPLE + KEEP_SAMPLE) {
      for (const slot of this.#slots) keepUp(this.#atoms, slot, this.#watched, this.#estimate);
      this.#forgetSignals();
      this.#watch();
    } else if (this.#isSurprised() || this.#seen >= this.#sampleAt * SAMPLE_AGAIN) {
      this.#sampleAt = this.#nextStep = this.#seen + 1;
    } else {
      this.#watch();
    }
  }

  #forgetSignals(): void {
    for (const memo of this.#memos) memo.forgetSignals();
  }

  #watch(): void {
    this.#nextStep = this.#seen + WATCH;
    this.#asksBefore = this.#asks;
  }

  /** Whether rules were asked much more often than the sample promised, long after it. */
  #isSurprised(): boolean {
    const rate = (this.#asks - this.#asksBefore) / WATCH;
    return this.#seen >= this.#sampleAt * SAMPLE_SOONER && rate > this.#expected * 2 + TOLERATED;
  }

  #plan(): Programs {
    const nodes = this.#rules.map(({ node }) => node);
    const { signals, slots, candidates } = chooseWatches(nodes, this.#estimate.coverage());
    this.#slots = slots;
    this.#expected = candidates;
    this.#always = [...signals.keys()].filter((rule) => signals[rule] === undefined);
    this.#watched = new Set(signals.flatMap((watched) => watched ?? []).map((signal) => signal % this.#atoms.size));
    this.#signals.watch(signals.map((watched) => watched ?? []));
    const programs = new Programs(nodes, this.#estimate);
    this.#estimate.begin();
    return programs;
  }
}
