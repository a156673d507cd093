import { rejectBeyond } from './context.ts';
import type { ModifierSite } from './modifier-site.ts';
import { joinParts, parsePattern, type Part } from './pattern.ts';
import { reject } from './problem.ts';
import type { RegexValue, StringValue, Value } from './value.ts';

/** `\%` is a plain percent sign; `%name%` a placeholder (rules specification, "Placeholders"). */
const PLACEHOLDER = /\\%|%([^%\\]+)%/g;

/** Replaces placeholders by the values that the caller gave: patterns in a string, raw text in a regular expression. */
export function expandPlaceholders(value: Value, site: ModifierSite): Value {
  if (value.kind === 'string') return expandString(value, site);
  if (value.kind === 'regex') return expandRegex(value, site);
  return reject(
    'modifier.value',
    site.path,
    'the modifier "expand" does not fit',
    `it takes a text, not a ${value.kind}`,
    'put the value into quotes, or leave the modifier out',
  );
}

function expandString(value: StringValue, site: ModifierSite): Value {
  let variants: Part[][] = [[]];
  for (const part of value.parts) {
    const pieces: Pieces<Part> = typeof part === 'string' ? split<Part>(part, site, parsePattern) : [[[part]]];
    for (const ways of pieces) variants = multiply(variants, ways, site);
  }
  return { kind: 'anyOf', values: variants.map((parts) => ({ ...value, parts: joinParts(parts) })) };
}

function expandRegex(value: RegexValue, site: ModifierSite): Value {
  let variants: string[][] = [[]];
  for (const ways of split(value.source, site, (text) => [text])) variants = multiply(variants, ways, site);
  return { kind: 'anyOf', values: variants.map((parts) => ({ ...value, source: parts.join('') })) };
}

/** For each place in turn, the things that may stand there. */
type Pieces<Piece> = readonly (readonly (readonly Piece[])[])[];

/** Cuts a text at its placeholders; each piece is the list of things that may stand there. */
function split<Piece>(text: string, site: ModifierSite, read: (value: string) => readonly Piece[]) {
  const pieces: (readonly (readonly (Piece | string)[])[])[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    pieces.push([[text.slice(from, match.index)]]);
    pieces.push(match[1] === undefined ? [['%']] : valuesOf(match[1], site).map(read));
    from = match.index + match[0].length;
  }
  pieces.push([[text.slice(from)]]);
  return pieces;
}

function valuesOf(name: string, site: ModifierSite): readonly string[] {
  const values = site.context.placeholders.get(name);
  if (values && values.length > 0) return values;
  return reject(
    'placeholder.unresolved',
    site.path,
    `the placeholder %${name}% has no values`,
    'a rule with an open placeholder would match too little or too much',
    `give values for "${name}" when loading, or leave the rule out`,
  );
}

function multiply<Piece>(
  variants: readonly (readonly Piece[])[],
  ways: readonly (readonly Piece[])[],
  site: ModifierSite,
): Piece[][] {
  const made = variants.length * ways.length;
  rejectBeyond('limit.expansion', site.path, 'values made by "expand"', made, site.context.limits.expansion);
  return variants.flatMap((variant) => ways.map((way) => [...variant, ...way]));
}
