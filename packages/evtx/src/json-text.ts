import { writeAscii } from './digits.ts';
import { WINDOWS_1252 } from './text.ts';
import type { ValueBytes } from './value.ts';

// Writes texts as JSON in UTF-8, byte for byte as JSON.stringify would. Each function takes where to write and gives where
// it stopped; the caller has made room: 6 bytes for each byte of the text, and two for the quotes.

const QUOTE = 0x22;
/** The bits that are set in none of two characters of ASCII. */
const NOT_ASCII = 0xff80_ff80 | 0;

/** 1 for the ASCII characters that stand in JSON as they are. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) => (code >= 0x20 && code !== QUOTE && code !== 0x5c ? 1 : 0));

/** What the other ASCII characters are written as. */
const ESCAPES = Array.from({ length: 128 }, (_, code) => JSON.stringify(String.fromCharCode(code)).slice(1, -1));

/** The UTF-16LE text in `[start, end)`, up to its first NUL, in quotes. Half a surrogate pair becomes U+FFFD. */
export function writeJsonUtf16(from: ValueBytes, start: number, end: number, to: ValueBytes, at: number): number {
  const bytes = from.buffer;
  const out = to.buffer;
  let place = at;
  out[place++] = QUOTE;
  for (let index = start; index + 1 < end; index += 2) {
    // Two plain characters at once, as long as there are.
    for (; index + 3 < end; index += 4, place += 2) {
      const two = from.view.getInt32(index, true);
      if ((two & NOT_ASCII) !== 0 || PLAIN[two & 0x7f] === 0 || PLAIN[two >>> 16] === 0) break;
      to.view.setInt16(place, two | (two >>> 8), true);
    }
    if (index + 1 >= end) break;
    const code = bytes[index]! | (bytes[index + 1]! << 8);
    if (code < 0x80) {
      if (PLAIN[code] === 1) out[place++] = code;
      else if (code === 0) break;
      else place = writeAscii(ESCAPES[code]!, out, place);
    } else if (code < 0xd800 || code > 0xdfff) {
      place = writeUtf8(code, out, place);
    } else {
      const next = index + 3 < end ? bytes[index + 2]! | (bytes[index + 3]! << 8) : 0;
      const isPair = code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff;
      place = writeUtf8(isPair ? 0x1_0000 + ((code - 0xd800) << 10) + (next - 0xdc00) : 0xfffd, out, place);
      if (isPair) index += 2;
    }
  }
  out[place++] = QUOTE;
  return place;
}

/** The 8-bit text in `[start, end)`, up to its first NUL, read as Windows-1252, in quotes. */
export function writeJsonAnsi(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let place = at;
  out[place++] = QUOTE;
  for (let index = start; index < end; index++) {
    const byte = bytes[index]!;
    if (byte === 0) break;
    if (byte >= 0x80) place = writeUtf8(byte < 0xa0 ? WINDOWS_1252.charCodeAt(byte - 0x80) : byte, out, place);
    else if (PLAIN[byte] === 1) out[place++] = byte;
    else place = writeAscii(ESCAPES[byte]!, out, place);
  }
  out[place++] = QUOTE;
  return place;
}

/** A character beyond ASCII in UTF-8. */
function writeUtf8(code: number, out: Uint8Array, at: number): number {
  let place = at;
  if (code < 0x800) {
    out[place++] = 0xc0 | (code >> 6);
  } else if (code < 0x1_0000) {
    out[place++] = 0xe0 | (code >> 12);
    out[place++] = 0x80 | ((code >> 6) & 0x3f);
  } else {
    out[place++] = 0xf0 | (code >> 18);
    out[place++] = 0x80 | ((code >> 12) & 0x3f);
    out[place++] = 0x80 | ((code >> 6) & 0x3f);
  }
  out[place++] = 0x80 | (code & 0x3f);
  return place;
}
