/**
 * Bytes that do not mean what the format says they must. Thrown inside a chunk, caught once per record, and never seen
 * by a caller: it becomes a loss. `offset` is relative to the chunk.
 */
export class CorruptData extends Error {
  readonly offset: number;
  readonly what: string;
  readonly expected: string;
  readonly found: string;

  constructor(offset: number, what: string, expected: string, found: string) {
    super(`${what} at ${hex(offset)}: expected ${expected}, found ${found}`);
    this.name = 'CorruptData';
    this.offset = offset;
    this.what = what;
    this.expected = expected;
    this.found = found;
  }
}

/** The way offsets, sizes and checksums are written in messages: `0x1f`. */
export function hex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}
