// The names of members: those of fields that are looked for, and others that lines have had.

import { isSame } from './values';

/** Names that are known at most: those of fields that are looked for, and of others that lines have had. */
export const MAX_FIELDS: u32 = 4096;
const MAX_OTHERS: u32 = 4096;
/** Longer names are not learned. */
const MAX_LEARNED: u32 = 256;
/** A hash table with twice as many places: the upper half of a name's hash and, below, its number plus one. Small enough to stay near. */
const PLACES: u32 = (MAX_FIELDS + MAX_OTHERS) * 2;
const places: usize = heap.alloc(PLACES * 4);
/** Of each name: where it stands, its length, the number of its field plus one, and the name that came after it last. Name 0 is none, and before the first. */
const NAME_BYTES: u32 = 16;
const names: usize = heap.alloc((MAX_FIELDS + MAX_OTHERS + 1) * NAME_BYTES);
memory.fill(places, 0, PLACES * 4);
memory.fill(names, 0, NAME_BYTES);

let known: u32 = 0;
let others: u32 = 0;
let fields: u32 = 0;
let nameBuffer: usize = 0;
let nameCapacity: u32 = 0;

/** No name, and what is before the first. */
export const NONE: usize = names;

/** The name that came after one last; 0 where there was none. */
@inline
export function after(name: usize): u32 {
  return load<u32>(name, 12);
}

/** A name follows another. */
@inline
export function follow(name: usize, next: u32): void {
  store<u32>(name, next, 12);
}

/** Where what is known of a name stands. */
@inline
export function entryOf(name: u32): usize {
  return names + name * NAME_BYTES;
}

@inline
export function lengthOf(name: usize): u32 {
  return load<u32>(name, 4);
}

/** The number of a name's field plus one; 0: nobody looks for it. */
@inline
export function fieldOf(name: usize): u32 {
  return load<u32>(name, 8);
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

/** Whether a name, its quote and a colon stand here. */
@inline
export function isFollowedBy(text: usize, name: usize): bool {
  return isSame(text, load<u32>(name), load<u32>(name, 4) + 2);
}

/** The number of a name that a line has; 0 where it is not known and there are too many to learn it. */
export function learn(text: usize, length: u32): u32 {
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

/** The number of a name that is known already. */
export function knownName(text: usize, length: u32): u32 {
  return nameOf(text, length, hashOf(text, length));
}
