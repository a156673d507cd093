import type { FrameOptions } from './options.ts';
import type { Frame } from '../record.ts';
import { byteOrderMark, decodeRecord, keepsLineFeed } from './encoding.ts';
import { MAX_JSON_DEPTH, tooDeep, ValueScanner } from './json-scanner.ts';
import { lines } from './lines.ts';
import { parseJson } from './parse-json.ts';
import { LineFrame } from './skim.ts';

/** A first chunk of this many bytes without a line feed is no NDJSON. */
const ENDLESS_LINE = 32 * 1024;

/**
 * Cuts JSON into values: one a line (NDJSON), the elements of one array, or values one after another over several lines.
 * A value's number is the line it begins on where that is free, else the next free number. `value` is `undefined` where the text is not JSON.
 */
export async function* jsonValues(bytes: AsyncIterable<Uint8Array>, options: FrameOptions): AsyncGenerator<Frame[]> {
  if (options.start) return yield* valuesByLine(bytes, options);
  const [first, all] = await peek(bytes);
  const mark = byteOrderMark(first);
  const wide = !keepsLineFeed(options.encoding ?? mark?.encoding);
  const opening = first.subarray(mark?.length ?? 0).find((byte) => byte > 32);
  // Values on one endless line are cut by their brackets too.
  const endless = opening === 0x7b && first.length > ENDLESS_LINE && !first.includes(10);
  if ((opening === 0x5b || endless) && !wide) yield* arrayElements(all, options, mark?.length ?? 0);
  else yield* valuesByLine(all, options);
}

/** NDJSON at JSON.parse's own pace; what does not end on its line goes through the scanner. */
async function* valuesByLine(bytes: AsyncIterable<Uint8Array>, options: FrameOptions): AsyncGenerator<Frame[]> {
  const reader = new LineReader(options);
  for await (const batch of lines(bytes, options)) {
    const frames: Frame[] = [];
    for (const line of batch) reader.push(line, frames);
    yield frames;
  }
  reader.end();
}

class LineReader {
  private readonly options: FrameOptions;
  private readonly scanner: ValueScanner;
  /** The line before, where it is an object by itself and stands in a value or an array that is open. */
  private inner: Frame | undefined;

  constructor(options: FrameOptions) {
    this.options = options;
    this.scanner = new ValueScanner(options, (text) => text);
  }

  push(line: Frame, into: Frame[]): void {
    const { scanner } = this;
    if (!scanner.idle) this.giveUp(line, into);
    if (!scanner.idle) return scanner.push(line.text + '\n', line.offset, line.number, into);
    if (line instanceof LineFrame && this.options.skim?.(line)) return void scanner.take(line.number);
    if (this.refuses(line)) return;
    const value = parseJson(line.text);
    const isWhole = value === undefined ? !/^\s*[[{]/.test(line.text) : !Array.isArray(value);
    if (isWhole) into.push(this.frameOf(line, value));
    else scanner.push(line.text + '\n', line.offset, line.number, into);
  }

  end(): void {
    this.scanner.end();
  }

  /**
   * Gives up what is open and cannot go on: it looks like a line of NDJSON that was torn, or two lines stand in it that are objects by
   * themselves, with no comma between them. Else one open bracket would hide all the lines behind it.
   */
  private giveUp(line: Frame, into: Frame[]): void {
    const { inner, scanner } = this;
    this.inner = undefined;
    if (!isObjectLine(line.text)) return;
    if (!inner && !scanner.torn(line.text)) return void (this.inner = line);
    if (scanner.isOpen) {
      scanner.abandon(inner ? inner.text.length + 1 : 0);
      if (inner && !this.refuses(inner)) into.push(this.frameOf(inner, parseJson(inner.text)));
    }
    if (inner) scanner.leaveArray();
  }

  private refuses({ number, offset, text }: Frame): boolean {
    if (!tooDeep(text)) return false;
    const detail = `line ${number} nests over ${MAX_JSON_DEPTH} deep`;
    this.options.refuse({ reason: 'too-deep', offset, length: Buffer.byteLength(text), detail });
    return true;
  }

  private frameOf({ number, offset, text }: Frame, value: unknown): Frame {
    return { number: this.scanner.take(number), offset, text, value };
  }
}

/** Whether a line is one JSON object and nothing else. */
export function isObjectLine(line: string): boolean {
  const text = line.trim();
  return text.startsWith('{') && text.endsWith('}') && parseJson(text) !== undefined;
}

/** An array may be one line of any length, so it is scanned as bytes (one character each) and decoded element by element. */
async function* arrayElements(
  bytes: AsyncIterable<Uint8Array>,
  options: FrameOptions,
  skip: number,
): AsyncGenerator<Frame[]> {
  const scanner = new ValueScanner(options, (text) => decodeRecord(Buffer.from(text, 'latin1'), options.encoding));
  let offset = 0;
  for await (const chunk of bytes) {
    const frames: Frame[] = [];
    const from = offset === 0 ? skip : 0;
    const text = Buffer.from(chunk.buffer, chunk.byteOffset + from, chunk.byteLength - from).toString('latin1');
    scanner.push(text, offset + from, 1, frames);
    offset += chunk.byteLength;
    yield frames;
  }
  scanner.end();
}

/** The first chunk that is not empty, and the stream with that chunk still in it. */
async function peek(bytes: AsyncIterable<Uint8Array>): Promise<[Uint8Array, AsyncIterable<Uint8Array>]> {
  const iterator = bytes[Symbol.asyncIterator]();
  let first = await iterator.next();
  while (!first.done && first.value.byteLength === 0) first = await iterator.next();
  const head = first;
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      for (let step = head; !step.done; step = await iterator.next()) yield step.value;
    } finally {
      await iterator.return?.();
    }
  }
  return [first.done ? new Uint8Array() : first.value, all()];
}

/** The first values of a text that may be cut at its end. */
export function firstJsonValues(text: string, most: number): unknown[] {
  if (!/^\s*[[{]/.test(text)) return [];
  const found: Frame[] = [];
  const scanner = new ValueScanner({ maxRecordBytes: text.length, refuse: () => {} }, (value) => value);
  for (const line of text.split('\n')) {
    scanner.push(line + '\n', 0, 1, found);
    if (found.length >= most) break;
  }
  return found.slice(0, most).flatMap((frame) => (frame.value === undefined ? [] : [frame.value]));
}
