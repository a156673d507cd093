import { makeAtom, type AtomData } from '../atom.ts';
import { ACCEPTED } from '../context.ts';
import type { Expression } from '../expression.ts';
import { ANY, ONE, type Part } from '../pattern.ts';
import { compileValues } from '../value-test.ts';
import type { Value } from '../value.ts';

/** Wildcards of a pattern are numbers where its texts are texts. */
const WILDCARDS = [ANY, ONE] as const;

/** A detection without its tests. */
type Plain =
  | { readonly kind: 'and' | 'or'; readonly children: readonly Plain[] }
  | { readonly kind: 'not'; readonly child: Plain }
  | (Omit<AtomData, 'values'> & { readonly values: readonly unknown[] });

/** Writes a detection as JSON. */
export function encodeDetection(detection: Expression): string {
  return JSON.stringify(plainOf(detection));
}

/** Reads what {@link encodeDetection} wrote. */
export function decodeDetection(json: string): Expression {
  return expressionOf(JSON.parse(json) as Plain);
}

function plainOf(expression: Expression): Plain {
  switch (expression.kind) {
    case 'atom': {
      const { test: _test, values, ...data } = expression;
      return { ...data, values: values.map(encodeValue) };
    }
    case 'not':
      return { kind: 'not', child: plainOf(expression.child) };
    default:
      return { kind: expression.kind, children: expression.children.map(plainOf) };
  }
}

function expressionOf(plain: Plain): Expression {
  switch (plain.kind) {
    case 'atom': {
      const values = plain.values.map(decodeValue);
      return makeAtom({ ...plain, values }, () => compileValues(values, [], ACCEPTED));
    }
    case 'not':
      return { kind: 'not', child: expressionOf(plain.child) };
    default:
      return { kind: plain.kind, children: plain.children.map(expressionOf) };
  }
}

function encodeValue(value: Value): unknown {
  switch (value.kind) {
    case 'string':
      return {
        ...value,
        parts: value.parts.map((part) => (typeof part === 'string' ? part : WILDCARDS.indexOf(part))),
      };
    case 'anyOf':
      return { ...value, values: value.values.map(encodeValue) };
    case 'comparison':
      return { ...value, limit: { ...value.limit, exact: value.limit.exact?.toString() } };
    default:
      return value;
  }
}

function decodeValue(plain: unknown): Value {
  const value = plain as Value;
  switch (value.kind) {
    case 'string': {
      const parts = value.parts as readonly (string | number)[];
      return { ...value, parts: parts.map((part): Part => (typeof part === 'string' ? part : WILDCARDS[part]!)) };
    }
    case 'anyOf':
      return { ...value, values: value.values.map(decodeValue) };
    case 'comparison': {
      const exact = value.limit.exact as bigint | string | undefined;
      return exact === undefined ? value : { ...value, limit: { ...value.limit, exact: BigInt(exact) } };
    }
    default:
      return value;
  }
}
