// Values of JSON, strictly by RFC 8259: what JSON.parse refuses is refused here too.

import { become, FALSE, INTEGER, NESTED, NULL, NUMBER, TRUE } from './reading';
import { endOfString } from './strings';

const MAX_DEPTH: i32 = 200;
const SIMPLE_DIGITS: i32 = 15;

@inline
export function skipSpace(at: usize): usize {
  return load<u8>(at) > 0x20 ? at : skipSpaces(at);
}

function skipSpaces(from: usize): usize {
  let at = from;
  while (true) {
    const byte = load<u8>(at);
    if (byte > 0x20 || (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09)) return at;
    at++;
  }
}

@inline
export function afterString(from: usize): usize {
  const end = endOfString(from);
  return end == 0 ? 0 : end + 1;
}

/** What comes after the value that begins here; 0 where it is none. Tells its kind. */
export function endOfValue(at: usize, depth: i32): usize {
  const byte = load<u8>(at);
  if (byte == 0x22) return afterString(at + 1);
  if (byte == 0x7b || byte == 0x5b) return endOfNested(at, byte == 0x7b, depth);
  if (byte == 0x74) return endOfWord(at, 0x65757274, 4, TRUE);
  if (byte == 0x6e) return endOfWord(at, 0x6c6c756e, 4, NULL);
  if (byte == 0x66) return load<u8>(at, 4) == 0x65 ? endOfWord(at, 0x736c6166, 5, FALSE) : 0;
  return endOfNumber(at);
}

@inline
function endOfWord(at: usize, letters: u32, length: usize, what: u32): usize {
  become(what);
  return load<u32>(at) == letters ? at + length : 0;
}

function endOfNested(from: usize, isObject: bool, depth: i32): usize {
  if (depth >= MAX_DEPTH) return 0;
  const closing: u8 = isObject ? 0x7d : 0x5d;
  let at = skipSpace(from + 1);
  if (load<u8>(at) != closing) {
    while (true) {
      if (isObject) {
        if (load<u8>(at) != 0x22) return 0;
        const end = endOfString(at + 1);
        if (end == 0) return 0;
        at = skipSpace(end + 1);
        if (load<u8>(at) != 0x3a) return 0;
        at = skipSpace(at + 1);
      }
      const end = endOfValue(at, depth + 1);
      if (end == 0) return 0;
      at = skipSpace(end);
      const separator = load<u8>(at);
      if (separator == closing) break;
      if (separator != 0x2c) return 0;
      at = skipSpace(at + 1);
    }
  }
  become(NESTED);
  return at + 1;
}

function endOfNumber(from: usize): usize {
  let at = from;
  const negative = load<u8>(at) == 0x2d;
  if (negative) at++;
  const first = at;
  at = endOfDigits(at);
  const digits = <i32>(at - first);
  const zero = load<u8>(first) == 0x30;
  if (digits == 0 || (zero && digits > 1)) return 0;
  become(digits <= SIMPLE_DIGITS && !(negative && zero) ? INTEGER : NUMBER);
  if (load<u8>(at) == 0x2e) {
    become(NUMBER);
    const fraction = at + 1;
    at = endOfDigits(fraction);
    if (at == fraction) return 0;
  }
  if ((load<u8>(at) | 0x20) == 0x65) {
    become(NUMBER);
    at++;
    const sign = load<u8>(at);
    if (sign == 0x2b || sign == 0x2d) at++;
    const exponent = at;
    at = endOfDigits(exponent);
    if (at == exponent) return 0;
  }
  return at;
}

@inline
function endOfDigits(from: usize): usize {
  let at = from;
  while (<u32>load<u8>(at) - 0x30 < 10) at++;
  return at;
}
