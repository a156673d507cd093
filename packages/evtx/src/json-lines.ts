import type { ChunkData } from './chunk-data.ts';
import { writeJsonAnsi, writeJsonUtf16 } from './json-text.ts';
import { places } from './places.ts';
import { eventId } from './fields.ts';
import type { Shape, ShapeField, Supply } from './shape.ts';
import { fieldValues } from './shape-fields.ts';
import { hasValue, isAbsent, isList, supplyText } from './supply.ts';
import { textRoom, writeValue } from './value.ts';
import { ValueType } from './value-type.ts';

const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const NEWLINE = 0x0a;

const NULL = Buffer.from('null');

/** Lines of JSON that are put together as bytes. */
export class JsonLines {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #length = 0;

  /** What was put together. */
  take(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A line that is JSON already. */
  add(json: string): void {
    const line = Buffer.from(`${json}\n`);
    this.#room(line.length);
    this.#copy(line);
  }

  /** The flat table of the record placed last. */
  addPlaced(chunk: ChunkData, { fields }: Shape): void {
    const start = this.#length;
    for (const field of fields) {
      if (field.hiddenBy === undefined || !hasValue(chunk, field.hiddenBy)) this.#field(chunk, field);
    }
    this.#room(2);
    // Each field has a comma in front.
    if (this.#length === start) this.#length++;
    this.#bytes[start] = OPEN;
    this.#bytes[this.#length++] = CLOSE;
    this.#bytes[this.#length++] = NEWLINE;
  }

  #field(chunk: ChunkData, field: ShapeField): void {
    const [only] = field.supplies;
    if (field.supplies.length > 1 || isList(only!)) {
      const values = fieldValues(chunk, field);
      if (values.length > 0) this.#text(field.key, JSON.stringify(values.length > 1 ? values : values[0]));
    } else if (field.isEventId) {
      this.#text(field.key, JSON.stringify(eventId(supplyText(chunk, only!))));
    } else if (hasValue(chunk, only!)) {
      this.#room(field.key.length);
      this.#copy(field.key);
      this.#supply(chunk, only!);
    }
  }

  #text(key: Uint8Array, json: string): void {
    const bytes = Buffer.from(json);
    this.#room(key.length + bytes.length);
    this.#copy(key);
    this.#copy(bytes);
  }

  #supply(chunk: ChunkData, supply: Supply): void {
    if (isAbsent(supply)) return this.#constant(NULL);
    if (supply.constant !== undefined) return this.#constant(supply.constant);
    if (supply.slot < 0) return this.#constant(Buffer.from(JSON.stringify(supplyText(chunk, supply))));
    const start = places.starts[supply.slot]!;
    const size = places.sizes[supply.slot]!;
    const type = places.types[supply.slot]!;
    this.#room(textRoom(size));
    const out = this.#bytes;
    if (type === ValueType.string) {
      this.#length = writeJsonUtf16(chunk.buffer, start, start + size, out, this.#length);
    } else if (type === ValueType.ansiString) {
      this.#length = writeJsonAnsi(chunk.buffer, start, start + size, out, this.#length);
    } else {
      out[this.#length] = QUOTE;
      this.#length = writeValue(chunk, type, start, size, out, this.#length + 1);
      out[this.#length++] = QUOTE;
    }
  }

  #constant(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#copy(bytes);
  }

  #copy(bytes: Uint8Array): void {
    const out = this.#bytes;
    let at = this.#length;
    for (let index = 0; index < bytes.length; index++) out[at++] = bytes[index]!;
    this.#length = at;
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#length + count));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
