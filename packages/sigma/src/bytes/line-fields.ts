import { exactJson } from '../exact-json.ts';
import type { TextSlice } from '../types.ts';
import type { Machine } from './machine.ts';

/** What a value is: the same numbers as in assembly/json-line.ts. */
const PLAIN = 1;
const ESCAPED = 2;
const WIDE = 3;
const HARD = 4;
const INTEGER = 5;
const NUMBER = 6;
const TRUE = 7;
const FALSE = 8;
const NULL = 9;
/** Answers of `read`. */
const LEFT = -1;
const READ_LITERAL = 1;
const READ_PLAIN = 2;

/** Words of a field's entry in the table of values, and which is what. */
const ENTRY = 4;
const FROM = 0;
const TO = 1;
const KIND = 2;
const STAMP = 3;
/** Fields that are told apart; beyond, a line is read by JSON.parse for their sake. */
export const MAX_FIELDS = 4_096;
const MAX_STAMP = 0xffffffff;

const LONG_INTEGER = /^-?\d{16,}$/;

type Whole = { readonly [name: string]: unknown };

/** The fields of the line that was read last in this thread. */
export class LineFields {
  /** Whose line it is. */
  owner: object | undefined;
  readonly #machine: Machine;
  readonly #valuesAt: number;
  readonly #entries = new Map<string, number>();
  readonly #slice = { from: 0, to: 0, plain: true };
  #table: Uint32Array | undefined;
  /** By field: its value, and the stamp of the line that it was made for. */
  readonly #made: unknown[] = [];
  readonly #madeAt = new Uint32Array(MAX_FIELDS);
  #from = 0;
  #to = 0;
  #stamp = 0;
  #answer = LEFT;
  #whole: Whole | undefined;

  private constructor(machine: Machine) {
    this.#machine = machine;
    this.#valuesAt = machine.run.valuesAt();
  }

  static #ofMachine = new WeakMap<Machine, LineFields>();

  /** The fields that a machine reads: one line at a time. */
  static of(machine: Machine): LineFields {
    let fields = LineFields.#ofMachine.get(machine);
    if (!fields) LineFields.#ofMachine.set(machine, (fields = new LineFields(machine)));
    return fields;
  }

  /** Reads the line between two addresses; `false` where it is left to JSON.parse. */
  read(from: number, to: number): boolean {
    this.#from = from;
    this.#to = to;
    this.#whole = undefined;
    return this.#read();
  }

  /** The value of a field; `undefined` where the line has none. */
  value(name: string): unknown {
    const at = this.#entryOf(name);
    if (at < 0) return Object.hasOwn(this.whole(), name) ? this.whole()[name] : undefined;
    const table = this.#values;
    if (table[at + STAMP] !== this.#stamp) return undefined;
    // Several ask for the same: what tells kinds of events apart, to begin with.
    if (this.#madeAt[at / ENTRY] !== this.#stamp) {
      this.#madeAt[at / ENTRY] = this.#stamp;
      this.#made[at / ENTRY] = this.#make(table[at + KIND]!, table[at + FROM]!, table[at + TO]!);
    }
    return this.#made[at / ENTRY];
  }

  #make(kind: number, from: number, to: number): unknown {
    const { bytes } = this.#machine;
    switch (kind) {
      case PLAIN:
        return bytes.latin1Slice(from, to);
      case ESCAPED:
      case WIDE:
      case HARD:
        return JSON.parse(bytes.utf8Slice(from - 1, to + 1)) as unknown;
      case INTEGER:
        return Number(bytes.latin1Slice(from, to));
      case NUMBER:
        return numberOf(bytes.latin1Slice(from, to));
      case TRUE:
        return true;
      case FALSE:
        return false;
      case NULL:
        return null;
      default:
        return JSON.parse(exactJson(bytes.utf8Slice(from, to))) as unknown;
    }
  }

  /** Where the text of a field stands; `null` where the line has no such field, `undefined` where its value is no text. */
  slice(name: string): TextSlice | null | undefined {
    const at = this.#entryOf(name);
    if (at < 0) return undefined;
    const table = this.#values;
    if (table[at + STAMP] !== this.#stamp) return null;
    const kind = table[at + KIND]!;
    if (kind > INTEGER) return undefined;
    return this.#sliceOf(table[at + FROM]!, table[at + TO]!, kind !== WIDE && kind !== HARD);
  }

  /** The whole line, where the letters of ASCII, in any case, stand in it as such. */
  line(): TextSlice | undefined {
    if (this.#answer < READ_LITERAL) return undefined;
    return this.#sliceOf(this.#from, this.#to, this.#answer === READ_PLAIN);
  }

  /** The whole line. */
  text(): string {
    const { bytes } = this.#machine;
    return this.#answer === READ_PLAIN
      ? bytes.latin1Slice(this.#from, this.#to)
      : bytes.utf8Slice(this.#from, this.#to);
  }

  /** The whole line as JSON.parse reads it. */
  whole(): Whole {
    return (this.#whole ??= JSON.parse(exactJson(this.text())) as Whole);
  }

  #sliceOf(from: number, to: number, plain: boolean): TextSlice {
    this.#slice.plain = plain;
    this.#slice.from = from;
    this.#slice.to = to;
    return this.#slice;
  }

  get #values(): Uint32Array {
    // Memory that has grown is another.
    if (!this.#table?.length) this.#table = this.#makeTable();
    return this.#table;
  }

  #makeTable(): Uint32Array {
    return new Uint32Array(this.#machine.bytes.buffer, this.#valuesAt, MAX_FIELDS * ENTRY);
  }

  /** Where a field's entry is; negative where there are more fields than are kept apart. */
  #entryOf(name: string): number {
    return this.#entries.get(name) ?? this.#add(name);
  }

  /** Looks for another field, in the line at hand too. */
  #add(name: string): number {
    const text = Buffer.from(name);
    const { run } = this.#machine;
    const at = run.nameAt(text.byteLength);
    this.#machine.bytes.set(text, at);
    const number = run.addField(at, text.byteLength);
    const entry = number < 0 ? number : number * ENTRY;
    this.#entries.set(name, entry);
    this.#read();
    return entry;
  }

  #read(): boolean {
    if (this.#stamp === MAX_STAMP) {
      this.#stamp = 0;
      this.#values.fill(0);
      this.#madeAt.fill(0);
    }
    const read = this.#machine.run.read(this.#from, this.#to, ++this.#stamp);
    return (this.#answer = read) !== LEFT;
  }
}

function numberOf(text: string): number | string {
  return LONG_INTEGER.test(text) ? text : Number(text);
}
