import { FOLD_RUNS } from './generated/fold-table.ts';

const NON_ASCII = /[^\0-\x7f]/;

const folded = new Map<number, number>();
for (const [first, last, step, delta] of FOLD_RUNS) {
  for (let code = first; code <= last; code += step) folded.set(code, code + delta);
}

/** Folds one code point by Unicode simple case folding. */
export function foldCode(code: number): number {
  return folded.get(code) ?? code;
}

/**
 * Folds a text by Unicode simple case folding (CaseFolding.txt, status C and S): two texts differ only in case exactly
 * when their folded forms are equal. Independent of locale; never changes the number of code points, so `ß` stays
 * apart from `ss` and `İ` from `i`, while `ſ` equals `s` and the Kelvin sign equals `k`.
 */
export function fold(text: string): string {
  return NON_ASCII.test(text) ? foldUnicode(text) : text.toLowerCase();
}

function foldUnicode(text: string): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at)!;
    const width = code > 0xffff ? 2 : 1;
    const target = folded.get(code);
    if (target !== undefined) {
      out += text.slice(from, at) + String.fromCodePoint(target);
      from = at + width;
    }
    at += width;
  }
  return out + text.slice(from);
}

let units: Uint16Array | undefined;

/** The folded form of every UTF-16 code unit. Halves of surrogate pairs stand for themselves: their letters need {@link fold}. */
export function foldedUnits(): Uint16Array {
  if (units) return units;
  units = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
  for (const [code, target] of folded) if (code <= 0xffff && target <= 0xffff) units[code] = target;
  return units;
}

/** Every code point that has a case variant, grouped with its variants. */
export function caseVariants(): ReadonlyMap<number, readonly number[]> {
  return variants;
}

const variants = groupVariants();

function groupVariants(): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const [code, target] of folded) {
    const group = groups.get(target);
    if (group) group.push(code);
    else groups.set(target, [target, code]);
  }
  const all = new Map<number, readonly number[]>();
  for (const group of groups.values()) for (const code of group) all.set(code, group);
  return all;
}
