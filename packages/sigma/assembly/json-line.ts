// AssemblyScript: compiled to WebAssembly by the build. Finds the values of some fields in one line of JSON, strictly by
// RFC 8259: what JSON.parse refuses is refused here too. Strings are read sixteen bytes at a time.

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

/** Fields that are looked for at most. */
const MAX_FIELDS: u32 = 4096;
/** A hash table with twice as many places: the upper half of a name's hash and, below, the number of its field plus one. Small enough to stay near. */
const PLACES: u32 = MAX_FIELDS * 2;
const places: usize = heap.alloc(PLACES * 4);
/** Of each field: where its value begins and ends, what it is, and the stamp of the line that had it last. */
const VALUE_BYTES: u32 = 16;
const values: usize = heap.alloc(MAX_FIELDS * VALUE_BYTES);
/** Of each field: where its name stands, and how long it is. */
const names: usize = heap.alloc(MAX_FIELDS * 8);
memory.fill(places, 0, PLACES * 4);
memory.fill(values, 0, MAX_FIELDS * VALUE_BYTES);

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
  const name = heap.alloc(length + 16);
  memory.copy(name, from, length);
  const hash = hashOf(name, length);
  let place = hash & (PLACES - 1);
  while (load<u32>(places + place * 4) != 0) place = (place + 1) & (PLACES - 1);
  store<u32>(names + fields * 8, <u32>name);
  store<u32>(names + fields * 8, length, 4);
  fields++;
  store<u32>(places + place * 4, (hash & 0xffff0000) | fields);
  return fields - 1;
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
  while (true) {
    if (load<u8>(at) != 0x22) return LEFT;
    const name = at + 1;
    const nameEnd = endOfString(name);
    if (nameEnd == 0) return LEFT;
    if (kind != PLAIN && hasBackslash(name, nameEnd)) return LEFT;
    at = skipSpace(nameEnd + 1);
    if (load<u8>(at) != 0x3a) return LEFT;
    at = skipSpace(at + 1);
    let next: usize;
    if (load<u8>(at) == 0x22) {
      next = endOfString(at + 1);
      if (next == 0) return LEFT;
      next++;
    } else next = endOfValue(at, 1);
    if (next == 0) return LEFT;
    const field = fieldOf(name, <u32>(nameEnd - name));
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

/** Where the string that begins here is closed; 0 where it is not, or holds what no string may. Sets `kind`. */
function endOfString(from: usize): usize {
  const quotes = i8x16.splat(0x22);
  const backslashes = i8x16.splat(0x5c);
  const controls = i8x16.splat(0x20);
  let at = from;
  let found = PLAIN;
  while (true) {
    const bytes = v128.load(at);
    const special = i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, backslashes)), i8x16.lt_u(bytes, controls)),
    );
    const beyond = i8x16.bitmask(bytes);
    if (special == 0) {
      if (beyond != 0 && found < WIDE) found = WIDE;
      at += 16;
      continue;
    }
    const step = ctz(special);
    if ((beyond & ((1 << step) - 1)) != 0 && found < WIDE) found = WIDE;
    at += step;
    const byte = load<u8>(at);
    if (byte == 0x22) {
      kind = found;
      if (found >= WIDE) settle(found, from, at);
      return at;
    }
    if (byte != 0x5c) return 0;
    const escaped = load<u8>(at, 1);
    if (escaped == 0x75) {
      if (!isHex(at + 2) || !isHex(at + 3) || !isHex(at + 4) || !isHex(at + 5)) return 0;
      found = HARD;
      at += 6;
    } else {
      if (!isEscape(escaped)) return 0;
      if (found == PLAIN) found = ESCAPED;
      at += 2;
    }
  }
}

// @ts-ignore: decorator
@inline
function isEscape(byte: u8): bool {
  return (
    byte == 0x5c || byte == 0x22 || byte == 0x2f || byte == 0x6e || byte == 0x72 || byte == 0x74 || byte == 0x62 || byte == 0x66
  );
}

function isHex(at: usize): bool {
  const byte = load<u8>(at);
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
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

/** What comes after the value that begins here; 0 where it is none. Sets `kind`. */
function endOfValue(at: usize, depth: i32): usize {
  const byte = load<u8>(at);
  if (byte == 0x22) {
    const end = endOfString(at + 1);
    return end == 0 ? 0 : end + 1;
  }
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

/** The number of the field of this name plus one; 0: nobody looks for it. */
// @ts-ignore: decorator
@inline
function fieldOf(name: usize, length: u32): u32 {
  const hash = hashOf(name, length);
  let place = hash & (PLACES - 1);
  while (true) {
    const entry = load<u32>(places + place * 4);
    if (entry == 0) return 0;
    const field = entry & 0xffff;
    if ((entry ^ hash) >> 16 == 0 && isNamed(field - 1, name, length)) return field;
    place = (place + 1) & (PLACES - 1);
  }
}

function isNamed(field: u32, name: usize, length: u32): bool {
  const at = names + field * 8;
  return load<u32>(at, 4) == length && memory.compare(load<u32>(at), name, length) == 0;
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
