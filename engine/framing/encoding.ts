import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** A byte-order mark settles the encoding of a whole file. */
const BYTE_ORDER_MARKS: readonly (readonly [label: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The encoding that a byte-order mark names, and how many bytes it takes. */
export function byteOrderMark(bytes: Uint8Array): { readonly encoding: string; readonly length: number } | undefined {
  for (const [encoding, mark] of BYTE_ORDER_MARKS) {
    if (mark.every((byte, index) => bytes[index] === byte)) return { encoding, length: mark.length };
  }
  return undefined;
}

/** True for encodings in which the byte 0x0A is always a line end, so that lines can be cut before they are decoded. */
export function keepsLineFeed(encoding: string | undefined): boolean {
  return !/^utf-?16/i.test(encoding ?? '');
}

const gb18030 = new TextDecoder('gb18030');
const decoders = new Map<string, TextDecoder>();

/** Whether this machine can decode the named encoding (the labels of the WHATWG Encoding standard). */
export function isEncoding(label: string): boolean {
  try {
    return Boolean(new TextDecoder(label));
  } catch {
    return false;
  }
}

/** One record's text: as UTF-8 where that is valid, else as GB18030; an encoding that was asked for, or that the file's mark names, overrides both. */
export function decodeRecord(bytes: Uint8Array, encoding?: string): string {
  if (encoding !== undefined) return decoderFor(encoding).decode(bytes);
  if (isUtf8(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return gb18030.decode(bytes);
}

function decoderFor(encoding: string): TextDecoder {
  let decoder = decoders.get(encoding);
  if (!decoder) decoders.set(encoding, (decoder = new TextDecoder(encoding, { ignoreBOM: true })));
  return decoder;
}

/** Control characters that no log text holds; a few NULs (a crash in the middle of a line) are let pass. */
const BINARY_SHARE = 0.02;

/** The head of a file as text, '' when it is binary. Cut characters at its end are dropped. */
export function decodeHead(bytes: Uint8Array, encoding?: string): string {
  const mark = byteOrderMark(bytes);
  const body = mark ? bytes.subarray(mark.length) : bytes;
  const label = encoding ?? mark?.encoding;
  if (label !== undefined && label !== 'utf-8') return new TextDecoder(label).decode(body);
  if (isBinary(body)) return '';
  const whole = body.subarray(0, body.length - cutCharacter(body));
  return decodeRecord(whole);
}

/** Whether control characters have more than their share; what is binary is mostly told by its beginning. */
function isBinary(bytes: Uint8Array): boolean {
  const most = bytes.length * BINARY_SHARE;
  let controls = 0;
  for (let at = 0; at < bytes.length && controls <= most; at++) {
    const byte = bytes[at]!;
    if (byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)) controls++;
  }
  return controls > most;
}

/** How many bytes at the end belong to a UTF-8 character that is not whole. */
function cutCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}
