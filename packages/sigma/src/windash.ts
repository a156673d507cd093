import { rejectBeyond } from './context.ts';
import type { ModifierSite } from './modifier-site.ts';
import { joinParts, type Part } from './pattern.ts';
import type { StringValue } from './value.ts';

/** What Windows programs take for the dash before a parameter: hyphen, slash, en dash, em dash, horizontal bar. */
const DASHES = ['-', '/', '\u2013', '\u2014', '\u2015'] as const;

/** A hyphen or slash that begins a parameter: no word character before it, one behind it. */
const PARAMETER_DASH = /(?<![\p{L}\p{N}_])[-/](?=[\p{L}\p{N}_])/u;

/** Writes a value with every dash at every place where it begins a parameter. */
export function expandDashes(value: StringValue, site: ModifierSite): StringValue[] {
  const pieces: readonly (readonly Part[])[] = value.parts.map((part) =>
    typeof part === 'string' ? part.split(PARAMETER_DASH) : [part],
  );
  const dashes = pieces.reduce((sum, piece) => sum + piece.length - 1, 0);
  const { expansion } = site.context.limits;
  rejectBeyond('limit.expansion', site.path, 'values made by "windash"', DASHES.length ** dashes, expansion);
  let variants: Part[][] = [[]];
  for (const piece of pieces) {
    for (const [index, part] of piece.entries()) {
      const ways: Part[][] = index === 0 ? [[part]] : DASHES.map((dash) => [dash, part]);
      variants = variants.flatMap((variant) => ways.map((way) => [...variant, ...way]));
    }
  }
  return variants.map((parts) => ({ ...value, parts: joinParts(parts) }));
}
