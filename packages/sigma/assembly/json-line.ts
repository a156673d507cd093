// Finds the values of some fields in one line of JSON.

import { afterString, endOfValue, skipSpace } from './json-values';
import { after, entryOf, fieldOf, follow, isFollowedBy, knownName, learn, lengthOf, MAX_FIELDS, NONE } from './names';
import { answer, begin, HARD, kind, LEFT, PLAIN } from './reading';
import { endOfString, hasBackslash } from './strings';

/** Of each field: where its value begins and ends, what it is, and the stamp of the line that had it last. */
const VALUE_BYTES: u32 = 16;
const values: usize = heap.alloc(MAX_FIELDS * VALUE_BYTES);
memory.fill(values, 0, MAX_FIELDS * VALUE_BYTES);

let lines: usize = 0;
let capacity: usize = 0;

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

/** Reads a line. The byte at its end is one that no JSON may hold inside of a string: a line feed or zero. */
export function read(from: usize, end: usize, stamp: u32): i32 {
  begin();
  let at = skipSpace(from);
  if (load<u8>(at) != 0x7b) return LEFT;
  at = skipSpace(at + 1);
  if (load<u8>(at) == 0x7d) return endsAt(at, end);
  // Lines of one log have the same names in the same order: where the last line had a name, this one probably has it too.
  let before: usize = NONE;
  while (true) {
    if (load<u8>(at) != 0x22) return LEFT;
    const text = at + 1;
    let name = after(before);
    if (name != 0 && isFollowedBy(text, entryOf(name))) {
      at = skipSpace(text + lengthOf(entryOf(name)) + 2);
    } else {
      const end = endOfString(text);
      if (end == 0 || (kind != PLAIN && hasBackslash(text, end))) return LEFT;
      // A name of more than ASCII has to be looked at every time: it says something of its line.
      name = kind == PLAIN ? learn(text, <u32>(end - text)) : knownName(text, <u32>(end - text));
      if (kind == PLAIN && name != 0) follow(before, name);
      at = skipSpace(end + 1);
      if (load<u8>(at) != 0x3a) return LEFT;
      at = skipSpace(at + 1);
    }
    before = entryOf(name);
    const next = load<u8>(at) == 0x22 ? afterString(at + 1) : endOfValue(at, 1);
    if (next == 0) return LEFT;
    const field = fieldOf(before);
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

/** The last brace stands in this line, and nothing after it. */
function endsAt(brace: usize, end: usize): i32 {
  if (brace >= end || skipSpace(brace + 1) < end) return LEFT;
  return answer;
}
