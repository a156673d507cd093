import { caseVariants } from '../fold.ts';

/** Code points as sorted, disjoint, non-adjacent ranges: first, last, first, last, … */
export type CharSet = readonly number[];

const LAST_CODE = 0x10ffff;

export const DIGITS: CharSet = [0x30, 0x39];
export const WORD: CharSet = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
/** `\s`: tab, line feed, vertical tab, form feed, carriage return, space (PCRE). */
export const SPACE: CharSet = [0x09, 0x0d, 0x20, 0x20];
/** `\v`: line feed, vertical tab, form feed, carriage return, and the line ends beyond ASCII (PCRE). */
export const VERTICAL: CharSet = [0x0a, 0x0d, 0x85, 0x85, 0x2028, 0x2029];
export const NEWLINE: CharSet = [0x0a, 0x0a];
export const EVERYTHING: CharSet = [0, LAST_CODE];

/** Puts ranges in any order, overlapping or not, into normal form. */
export function union(...sets: CharSet[]): CharSet {
  const ranges: [number, number][] = [];
  for (const set of sets) for (let at = 0; at < set.length; at += 2) ranges.push([set[at]!, set[at + 1]!]);
  ranges.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [first, last] of ranges) {
    const previous = out.at(-1);
    if (previous !== undefined && first <= previous + 1) out[out.length - 1] = Math.max(previous, last);
    else out.push(first, last);
  }
  return out;
}

export function complement(set: CharSet): CharSet {
  const out: number[] = [];
  let from = 0;
  for (let at = 0; at < set.length; at += 2) {
    if (from < set[at]!) out.push(from, set[at]! - 1);
    from = set[at + 1]! + 1;
  }
  if (from <= LAST_CODE) out.push(from, LAST_CODE);
  return out;
}

export function includes(set: CharSet, code: number): boolean {
  for (let at = 0; at < set.length; at += 2) if (code >= set[at]! && code <= set[at + 1]!) return true;
  return false;
}

export function disjoint(a: CharSet, b: CharSet): boolean {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i + 1]! < b[j]!) i += 2;
    else if (b[j + 1]! < a[i]!) j += 2;
    else return false;
  }
  return true;
}

/** Letters of which most expressions are made: their sets are made once. */
const ASCII = 0x80;
const plain: (CharSet | undefined)[] = [];
const inAnyCase: (CharSet | undefined)[] = [];

/** One character, or it and its case variants. */
export function letterSet(code: number, ignoresCase: boolean): CharSet {
  const known = ignoresCase ? inAnyCase : plain;
  const set = known[code] ?? (ignoresCase ? ignoringCase([code, code]) : [code, code]);
  if (code < ASCII) known[code] = set;
  return set;
}

/** Up to this many code points are looked up one by one; of larger sets every code point with variants is tried. */
const SMALL = 512;

/** Adds every case variant (simple folding) of what the set holds. */
export function ignoringCase(set: CharSet): CharSet {
  const variants = caseVariants();
  const extra: number[] = [];
  const add = (group: readonly number[] | undefined): void => group?.forEach((variant) => extra.push(variant, variant));
  if (size(set) <= SMALL) {
    for (let at = 0; at < set.length; at += 2)
      for (let code = set[at]!; code <= set[at + 1]!; code++) add(variants.get(code));
  } else {
    for (const [code, group] of variants) if (includes(set, code)) add(group);
  }
  return extra.length === 0 ? set : union(set, extra);
}

function size(set: CharSet): number {
  let codes = 0;
  for (let at = 0; at < set.length; at += 2) codes += set[at + 1]! - set[at]! + 1;
  return codes;
}
