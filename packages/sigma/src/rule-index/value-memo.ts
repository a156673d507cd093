import { Block } from '../bytes/block.ts';
import { Machine } from '../bytes/machine.ts';
import type { TextSlice } from '../types.ts';

/** Values of a field that are remembered; beyond, all are forgotten. */
export const MAX_VALUES = 2_048;
/** Longer ones seldom come again. */
export const MAX_VALUE_LENGTH = 2_048;
/** Bytes of values that are remembered as bytes. */
const FIRST_ARENA = 4_096;
export const MAX_ARENA = 256 * 1_024;
/** Look-ups over which is judged whether remembering pays, how many of them must succeed, and for how many more it is left alone where not. */
const JUDGED = 512;
const WORTHWHILE = 0.3;
const RESTED = 16_384;

/** What is known of a value. */
export class KnownValue {
  /** Signals of the literals in it; `undefined` where they were not looked for. */
  signals: readonly number[] | undefined;
  /** Where its bytes stand in the arena, if it is known by them. */
  readonly at: number;
  readonly length: number;
  // Of most values nothing is ever asked but their literals.
  #answers: Map<number, boolean> | undefined;
  #beside: Map<number, { readonly other: KnownValue; readonly answer: boolean }> | undefined;

  constructor(at = 0, length = 0) {
    this.at = at;
    this.length = length;
  }

  /** The answer of a comparison that reads nothing else, or this one other value too; `ask` is called where it is not known. */
  answer(atom: number, other: KnownValue | undefined, ask: () => boolean): boolean {
    return other ? this.#answerBeside(atom, other, ask) : this.#answerAlone(atom, ask);
  }

  #answerAlone(atom: number, ask: () => boolean): boolean {
    let answer = this.#answers?.get(atom);
    if (answer === undefined) (this.#answers ??= new Map()).set(atom, (answer = ask()));
    return answer;
  }

  /** Remembered for the other value that it was met with last. */
  #answerBeside(atom: number, other: KnownValue, ask: () => boolean): boolean {
    const known = this.#beside?.get(atom);
    if (known?.other === other) return known.answer;
    const answer = ask();
    (this.#beside ??= new Map()).set(atom, { other, answer });
    return answer;
  }
}

/** Remembers what rules make of a field's values: the same programs, users and paths come again and again. */
export class ValueMemo {
  readonly #texts = new Map<string, KnownValue>();
  readonly #bytes = new Map<number, KnownValue>();
  #arena: Block | undefined;
  #capacity = 0;
  #used = 0;
  #lookups = 0;
  #found = 0;
  #resting = 0;

  /** What is known of a text; `undefined` where remembering it does not pay. */
  ofText(text: string): KnownValue | undefined {
    if (text.length > MAX_VALUE_LENGTH || this.#rests()) return undefined;
    const known = this.#texts.get(text);
    if (known) {
      this.#found++;
      return known;
    }
    if (this.#texts.size >= MAX_VALUES) this.#texts.clear();
    const fresh = new KnownValue();
    this.#texts.set(text, fresh);
    return fresh;
  }

  /** {@link ofText} for a text in the machine's memory. */
  ofBytes({ from, to }: TextSlice): KnownValue | undefined {
    const length = to - from;
    if (length > MAX_VALUE_LENGTH || this.#rests()) return undefined;
    const { run } = Machine.open()!;
    const hash = run.hashOf(from, to);
    const known = this.#bytes.get(hash);
    if (known?.length === length && run.isSame(this.#arena!.at + known.at, from, length) !== 0) {
      this.#found++;
      return known;
    }
    return this.#keep(hash, from, length);
  }

  /** Forgets what the literals said: others are looked for now. */
  forgetSignals(): void {
    for (const known of this.#texts.values()) known.signals = undefined;
    for (const known of this.#bytes.values()) known.signals = undefined;
  }

  #keep(hash: number, from: number, length: number): KnownValue {
    const machine = Machine.open()!;
    this.#makeRoom(machine, length);
    const at = this.#used;
    this.#used += length;
    machine.bytes.copyWithin(this.#arena!.at + at, from, from + length);
    const fresh = new KnownValue(at, length);
    this.#bytes.set(hash, fresh);
    return fresh;
  }

  #makeRoom(machine: Machine, length: number): void {
    if (this.#bytes.size >= MAX_VALUES || this.#used + length > MAX_ARENA) {
      this.#bytes.clear();
      this.#used = 0;
    }
    if (this.#arena && this.#used + length <= this.#capacity) return;
    this.#capacity = Math.min(MAX_ARENA, Math.max(FIRST_ARENA, this.#capacity * 2, this.#used + length));
    if (this.#arena) this.#arena.grow(this.#capacity);
    else this.#arena = new Block(machine, this.#capacity);
  }

  /** Values that seldom come again are not worth it; they are looked at again later. */
  #rests(): boolean {
    if (this.#resting > 0) return --this.#resting > 0;
    if (++this.#lookups < JUDGED) return false;
    if (this.#found < WORTHWHILE * JUDGED) {
      this.#resting = RESTED;
      this.#texts.clear();
      this.#bytes.clear();
      this.#used = 0;
    }
    this.#lookups = this.#found = 0;
    return this.#resting > 0;
  }
}
