import { RE2JS } from 're2js';
import { emitRE2, emitV8 } from './emit.ts';
import type { RegexFlags } from './flags.ts';
import { isLinear } from './linear.ts';
import { sizeOf, type RegexNode, type RepeatNode } from './node.ts';
import { parseRegex, RegexError } from './parse.ts';

/** What a regular expression may cost, and the ends of the text it is tied to. */
export interface RegexOptions {
  readonly flags: RegexFlags;
  readonly anchoredStart: boolean;
  readonly anchoredEnd: boolean;
  readonly maxLength: number;
  readonly maxSize: number;
}

/**
 * Compiles a regular expression to a search (it may match anywhere in the text unless anchored) that runs in time
 * linear in the text: in V8's engine where that is proved, else in RE2's. Throws {@link RegexError}.
 */
export function compileRegex(source: string, options: RegexOptions): (text: string) => boolean {
  if (source.length > options.maxLength)
    throw new RegexError(`it has ${source.length} characters, the bound is ${options.maxLength}`);
  const node = trim(anchor(parseRegex(source, options.flags), options));
  if (sizeOf(node) > options.maxSize)
    throw new RegexError(`written out it has ${sizeOf(node)} states, the bound is ${options.maxSize}`);
  try {
    if (isLinear(node)) return compileV8(node);
    // Of many rules only few expressions are ever asked, and compiling is what costs: it waits where it cannot fail.
    return countsWithin(node, RE2_COUNTS) ? whenAsked(() => compileRE2(node)) : compileRE2(node);
  } catch (error) {
    // Engines have bounds of their own, such as RE2's on repetitions inside one another.
    throw new RegexError(error instanceof Error ? error.message : String(error), true);
  }
}

/** Counts of repetitions inside one another, multiplied, that RE2 takes: the one bound of its own that our parser leaves open. */
const RE2_COUNTS = 1_000;

function countsWithin(node: RegexNode, bound: number): boolean {
  if (node.kind === 'sequence' || node.kind === 'choice') return node.items.every((item) => countsWithin(item, bound));
  if (node.kind !== 'repeat') return true;
  const count = node.max === Infinity ? node.min : node.max;
  return count <= bound && countsWithin(node.item, Math.floor(bound / Math.max(1, count)));
}

function whenAsked(compile: () => (text: string) => boolean): (text: string) => boolean {
  let search: ReturnType<typeof compile> | undefined;
  return (text) => (search ??= compile())(text);
}

function anchor(node: RegexNode, { anchoredStart, anchoredEnd }: RegexOptions): RegexNode {
  if (!anchoredStart && !anchoredEnd) return node;
  const items: RegexNode[] = [node];
  if (anchoredStart) items.unshift({ kind: 'anchor', anchor: 'start' });
  if (anchoredEnd) items.push({ kind: 'anchor', anchor: 'end' });
  return { kind: 'sequence', items };
}

/**
 * Cuts what does not change whether an expression is found: a repetition at either end need not go on beyond its least count. What is
 * left is the sooner proved linear.
 */
export function trim(node: RegexNode): RegexNode {
  if (node.kind === 'choice') return { kind: 'choice', items: node.items.map(trim) };
  const items = node.kind === 'sequence' ? [...node.items] : [node];
  while (items.length > 0 && isOpen(items[0]!)) items.splice(0, 1, ...least(items[0]!));
  while (items.length > 0 && isOpen(items.at(-1)!)) items.splice(-1, 1, ...least(items.at(-1)!));
  return items.length === 1 ? items[0]! : { kind: 'sequence', items };
}

function isOpen(node: RegexNode): node is RepeatNode {
  return node.kind === 'repeat' && node.max > node.min;
}

function least(node: RegexNode): RegexNode[] {
  if (node.kind !== 'repeat' || node.min === 0) return [];
  return [{ ...node, max: node.min }];
}

/** Runs an expression in V8's backtracking engine. */
export function compileV8(node: RegexNode): (text: string) => boolean {
  const expression = new RegExp(emitV8(node), 'u');
  return (text) => expression.test(text);
}

/** Runs an expression in RE2's engine. */
export function compileRE2(node: RegexNode): (text: string) => boolean {
  const expression = RE2JS.compile(emitRE2(node));
  return (text) => expression.test(text);
}
