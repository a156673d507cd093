import type { EventReader } from './reader.ts';
import type { Value } from './value.ts';

/** A compiled detection: a tree of `and`, `or`, `not` over comparisons. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly children: readonly Expression[] }
  | { readonly kind: 'not'; readonly child: Expression }
  | Atom;

/** One comparison, with what is needed to explain it. */
export interface Atom {
  readonly kind: 'atom';
  readonly selection: string;
  /** The key as the rule writes it; `''` for plain keywords. */
  readonly key: string;
  /** The event field that is read; absent for keywords. */
  readonly field?: string;
  /** Other event fields that are read (`fieldref`). */
  readonly otherFields: readonly string[];
  /** The first few values that the rule names. */
  readonly expected: readonly string[];
  /** What it compares with, modifiers applied: any of these. */
  readonly values: readonly Value[];
  /** Set when a filter brought the comparison. */
  readonly filter?: string;
  test(reader: EventReader): boolean;
}

/** Joins expressions; a single one stays itself. */
export function join(kind: 'and' | 'or', children: readonly Expression[]): Expression {
  return children.length === 1 ? children[0]! : { kind, children };
}

export function evaluate(expression: Expression, reader: EventReader): boolean {
  switch (expression.kind) {
    case 'atom':
      return expression.test(reader);
    case 'not':
      return !evaluate(expression.child, reader);
    case 'and':
      for (const child of expression.children) if (!evaluate(child, reader)) return false;
      return true;
    case 'or':
      for (const child of expression.children) if (evaluate(child, reader)) return true;
      return false;
  }
}

/** Every comparison of an expression, in order. */
export function* atomsOf(expression: Expression): Generator<Atom> {
  if (expression.kind === 'atom') yield expression;
  else if (expression.kind === 'not') yield* atomsOf(expression.child);
  else for (const child of expression.children) yield* atomsOf(child);
}
