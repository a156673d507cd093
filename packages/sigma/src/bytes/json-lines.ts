import { addTexts } from '../texts.ts';
import type { SigmaEvent, TextSlice } from '../types.ts';
import { LineFields } from './line-fields.ts';
import { Machine } from './machine.ts';

/** Bytes that are loaded at once at most: 64 MiB. */
export const MAX_CHUNK_BYTES = 64 * 2 ** 20;

/** What was read, and what was left to JSON.parse. */
export interface JsonLinesCounters {
  lines: number;
  /** Lines that are no JSON object, nest deeper than 200 or hold escapes in a key. */
  left: number;
}

/**
 * JSON objects, one a line, as events for rules: their bytes are read without JSON.parse, and only the fields that rules
 * ask for are looked at. They tell what JSON.parse would, but for integers of 16 digits or more, which stay as written.
 */
export class JsonLines {
  readonly counters: JsonLinesCounters = { lines: 0, left: 0 };
  readonly #machine: Machine;
  readonly #fields: LineFields;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;

  private constructor(machine: Machine) {
    this.#machine = machine;
    this.#fields = LineFields.of(machine);
  }

  /** `undefined` where WebAssembly with SIMD is not to be had. */
  static open(): JsonLines | undefined {
    const machine = Machine.open();
    return machine && new JsonLines(machine);
  }

  /** Takes bytes to read lines from, in place of those before. Throws a RangeError for more than {@link MAX_CHUNK_BYTES}. */
  load(chunk: Uint8Array): void {
    if (chunk.byteLength > MAX_CHUNK_BYTES) throw new RangeError(`a chunk has at most ${MAX_CHUNK_BYTES} bytes`);
    this.#chunk = chunk;
    this.#at = this.#machine.run.reserve(chunk.byteLength + 1);
    const { bytes } = this.#machine;
    bytes.set(chunk, this.#at);
    bytes[this.#at + chunk.byteLength] = 0;
    this.#fields.owner = this;
  }

  /**
   * Reads a line of what was loaded, from its first byte to before its line feed or the end. `undefined`: it is left to
   * JSON.parse. The event can be asked until another line is read.
   */
  read(from: number, to: number): SigmaEvent | undefined {
    // Another reader of this thread has put its bytes there.
    if (this.#fields.owner !== this) this.load(this.#chunk);
    this.counters.lines++;
    if (this.#fields.read(this.#at + from, this.#at + to)) return new JsonLine(this.#fields);
    this.counters.left++;
    return undefined;
  }
}

class JsonLine implements SigmaEvent {
  readonly #fields: LineFields;

  constructor(fields: LineFields) {
    this.#fields = fields;
  }

  field(name: string): unknown {
    return this.#fields.value(name);
  }

  slice(name: string): TextSlice | null | undefined {
    return this.#fields.slice(name);
  }

  texts(): Iterable<string> {
    const texts: string[] = [];
    addTexts(this.#fields.whole(), texts);
    return texts;
  }

  json(): string {
    return this.#fields.text();
  }

  jsonSlice(): TextSlice | undefined {
    return this.#fields.line();
  }
}
