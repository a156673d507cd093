import { Budget } from './budget.ts';
import { CorruptData } from './corrupt.ts';
import { Cursor } from './cursor.ts';
import type { KnownTemplate } from './known-template.ts';
import type { Template } from './template.ts';
import { decodeUtf16 } from './text.ts';

/** A chunk's bytes with what its records share: names and templates, each read once, and the budget. */
export class ChunkData {
  readonly buffer: Buffer;
  readonly view: DataView;
  budget = new Budget();
  readonly templates = new Map<number, Template | CorruptData>();
  /** The known templates that are defined at offsets of this chunk. */
  readonly known = new Map<number, KnownTemplate | undefined>();
  readonly #names = new Map<number, string>();

  constructor(bytes: Uint8Array) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  cursor(offset: number, end: number = this.view.byteLength): Cursor {
    return new Cursor(this.view, offset, end);
  }

  /**
   * The name that a token refers to. It lies anywhere in the chunk; where it lies right behind the reference it is
   * the first use of the name, and the cursor moves past it.
   */
  nameAt(cursor: Cursor, what: string): string {
    const offset = cursor.u32(what);
    const name = this.#names.get(offset) ?? this.#readName(offset, what);
    if (offset === cursor.offset) cursor.take(NAME_HEADER + (this.#unitsAt(offset) + 1) * 2, what);
    return name;
  }

  #readName(offset: number, what: string): string {
    const cursor = this.cursor(offset);
    cursor.take(NAME_HEADER, what);
    const length = this.#unitsAt(offset) * 2;
    const start = cursor.take(length, what);
    const name = decodeUtf16(this.buffer, start, start + length);
    this.budget.spendCharacters(name.length, offset);
    if (!XML_NAME.test(name)) throw new CorruptData(offset, what, 'an XML name', JSON.stringify(name.slice(0, 40)));
    this.#names.set(offset, name);
    return name;
  }

  #unitsAt(offset: number): number {
    return this.view.getUint16(offset + NAME_LENGTH_OFFSET, true);
  }
}

/** Offset of the next name in the bucket (4), hash (2), number of UTF-16 units (2). */
export const NAME_HEADER = 8;
const NAME_LENGTH_OFFSET = 6;

/** Loose on purpose: it keeps what would break the XML out, and lets through what Windows wrote. */
const XML_NAME = /^[^\s<>&'"/=\p{Cc}]+$/u;
