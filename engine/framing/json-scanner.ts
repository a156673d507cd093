import type { FrameOptions } from './options.ts';
import type { Frame } from '../record.ts';
import { parseJson } from './parse-json.ts';

/** Nesting deeper than this is refused: no log record needs it, and a parser's stack does. */
export const MAX_JSON_DEPTH = 200;

/** Whether a text nests deeper than is read. Brackets are only followed where there are enough of them. */
export function tooDeep(text: string): boolean {
  let brackets = 0;
  for (let at = text.search(OPENING); at >= 0 && brackets <= MAX_JSON_DEPTH; brackets++) {
    const next = text.slice(at + 1).search(OPENING);
    at = next < 0 ? -1 : at + 1 + next;
  }
  if (brackets <= MAX_JSON_DEPTH) return false;
  let depth = 0;
  for (const token of text.match(/"(?:[^"\\]|\\.)*(?:"|$)|[[\]{}]/g) ?? []) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    if (depth > MAX_JSON_DEPTH) return true;
  }
  return false;
}

const OPENING = /[[{]/;

/** How much of a text between values is quoted. */
const SAMPLE_CHARACTERS = 60;

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Finds where JSON values begin and end in text that arrives in pieces: elements of an outermost array, or values one after another.
 * Only brackets and strings are followed; whether a value is well-formed, JSON.parse decides.
 */
export class ValueScanner {
  private readonly options: FrameOptions;
  private readonly decode: (text: string) => string;
  private last = 0;
  private parts: string[] = [];
  private length = 0;
  private start = { number: 0, offset: 0 };
  private depth = 0;
  private deepest = 0;
  private inArray = false;
  private inString = false;
  private escaped = false;
  private gap = { offset: 0, length: 0, sample: '' };

  /** `decode` turns a whole value's characters into its text. */
  constructor(options: FrameOptions, decode: (text: string) => string) {
    this.options = options;
    this.decode = decode;
  }

  /** The next line may be read by itself: no value is open, and no array. */
  get idle(): boolean {
    return this.depth === 0 && !this.inArray;
  }

  /** A value is open. */
  get isOpen(): boolean {
    return this.depth > 0;
  }

  /** Whether an open value looks like a torn NDJSON line: it began with content on its line, and so does this one. */
  torn(line: string): boolean {
    return this.depth > 0 && line.startsWith('{"') && this.parts[0]?.startsWith('{"') === true;
  }

  /** Gives up the open value: what it held is refused, but for so many characters at its end. */
  abandon(kept: number): void {
    const detail = 'a JSON value begins here and is cut off by the next one';
    this.options.refuse({ reason: 'truncated', offset: this.start.offset, length: this.length - kept, detail });
    this.parts = [];
    this.length = this.depth = this.deepest = 0;
    this.inString = this.escaped = false;
  }

  /** What looked like an array is none. */
  leaveArray(): void {
    this.inArray = false;
  }

  /** The number for a value that begins on this line. Text before it is told now. */
  take(line: number): number {
    this.refuseGap();
    return (this.last = Math.max(line, this.last + 1));
  }

  /** The next piece of text, where it begins and on which line. */
  push(text: string, offset: number, line: number, out: Frame[]): void {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (code === BACKSLASH) this.escaped = true;
        else if (code === QUOTE) this.inString = false;
      } else if (code === QUOTE) {
        this.inString = this.depth > 0;
      } else if (code === 123 /* { */ || code === 91 /* [ */) {
        if (this.depth > 0 || this.inArray || code === 123) from = this.open(text, from, at, offset, line);
        else from = this.openArray(text, from, at, offset);
      } else if (code === 125 /* } */ || code === 93 /* ] */) {
        from = this.close(text, from, at, offset, out);
      }
    }
    if (this.depth > 0) this.keep(text.slice(from));
    else this.gather(text.slice(from), offset + from);
  }

  /** The text is over; a value still open is refused. */
  end(): void {
    this.refuseGap();
    if (this.depth === 0) return;
    const detail = 'a JSON value begins here and the file ends before it does';
    this.options.refuse({ reason: 'truncated', offset: this.start.offset, length: this.length, detail });
  }

  private open(text: string, from: number, at: number, offset: number, line: number): number {
    this.depth++;
    this.deepest = Math.max(this.deepest, this.depth);
    if (this.depth > 1) return from;
    this.gather(text.slice(from, at), offset + from);
    this.start = { number: this.take(line), offset: offset + at };
    return at;
  }

  private openArray(text: string, from: number, at: number, offset: number): number {
    this.gather(text.slice(from, at), offset + from);
    this.inArray = true;
    return at + 1;
  }

  private close(text: string, from: number, at: number, offset: number, out: Frame[]): number {
    if (this.depth === 0) {
      this.gather(text.slice(from, at), offset + from);
      this.inArray = false;
      return at + 1;
    }
    this.depth--;
    if (this.depth > 0) return from;
    this.keep(text.slice(from, at + 1));
    this.finish(out);
    return at + 1;
  }

  private keep(text: string): void {
    if (this.length <= this.options.maxRecordBytes) this.parts.push(text);
    this.length += text.length;
  }

  private finish(out: Frame[]): void {
    const { number, offset } = this.start;
    const { length, deepest } = this;
    const most = this.options.maxRecordBytes;
    if (deepest > MAX_JSON_DEPTH) {
      const detail = `value ${number} nests ${deepest} deep, at most ${MAX_JSON_DEPTH} is read`;
      this.options.refuse({ reason: 'too-deep', offset, length, detail });
    } else if (length > most) {
      const detail = `value ${number} has ${length} characters, at most ${most} are read`;
      this.options.refuse({ reason: 'too-long', offset, length, detail });
    } else {
      const text = this.decode(this.parts.join(''));
      out.push({ number, offset, text, value: parseJson(text) });
    }
    this.parts = [];
    this.length = this.deepest = 0;
  }

  /** Text between values is collected until the next value begins, so that pieces do not decide how often it is refused. */
  private gather(text: string, offset: number): void {
    if (this.gap.length === 0 && !/[^\s,]/.test(text)) return;
    if (this.gap.length === 0) this.gap.offset = offset;
    if (this.gap.sample.length < SAMPLE_CHARACTERS) this.gap.sample += text.trimStart().slice(0, SAMPLE_CHARACTERS);
    this.gap.length += text.length;
  }

  private refuseGap(): void {
    const { offset, length, sample } = this.gap;
    if (length === 0) return;
    const detail = `text between JSON values: ${JSON.stringify(sample.slice(0, SAMPLE_CHARACTERS))}`;
    this.options.refuse({ reason: 'not-json', offset, length, detail });
    this.gap = { offset: 0, length: 0, sample: '' };
  }
}
