// Strings of JSON, sixteen bytes at a time.

import { become, ESCAPED, HARD, lower, PLAIN, READ, READ_LITERAL, WIDE } from './reading';

/** Letters after a backslash that stand for one character. */
const escapes: usize = heap.alloc(256);
memory.fill(escapes, 0, 256);
store<u8>(escapes + 0x22, 1);
store<u8>(escapes + 0x2f, 1);
store<u8>(escapes + 0x5c, 1);
store<u8>(escapes + 0x62, 1);
store<u8>(escapes + 0x66, 1);
store<u8>(escapes + 0x6e, 1);
store<u8>(escapes + 0x72, 1);
store<u8>(escapes + 0x74, 1);

/** Where the string that begins here is closed; 0 where it is not, or holds what no string may. Tells its kind. */
export function endOfString(from: usize): usize {
  const quotes = i8x16.splat(0x22);
  const controls = i8x16.splat(0x20);
  const backslashes = i8x16.splat(0x5c);
  // All bytes that were passed, together: whether any is beyond ASCII is asked once.
  let passed = i8x16.splat(0);
  let at = from;
  let found = PLAIN;
  while (true) {
    const bytes = v128.load(at);
    const isEscaping = i8x16.eq(bytes, backslashes);
    const isClosing = v128.or(i8x16.eq(bytes, quotes), i8x16.lt_u(bytes, controls));
    if (!v128.any_true(v128.or(isEscaping, isClosing))) {
      passed = v128.or(passed, bytes);
      at += 16;
      continue;
    }
    let escaping = i8x16.bitmask(isEscaping);
    let closing = i8x16.bitmask(isClosing);
    let width = 16;
    while (escaping != 0 && (closing & (escaping - 1) & ~escaping) == 0) {
      const place = ctz(escaping);
      const letter = load<u8>(at + place, 1);
      if (load<u8>(escapes + letter) != 0) {
        if (found == PLAIN) found = ESCAPED;
      } else {
        if (letter != 0x75 || !isHex(at + place + 2)) return 0;
        found = HARD;
      }
      // What is escaped ends nothing. It may stand in the next sixteen.
      const rest = -1 << (place + 2);
      escaping &= rest & 0xffff;
      closing &= rest & 0xffff;
      if (place == 15) width = 17;
    }
    if (closing == 0) {
      passed = v128.or(passed, bytes);
      at += width;
      continue;
    }
    const step = ctz(closing);
    const beyond = i8x16.bitmask(passed) | (i8x16.bitmask(bytes) & ((1 << step) - 1));
    if (beyond != 0 && found < WIDE) found = WIDE;
    at += step;
    if (load<u8>(at) != 0x22) return 0;
    become(found);
    if (found >= WIDE) settle(found, from, at);
    return at;
  }
}

/** Four hexadecimal digits. */
function isHex(at: usize): bool {
  for (let digit = at; digit < at + 4; digit++) {
    const byte = load<u8>(digit);
    const letter = byte | 0x20;
    if ((byte < 0x30 || byte > 0x39) && (letter < 0x61 || letter > 0x66)) return false;
  }
  return true;
}

/** What a string that is more than plain says of its line. */
function settle(found: u32, from: usize, to: usize): void {
  lower(found == HARD || hasFoldingLetter(from, to) ? READ : READ_LITERAL);
}

/** Whether a letter beyond ASCII is one of ASCII in another case: U+017F is an s, U+212A a k. */
function hasFoldingLetter(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) {
    const byte = load<u8>(at);
    if (byte == 0xc5 && load<u8>(at, 1) == 0xbf) return true;
    if (byte == 0xe2 && load<u8>(at, 1) == 0x84 && load<u8>(at, 2) == 0xaa) return true;
  }
  return false;
}

export function hasBackslash(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) if (load<u8>(at) == 0x5c) return true;
  return false;
}
