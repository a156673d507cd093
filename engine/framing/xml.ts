import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import type { FrameOptions } from './options.ts';
import type { Frame } from '../record.ts';
import { byteOrderMark, decodeRecord, keepsLineFeed } from './encoding.ts';

/** An element as its text says it: attributes in order, children null where it is empty (`<x/>`). */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: (XmlElement | string)[] | null;
}

/** Elements nested deeper than this make a text unreadable: no event needs it. */
export const MAX_XML_DEPTH = 64;

/** One XML element (a declaration before it is let pass) as a tree. `undefined`: the text is no well-formed XML. Entities that a document defines itself are refused. */
export function parseXml(text: string): XmlElement | undefined {
  const parser = new SaxesParser();
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let failed = false;
  parser.on('error', () => (failed = true));
  parser.on('doctype', () => (failed = true));
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes: Object.entries(attributes), children: [] };
    open.at(-1)?.children?.push(element);
    root ??= element;
    if (open.push(element) > MAX_XML_DEPTH) failed = true;
  });
  const addText = (piece: string): void => {
    const children = open.at(-1)?.children;
    if (!children) return;
    const last = children.length - 1;
    if (typeof children[last] === 'string') children[last] += piece;
    else children.push(piece);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', ({ isSelfClosing }) => {
    const element = open.pop()!;
    if (!isSelfClosing && element.children!.length === 0) element.children!.push('');
  });
  try {
    parser.write(text).close();
  } catch {
    return undefined;
  }
  return failed ? undefined : root;
}

/** Cuts a text into its elements of one name, whatever stands around them. The number of an element is its ordinal. */
export async function* xmlElements(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  options: FrameOptions,
): AsyncGenerator<Frame[]> {
  const cutter = new ElementCutter(name, options);
  let decoder: TextDecoder | undefined;
  let first = true;
  for await (const chunk of bytes) {
    if (first) {
      const encoding = options.encoding ?? byteOrderMark(chunk)?.encoding;
      if (!keepsLineFeed(encoding)) decoder = new TextDecoder(encoding);
      first = false;
    }
    // One character a byte until an element is whole, so that each is decoded by itself.
    const text = decoder ? decoder.decode(chunk, { stream: true }) : Buffer.from(chunk).toString('latin1');
    yield cutter.push(
      text,
      decoder ? undefined : (piece) => decodeRecord(Buffer.from(piece, 'latin1'), options.encoding),
    );
  }
  cutter.end();
}

class ElementCutter {
  private readonly opening: RegExp;
  private readonly closing: string;
  private readonly options: FrameOptions;
  private pending = '';
  private offset = 0;
  private number = 0;
  /** Characters of an element that is too long and is being passed over. */
  private skipped = 0;

  constructor(name: string, options: FrameOptions) {
    this.opening = new RegExp(`<${name}[\\s>]`);
    this.closing = `</${name}>`;
    this.options = options;
  }

  push(text: string, decode: ((piece: string) => string) | undefined): Frame[] {
    const frames: Frame[] = [];
    this.pending += text;
    for (;;) {
      const start = this.skipped > 0 ? 0 : this.pending.search(this.opening);
      if (start < 0) {
        this.drop(Math.max(0, this.pending.length - this.closing.length));
        return frames;
      }
      const end = this.pending.indexOf(this.closing, start);
      const torn = this.pending.slice(start + 1, end < 0 ? undefined : end).search(this.opening);
      if (torn >= 0 && this.skipped === 0) {
        this.refuseTorn(start, torn + 1);
        continue;
      }
      if (end < 0) {
        this.drop(start);
        this.skip();
        return frames;
      }
      const length = end + this.closing.length - start + this.skipped;
      const piece = this.pending.slice(start, end + this.closing.length);
      const offset = this.offset + start - this.skipped;
      this.number++;
      if (length > this.options.maxRecordBytes) this.refuse(offset, length);
      else frames.push({ number: this.number, offset, text: decode ? decode(piece) : piece, value: undefined });
      this.skipped = 0;
      this.drop(end + this.closing.length);
    }
  }

  end(): void {
    if (this.skipped === 0 && this.pending.search(this.opening) < 0) return;
    const length = this.skipped + this.pending.length;
    const detail = `an element begins here and the file ends before ${this.closing}`;
    this.options.refuse({ reason: 'truncated', offset: this.offset - this.skipped, length, detail });
  }

  private skip(): void {
    if (this.skipped + this.pending.length <= this.options.maxRecordBytes) return;
    const most = this.pending.length - this.closing.length;
    this.skipped += most;
    this.drop(most);
  }

  /** The next element begins before this one has ended. */
  private refuseTorn(start: number, length: number): void {
    const detail = `an element begins here and is cut off by the next one, ${length} characters on`;
    this.options.refuse({ reason: 'truncated', offset: this.offset + start, length, detail });
    this.number++;
    this.drop(start + length);
  }

  private refuse(offset: number, length: number): void {
    const detail = `element ${this.number} has ${length} characters, at most ${this.options.maxRecordBytes} are read`;
    this.options.refuse({ reason: 'too-long', offset, length, detail });
  }

  private drop(characters: number): void {
    this.pending = this.pending.slice(characters);
    this.offset += characters;
  }
}
