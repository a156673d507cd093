// Writes numbers as ASCII. Each function takes where to write and gives where it stopped; the caller has made room.

const ZERO = 0x30;
const HEX_LOWER = Buffer.from('0123456789abcdef', 'latin1');
/** The two upper-case digits of each byte. */
const HEX_FIRST = Uint8Array.from({ length: 256 }, (_, byte) => '0123456789ABCDEF'.charCodeAt(byte >>> 4));
const HEX_SECOND = Uint8Array.from({ length: 256 }, (_, byte) => '0123456789ABCDEF'.charCodeAt(byte & 0xf));

/** A whole number from 0 to 2^53. */
export function writeDecimal(value: number, out: Uint8Array, at: number): number {
  if (value > MAX_PADDED) return writeAscii(String(value), out, at);
  let digits = 1;
  for (let bound = 10; value >= bound; bound *= 10) digits++;
  return writePadded(value, digits, out, at);
}

/** The greatest number whose digits integer arithmetic gives. */
const MAX_PADDED = 0x7fff_ffff;

/** A whole number up to {@link MAX_PADDED} in exactly `digits` decimal digits. */
export function writePadded(value: number, digits: number, out: Uint8Array, at: number): number {
  let rest = value;
  for (let place = at + digits; place > at;) {
    const tenth = (rest / 10) | 0;
    out[--place] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  return at + digits;
}

/** The 64-bit number `high:low` in lower-case hexadecimal behind `0x`. */
export function writeHex(high: number, low: number, out: Uint8Array, at: number): number {
  out[at] = ZERO;
  out[at + 1] = 0x78;
  let digits = 1;
  for (let rest = high === 0 ? low : high; rest > 0xf; rest >>>= 4) digits++;
  if (high !== 0) digits += 8;
  for (let place = at + 1 + digits, done = 0; done < digits; done++, place--) {
    const word = done < 8 ? low >>> (done * 4) : high >>> ((done - 8) * 4);
    out[place] = HEX_LOWER[word & 0xf]!;
  }
  return at + 2 + digits;
}

/** Bytes in upper-case hexadecimal. */
export function writeHexBytes(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let place = at;
  for (let index = start; index < end; index++) {
    out[place++] = HEX_FIRST[bytes[index]!]!;
    out[place++] = HEX_SECOND[bytes[index]!]!;
  }
  return place;
}

/** Bytes in upper-case hexadecimal, from the last to the first. */
export function writeHexReversed(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let place = at;
  for (let index = end - 1; index >= start; index--) {
    out[place++] = HEX_FIRST[bytes[index]!]!;
    out[place++] = HEX_SECOND[bytes[index]!]!;
  }
  return place;
}

/** ASCII text as it is. */
export function writeAscii(text: string, out: Uint8Array, at: number): number {
  for (let index = 0; index < text.length; index++) out[at + index] = text.charCodeAt(index);
  return at + text.length;
}
