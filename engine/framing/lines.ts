import { TextDecoder } from 'node:util';
import { isAscii, isUtf8 } from 'node:buffer';
import { MAX_CHUNK_BYTES } from '@yuheng/sigma';
import type { FrameOptions } from './options.ts';
import type { Frame } from '../record.ts';
import { byteOrderMark, decodeRecord, keepsLineFeed } from './encoding.ts';
import { LineFrame } from './skim.ts';

/**
 * Cuts bytes into lines (LF or CRLF). Blank lines count as lines but make no frame.
 * A line over `maxRecordBytes` is refused with its offset and length, and never held in memory as a whole.
 */
export async function* lines(bytes: AsyncIterable<Uint8Array>, options: FrameOptions): AsyncGenerator<Frame[]> {
  const splitter = new LineSplitter(options);
  for await (const chunk of bytes) yield splitter.push(chunk);
  yield splitter.end();
}

const LINE_FEED = Buffer.from('\n');
const SPACE = 32;
const ASCII = 128;

class LineSplitter {
  private readonly options: FrameOptions;
  private encoding: string | undefined;
  private started: boolean;
  private rest: Buffer[] = [];
  private restBytes = 0;
  /** Offset of the first byte of `rest`. */
  private offset: number;
  private number: number;
  private wide: TextDecoder | undefined;

  constructor(options: FrameOptions) {
    this.options = options;
    this.encoding = options.encoding;
    this.offset = options.start?.offset ?? 0;
    this.number = options.start?.number ?? 0;
    this.started = options.start !== undefined;
  }

  push(chunk: Uint8Array): Frame[] {
    let bytes = asBuffer(chunk);
    if (!this.started) bytes = this.start(bytes);
    if (this.wide) bytes = Buffer.from(this.wide.decode(bytes, { stream: true }));
    const lastFeed = bytes.lastIndexOf(10);
    if (lastFeed < 0) {
      this.keep(bytes);
      return [];
    }
    const frames: Frame[] = [];
    const firstFeed = this.restBytes > 0 ? bytes.indexOf(10) : -1;
    if (firstFeed >= 0) this.finishRest(bytes.subarray(0, firstFeed), frames);
    this.cut(bytes.subarray(firstFeed + 1, lastFeed + 1), frames);
    this.keep(bytes.subarray(lastFeed + 1));
    return frames;
  }

  end(): Frame[] {
    const frames: Frame[] = [];
    const tail = this.wide?.decode();
    if (tail) this.keep(Buffer.from(tail));
    if (this.restBytes > 0) this.finishRest(Buffer.alloc(0), frames);
    return frames;
  }

  private start(bytes: Buffer): Buffer {
    this.started = true;
    const mark = byteOrderMark(bytes);
    if (mark) this.encoding ??= mark.encoding;
    if (!keepsLineFeed(this.encoding)) {
      this.wide = new TextDecoder(this.encoding);
      this.encoding = 'utf-8';
      return bytes;
    }
    this.offset = mark?.length ?? 0;
    return mark ? bytes.subarray(mark.length) : bytes;
  }

  /** Keeps the cut line, but no more of it than could still be a record. */
  private keep(bytes: Buffer): void {
    if (this.restBytes <= this.options.maxRecordBytes && bytes.length > 0) this.rest.push(Buffer.from(bytes));
    this.restBytes += bytes.length;
  }

  private finishRest(tail: Buffer, frames: Frame[]): void {
    const length = this.restBytes + tail.length;
    const whole = length > this.options.maxRecordBytes ? undefined : Buffer.concat([...this.rest, tail, LINE_FEED]);
    this.rest = [];
    this.restBytes = 0;
    if (whole) return this.cut(whole, frames);
    this.addText(undefined, length, frames);
    this.offset += length + 1;
  }

  /** Whole lines, each ending in LF. Decoded at once where all of it is UTF-8. */
  private cut(block: Buffer, frames: Frame[]): void {
    if (block.length === 0) return;
    const plain = this.encoding === undefined || this.encoding === 'utf-8';
    if (plain && isUtf8(block)) {
      if (this.options.skim && block.length <= MAX_CHUNK_BYTES) return this.cutLazily(block, frames);
      const ascii = isAscii(block);
      const texts = block.toString(ascii ? 'latin1' : 'utf8').split('\n');
      texts.pop();
      for (const text of texts) {
        const length = ascii ? text.length : Buffer.byteLength(text);
        this.addText(text, length, frames);
        this.offset += length + 1;
      }
      return;
    }
    for (let from = 0; from < block.length;) {
      const feed = block.indexOf(10, from);
      const length = feed - from;
      const line = length > this.options.maxRecordBytes ? undefined : block.subarray(from, feed);
      this.addText(line && decodeRecord(line, this.encoding), length, frames);
      this.offset += feed - from + 1;
      from = feed + 1;
    }
  }

  /** Lines whose texts may never be asked for. */
  private cutLazily(block: Buffer, frames: Frame[]): void {
    for (let from = 0; from < block.length;) {
      const feed = block.indexOf(10, from);
      if (feed - from > this.options.maxRecordBytes) this.addText(undefined, feed - from, frames);
      else this.addLine(new LineFrame(++this.number, this.offset, block, from, feed), frames);
      this.offset += feed - from + 1;
      from = feed + 1;
    }
  }

  private addLine(line: LineFrame, frames: Frame[]): void {
    const first = line.block[line.from]!;
    // Blanks beyond ASCII are blanks too.
    if ((first > SPACE && first < ASCII) || line.text.trim() !== '') frames.push(line);
  }

  private addText(text: string | undefined, length: number, frames: Frame[]): void {
    this.number++;
    if (text === undefined || length > this.options.maxRecordBytes) {
      const detail = `line ${this.number} has ${length} bytes, at most ${this.options.maxRecordBytes} are read`;
      this.options.refuse({ reason: 'too-long', offset: this.offset, length, detail });
      return;
    }
    const line = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (line.trim() === '') return;
    frames.push({ number: this.number, offset: this.offset, text: line, value: undefined });
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
