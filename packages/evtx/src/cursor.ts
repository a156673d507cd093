import { CorruptData } from './corrupt.ts';

/** A little-endian read position over a part of a chunk. Every read is checked against the part's end. */
export class Cursor {
  readonly view: DataView;
  readonly end: number;
  offset: number;

  constructor(view: DataView, offset: number, end: number) {
    this.view = view;
    this.offset = offset;
    this.end = Math.min(end, view.byteLength);
  }

  get done(): boolean {
    return this.offset >= this.end;
  }

  u8(what: string): number {
    return this.view.getUint8(this.take(1, what));
  }

  u16(what: string): number {
    return this.view.getUint16(this.take(2, what), true);
  }

  u32(what: string): number {
    return this.view.getUint32(this.take(4, what), true);
  }

  /** Moves past `length` bytes and gives the offset where they began. */
  take(length: number, what: string): number {
    const start = this.offset;
    if (start + length > this.end) {
      const left = Math.max(0, this.end - start);
      throw new CorruptData(start, what, `${length} bytes`, `${left} bytes before the end of the data`);
    }
    this.offset = start + length;
    return start;
  }
}
