import type { Frame } from '../record.ts';

/** A whole line of UTF-8 among others, decoded when its text is asked for. */
export class LineFrame implements Frame {
  readonly number: number;
  readonly offset: number;
  readonly value = undefined;
  /** Whole lines, each with its line feed. */
  readonly block: Buffer;
  /** Where this one stands in the block, without its line feed. */
  readonly from: number;
  readonly to: number;
  #text: string | undefined;

  constructor(number: number, offset: number, block: Buffer, from: number, to: number) {
    this.number = number;
    this.offset = offset;
    this.block = block;
    this.from = from;
    this.to = to;
  }

  /** Without the carriage return before the line feed. */
  get text(): string {
    if (this.#text === undefined) {
      const text = this.block.toString('utf8', this.from, this.to);
      this.#text = text.endsWith('\r') ? text.slice(0, -1) : text;
    }
    return this.#text;
  }
}

/** Looks at a line that may be one whole record; `true`: it is answered for, and nobody has to read it. */
export type Skim = (line: LineFrame) => boolean;
