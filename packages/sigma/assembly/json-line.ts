// AssemblyScript: compiled to WebAssembly by the build. Finds the values of some fields in one line of JSON, strictly by
// RFC 8259: what JSON.parse refuses is refused here too. Strings are read sixteen bytes at a time.

import { isSame } from './values';

/** What a value is. The numbers are known to json-line.ts. */
const PLAIN: u32 = 1; // ASCII without escapes
const ESCAPED: u32 = 2; // ASCII with escapes of one character
const WIDE: u32 = 3; // more than ASCII, perhaps with such escapes
const HARD: u32 = 4; // with \u escapes
const INTEGER: u32 = 5; // at most 15 digits, as String(JSON.parse(it)) writes it
const NUMBER: u32 = 6; // any other number
const TRUE: u32 = 7;
const FALSE: u32 = 8;
const NULL: u32 = 9;
const NESTED: u32 = 10; // an object or an array

/** Answers of `read`: the line is read; ASCII letters stand in it as such, in its strings of more than ASCII too; it is ASCII; it is not read. */
const READ: i32 = 0;
const READ_LITERAL: i32 = 1;
const READ_PLAIN: i32 = 2;
const LEFT: i32 = -1;

const MAX_DEPTH: i32 = 200;
const SIMPLE_DIGITS: i32 = 15;

/** Names that are known at most: those of fields that are looked for, and of others that lines have had. */
const MAX_FIELDS: u32 = 4096;
const MAX_OTHERS: u32 = 4096;
/** Longer names are not learned. */
const MAX_LEARNED: u32 = 256;
/** A hash table with twice as many places: the upper half of a name's hash and, below, its number plus one. Small enough to stay near. */
const PLACES: u32 = (MAX_FIELDS + MAX_OTHERS) * 2;
const places: usize = heap.alloc(PLACES * 4);
/** Of each name: where it stands, its length, the number of its field plus one, and the name that came after it last. Name 0 is none, and before the first. */
const NAME_BYTES: u32 = 16;
const names: usize = heap.alloc((MAX_FIELDS + MAX_OTHERS + 1) * NAME_BYTES);
/** Of each field: where its value begins and ends, what it is, and the stamp of the line that had it last. */
const VALUE_BYTES: u32 = 16;
const values: usize = heap.alloc(MAX_FIELDS * VALUE_BYTES);
memory.fill(places, 0, PLACES * 4);
memory.fill(names, 0, NAME_BYTES);
memory.fill(values, 0, MAX_FIELDS * VALUE_BYTES);

let known: u32 = 0;
let others: u32 = 0;
let fields: u32 = 0;
let lines: usize = 0;
let capacity: usize = 0;
let nameBuffer: usize = 0;
let nameCapacity: u32 = 0;
/** What the string that was read last held. */
let kind: u32 = PLAIN;
/** What is known of the line so far: one of the answers. */
let answer: i32 = READ_PLAIN;

export function valuesAt(): usize {
  return values;
}

/** Makes room for so many bytes of lines, with some beyond to look ahead; answers where they are to be put. What was there is gone. */
export function reserve(bytes: usize): usize {
  if (bytes > capacity) {
    if (lines != 0) heap.free(lines);
    capacity = bytes;
    lines = heap.alloc(bytes + 64);
  }
  return lines;
}

/** Looks for another field, whose name stands at an address; answers its number, or -1 where there are too many. */
export function addField(from: usize, length: u32): i32 {
  if (fields == MAX_FIELDS) return -1;
  const hash = hashOf(from, length);
  let name = nameOf(from, length, hash);
  if (name == 0) name = addName(from, length, hash);
  store<u32>(names + name * NAME_BYTES, ++fields, 8);
  return fields - 1;
}

/** Remembers a name with the quote and the colon that probably follow it. */
function addName(from: usize, length: u32, hash: u32): u32 {
  const copy = heap.alloc(length + 2 + 16);
  memory.copy(copy, from, length);
  store<u16>(copy + length, 0x3a22);
  const at = names + ++known * NAME_BYTES;
  store<u32>(at, <u32>copy);
  store<u32>(at, length, 4);
  store<u64>(at, 0, 8);
  let place = hash & (PLACES - 1);
  while (load<u32>(places + place * 4) != 0) place = (place + 1) & (PLACES - 1);
  store<u32>(places + place * 4, (hash & 0xffff0000) | known);
  return known;
}

/** A place where names are put for `addField`. */
export function nameAt(length: u32): usize {
  if (length > nameCapacity) {
    if (nameBuffer != 0) heap.free(nameBuffer);
    nameCapacity = length;
    nameBuffer = heap.alloc(length + 16);
  }
  return nameBuffer;
}

/** Reads a line. The byte at its end is one that no JSON may hold inside of a string: a line feed or zero. */
export function read(from: usize, end: usize, stamp: u32): i32 {
  answer = READ_PLAIN;
  let at = skipSpace(from);
  if (load<u8>(at) != 0x7b) return LEFT;
  at = skipSpace(at + 1);
  if (load<u8>(at) == 0x7d) return endsAt(at, end);
  // Lines of one log have the same names in the same order: where the last line had a name, this one probably has it too.
  let before: usize = names;
  while (true) {
    if (load<u8>(at) != 0x22) return LEFT;
    const text = at + 1;
    let name = load<u32>(before, 12);
    if (name != 0 && isFollowedBy(text, names + name * NAME_BYTES)) {
      at = skipSpace(text + load<u32>(names + name * NAME_BYTES, 4) + 2);
    } else {
      const end = endOfString(text);
      if (end == 0 || (kind != PLAIN && hasBackslash(text, end))) return LEFT;
      // A name of more than ASCII has to be looked at every time: it says something of its line.
      name = kind == PLAIN ? learn(text, <u32>(end - text)) : nameOf(text, <u32>(end - text), hashOf(text, <u32>(end - text)));
      if (kind == PLAIN && name != 0) store<u32>(before, name, 12);
      at = skipSpace(end + 1);
      if (load<u8>(at) != 0x3a) return LEFT;
      at = skipSpace(at + 1);
    }
    before = names + name * NAME_BYTES;
    const next = load<u8>(at) == 0x22 ? afterString(at + 1) : endOfValue(at, 1);
    if (next == 0) return LEFT;
    const field = load<u32>(before, 8);
    if (field != 0) {
      const to = values + (field - 1) * VALUE_BYTES;
      const quote: usize = kind <= HARD ? 1 : 0;
      store<u32>(to, <u32>(at + quote));
      store<u32>(to, <u32>(next - quote), 4);
      store<u32>(to, kind, 8);
      store<u32>(to, stamp, 12);
    }
    at = skipSpace(next);
    const separator = load<u8>(at);
    if (separator == 0x7d) return endsAt(at, end);
    if (separator != 0x2c) return LEFT;
    at = skipSpace(at + 1);
  }
}

// @ts-ignore: decorator
@inline
function skipSpace(at: usize): usize {
  return load<u8>(at) > 0x20 ? at : skipSpaces(at);
}

/** The last brace stands in this line, and nothing after it. */
function endsAt(brace: usize, end: usize): i32 {
  if (brace >= end || skipSpace(brace + 1) < end) return LEFT;
  return answer;
}

function skipSpaces(from: usize): usize {
  let at = from;
  while (true) {
    const byte = load<u8>(at);
    if (byte > 0x20 || (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09)) return at;
    at++;
  }
}

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

/** Where the string that begins here is closed; 0 where it is not, or holds what no string may. Sets `kind`. */
function endOfString(from: usize): usize {
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
    kind = found;
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
  if (found == HARD || hasFoldingLetter(from, to)) answer = READ;
  else if (answer == READ_PLAIN) answer = READ_LITERAL;
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

function hasBackslash(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) if (load<u8>(at) == 0x5c) return true;
  return false;
}

// @ts-ignore: decorator
@inline
function afterString(from: usize): usize {
  const end = endOfString(from);
  return end == 0 ? 0 : end + 1;
}

/** What comes after the value that begins here; 0 where it is none. Sets `kind`. */
function endOfValue(at: usize, depth: i32): usize {
  const byte = load<u8>(at);
  if (byte == 0x22) return afterString(at + 1);
  if (byte == 0x7b || byte == 0x5b) return endOfNested(at, byte == 0x7b, depth);
  if (byte == 0x74) return endOfWord(at, 0x65757274, 4, TRUE);
  if (byte == 0x6e) return endOfWord(at, 0x6c6c756e, 4, NULL);
  if (byte == 0x66) return load<u8>(at, 4) == 0x65 ? endOfWord(at, 0x736c6166, 5, FALSE) : 0;
  return endOfNumber(at);
}

// @ts-ignore: decorator
@inline
function endOfWord(at: usize, letters: u32, length: usize, what: u32): usize {
  kind = what;
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
  kind = NESTED;
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
  kind = digits <= SIMPLE_DIGITS && !(negative && zero) ? INTEGER : NUMBER;
  if (load<u8>(at) == 0x2e) {
    kind = NUMBER;
    const fraction = at + 1;
    at = endOfDigits(fraction);
    if (at == fraction) return 0;
  }
  if ((load<u8>(at) | 0x20) == 0x65) {
    kind = NUMBER;
    at++;
    const sign = load<u8>(at);
    if (sign == 0x2b || sign == 0x2d) at++;
    const exponent = at;
    at = endOfDigits(exponent);
    if (at == exponent) return 0;
  }
  return at;
}

// @ts-ignore: decorator
@inline
function endOfDigits(from: usize): usize {
  let at = from;
  while (<u32>load<u8>(at) - 0x30 < 10) at++;
  return at;
}

/** Whether a name, its quote and a colon stand here. */
// @ts-ignore: decorator
@inline
function isFollowedBy(text: usize, name: usize): bool {
  return isSame(text, load<u32>(name), load<u32>(name, 4) + 2);
}

/** The number of a name that a line has; 0 where it is not known and there are too many to learn it. */
function learn(text: usize, length: u32): u32 {
  const hash = hashOf(text, length);
  const name = nameOf(text, length, hash);
  if (name != 0 || others == MAX_OTHERS || length > MAX_LEARNED) return name;
  others++;
  return addName(text, length, hash);
}

/** The number of a name; 0 where it is not known. */
function nameOf(text: usize, length: u32, hash: u32): u32 {
  let place = hash & (PLACES - 1);
  while (true) {
    const entry = load<u32>(places + place * 4);
    if (entry == 0) return 0;
    const name = entry & 0xffff;
    if ((entry ^ hash) >> 16 == 0 && isNamed(names + name * NAME_BYTES, text, length)) return name;
    place = (place + 1) & (PLACES - 1);
  }
}

function isNamed(name: usize, text: usize, length: u32): bool {
  return load<u32>(name, 4) == length && isSame(load<u32>(name), text, length);
}

/** Of the first eight bytes, the last eight and the length: names of fields differ there. */
// @ts-ignore: decorator
@inline
function hashOf(name: usize, length: u32): u32 {
  let head: u64;
  let tail: u64 = 0;
  if (length >= 8) {
    head = load<u64>(name);
    tail = load<u64>(name + length - 8);
  } else {
    // Where there is no name, nothing is left of the eight bytes.
    head = length == 0 ? 0 : load<u64>(name) << ((8 - length) << 3);
  }
  let hash = (head ^ rotl(tail, 29) ^ length) * 0x9e3779b97f4a7c15;
  hash ^= hash >> 32;
  return <u32>(hash * 0xd6e8feb86659fd93 >> 32);
}
