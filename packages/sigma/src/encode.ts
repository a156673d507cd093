import type { Encoding } from './value.ts';

/** A text without wildcards, and the encoding that its bytes have; UTF-8 by default. */
export interface EncodedText {
  readonly text: string;
  readonly encoding?: Encoding;
}

const OFFSET_STARTS = [0, 2, 3] as const;
const OFFSET_ENDS = [undefined, -3, -2] as const;

/** Base64 of a text. */
export function base64(text: EncodedText): string {
  return btoa(bytesOf(text));
}

/** The parts of the Base64 of a text that are the same wherever the text begins: one for each of three offsets. */
export function base64Offsets(text: EncodedText): string[] {
  const bytes = bytesOf(text);
  return OFFSET_STARTS.map((start, offset) =>
    btoa(' '.repeat(offset) + bytes).slice(start, OFFSET_ENDS[(bytes.length + offset) % 3]),
  );
}

/** An ASCII text as UTF-16 looks to a reader of bytes: a NUL behind or before each character; `undefined` beyond ASCII. */
export function utf16Text(text: string, encoding: Encoding): string | undefined {
  if (/[^\0-\x7f]/.test(text)) return undefined;
  return Array.from(text, (char) => (encoding === 'utf16be' ? `\0${char}` : `${char}\0`)).join('');
}

/** The bytes of a text, each as the character of its value. */
function bytesOf({ text, encoding }: EncodedText): string {
  if (!encoding) return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  let bytes = encoding === 'utf16' ? '\xff\xfe' : '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const [low, high] = [String.fromCharCode(unit & 0xff), String.fromCharCode(unit >> 8)];
    bytes += encoding === 'utf16be' ? high + low : low + high;
  }
  return bytes;
}
