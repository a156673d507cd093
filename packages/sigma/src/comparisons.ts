import { atomsOf } from './expression.ts';
import { hasWildcard, plainText } from './pattern.ts';
import { EventReader } from './reader.ts';
import type { CompiledRule, SigmaEvent } from './types.ts';
import type { Value } from './value.ts';

/** One comparison of a rule, to be asked alone. */
export interface Comparison {
  /** The selection that holds it. */
  readonly selection: string;
  /** The key as the rule writes it, with modifiers; `''` for keywords. */
  readonly key: string;
  /** The event field that is read; absent for keywords. */
  readonly field?: string;
  /** Other event fields that it is compared with (`fieldref`). */
  readonly otherFields: readonly string[];
  /** The texts and numbers of which the field has to be one; absent where it asks for anything else. */
  readonly equals?: readonly string[];
  /** Whether it holds for an event; a `not` in the condition is not looked at. */
  holds(event: SigmaEvent): boolean;
}

/** The comparisons of a rule and its filters, in the order of the condition. For tools, not for the hot path. */
export function comparisonsOf({ detection }: CompiledRule): readonly Comparison[] {
  return Array.from(atomsOf(detection), (atom) => {
    const { selection, key, field, otherFields } = atom;
    const holds = (event: SigmaEvent): boolean => atom.test(new EventReader(event));
    const texts = atom.values.map(plainValue);
    return {
      selection,
      key,
      ...(field === undefined ? {} : { field }),
      otherFields,
      ...(texts.every((text) => text !== undefined) ? { equals: texts } : {}),
      holds,
    };
  });
}

function plainValue(value: Value): string | undefined {
  if (value.kind === 'number' && value.part === undefined) return value.text;
  const isPlain = value.kind === 'string' && value.encoding === undefined && !hasWildcard(value.parts);
  return isPlain ? plainText(value.parts) : undefined;
}
