import { rejectBeyond, type CompileContext } from './context.ts';
import { joinParts, type Part } from './pattern.ts';
import { reject, type Path } from './problem.ts';
import type { Value } from './value.ts';

/** `%name%` is a placeholder and `\%` a plain percent sign (rules specification, "Placeholders"), but not behind an escaped backslash. */
const ESCAPE_OR_PLACEHOLDER = /\\\\|\\%|%([^%\\]+)%/g;

/** A text with each of the values that the caller gave in the place of its placeholders. `read` tells what a text means, theirs too. */
export function expandPlaceholders(
  text: string,
  read: (text: string) => readonly Part[],
  path: Path,
  context: CompileContext,
): Value {
  let variants: Part[][] = [[]];
  let from = 0;
  for (const { 0: found, 1: name, index } of text.matchAll(ESCAPE_OR_PLACEHOLDER)) {
    if (found === '\\\\') continue;
    const ways = name === undefined ? [['%']] : valuesOf(name, path, context).map(read);
    variants = multiply(multiply(variants, [read(text.slice(from, index))], path, context), ways, path, context);
    from = index + found.length;
  }
  variants = multiply(variants, [read(text.slice(from))], path, context);
  return {
    kind: 'anyOf',
    values: variants.map((parts) => ({ kind: 'string', parts: joinParts(parts), cased: false })),
  };
}

function valuesOf(name: string, path: Path, context: CompileContext): readonly string[] {
  const values = context.placeholders.get(name);
  if (values && values.length > 0) return values;
  return reject(
    'placeholder.unresolved',
    path,
    `the placeholder %${name}% has no values`,
    'a rule with an open placeholder would match too little or too much',
    `give values for "${name}" (--placeholders), or leave the rule out`,
  );
}

function multiply(
  variants: readonly (readonly Part[])[],
  ways: readonly (readonly Part[])[],
  path: Path,
  context: CompileContext,
): Part[][] {
  const made = variants.length * ways.length;
  rejectBeyond('limit.expansion', path, 'values made by "expand"', made, context.limits.expansion);
  return variants.flatMap((variant) => ways.map((way) => [...variant, ...way]));
}
