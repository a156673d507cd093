import type { ChunkData } from './chunk-data.ts';
import { writeJsonAnsi, writeJsonUtf16 } from './json-text.ts';
import { PIECE_MARGIN, pieceOf, writePiece } from './piece.ts';
import { places } from './places.ts';
import type { Shape, ShapeField } from './shape.ts';
import { fieldValue, shapeFields } from './shape-fields.ts';
import { hasValue, isAbsent, isList } from './supply.ts';
import { writeValue, type ValueBytes } from './value.ts';
import { isArray, ValueType } from './value-type.ts';

/** Bytes that are made room for at first: a chunk of a real log takes less. */
const FIRST_ROOM = 1 << 17;
/** A line that might take more is made as a string first, which takes no more than it needs. */
export const MAX_LINE_ROOM = 1 << 18;

/** Bytes that the JSON of a value takes for each of its own bytes, at most: an array of int8 has `"-128",` for each. */
const ROOM_PER_BYTE = 8;

const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const NEWLINE = 0x0a;

const NULL = pieceOf('null');

/** Lines of JSON that are put together as bytes. */
export class JsonLines {
  #out: ValueBytes;
  #length = 0;

  /** `room` is written to as long as it suffices. */
  constructor(room: Buffer = Buffer.allocUnsafeSlow(FIRST_ROOM)) {
    this.#out = viewOf(room);
  }

  /** What was put together. */
  take(): Buffer {
    return this.#out.buffer.subarray(0, this.#length);
  }

  /** A value as a line. */
  add(value: object): void {
    const line = Buffer.from(`${JSON.stringify(value)}\n`);
    this.#makeRoom(line.length);
    this.#length += line.copy(this.#out.buffer, this.#length);
  }

  /** The flat table of the record that was placed last. */
  addPlaced(chunk: ChunkData, shape: Shape): void {
    const room = shape.json.room + ROOM_PER_BYTE * placedBytes(shape);
    if (room > MAX_LINE_ROOM) return this.add(shapeFields(chunk, shape));
    this.#makeRoom(room);
    this.#length = writeTable(chunk, shape, this.#out, this.#length);
  }

  #makeRoom(count: number): void {
    const { buffer } = this.#out;
    if (this.#length + count + PIECE_MARGIN <= buffer.length) return;
    this.#out = viewOf(Buffer.allocUnsafeSlow(2 * buffer.length + count + PIECE_MARGIN));
    buffer.copy(this.#out.buffer, 0, 0, this.#length);
  }
}

/** Bytes of all values of the record placed last, each as often as it is placed. */
function placedBytes({ slots, placements }: Shape): number {
  let bytes = 0;
  for (let index = 0; index < slots.length; index++) bytes += placements[index]! * places.sizes[slots[index]!]!;
  return bytes;
}

function viewOf(buffer: Buffer): ValueBytes {
  return { buffer, view: new DataView(buffer.buffer, buffer.byteOffset, buffer.length) };
}

/** Writes a table with a newline behind it, and gives where it stopped, as all functions below do. */
function writeTable(chunk: ChunkData, { json }: Shape, out: ValueBytes, at: number): number {
  let place = at;
  for (const { before, key, field } of json.steps) {
    place = writePiece(before, out.view, place);
    if (key.length === 0) {
      place = writeField(chunk, field, out, place);
    } else if (isGiven(chunk, field)) {
      place = writeField(chunk, field, out, writePiece(key, out.view, place));
    }
  }
  place = writePiece(json.after, out.view, place);
  // Each field has a comma in front.
  if (place === at) place++;
  out.buffer[at] = OPEN;
  out.buffer[place++] = CLOSE;
  out.buffer[place++] = NEWLINE;
  return place;
}

function isGiven(chunk: ChunkData, { supplies, hiddenBy }: ShapeField): boolean {
  if (hiddenBy !== undefined && hasValue(chunk, hiddenBy)) return false;
  for (const supply of supplies) if (isList(supply) || hasValue(chunk, supply)) return true;
  return false;
}

function writeField(chunk: ChunkData, field: ShapeField, out: ValueBytes, at: number): number {
  const [only] = field.supplies;
  if (field.supplies.length > 1 || only!.slot < 0) return writeOdd(chunk, field, out, at);
  const type = places.types[only!.slot]!;
  const start = places.starts[only!.slot]!;
  const size = places.sizes[only!.slot]!;
  if (isArray(type)) return writeOdd(chunk, field, out, at);
  if (isAbsent(only!)) return writePiece(NULL, out.view, at);
  if (field.isEventId) {
    if (type === ValueType.uint16 && size > 0) return writeValue(chunk, type, start, size, out.buffer, at);
    return writeOdd(chunk, field, out, at);
  }
  if (type === ValueType.string) return writeJsonUtf16(chunk, start, start + size, out, at);
  if (type === ValueType.ansiString) return writeJsonAnsi(chunk.buffer, start, start + size, out.buffer, at);
  out.buffer[at] = QUOTE;
  const end = writeValue(chunk, type, start, size, out.buffer, at + 1);
  out.buffer[end] = QUOTE;
  return end + 1;
}

/** Writes a field whose value has to be put together. */
function writeOdd(chunk: ChunkData, field: ShapeField, out: ValueBytes, at: number): number {
  return at + out.buffer.write(JSON.stringify(fieldValue(chunk, field)), at);
}
