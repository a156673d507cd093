import { disjoint, union, type CharSet } from './char-set.ts';
import type { RegexNode, RepeatNode } from './node.ts';

/** Ways in which a backtracking engine may try one part of an expression; beyond it the expression counts as slow. */
const MAX_PATHS = 64;

/**
 * Proves that a backtracking engine answers in time linear in the text. Conservative: `false` means "not proved".
 *
 * Without open repetitions the work at each start is bounded by the expression. An open repetition is admitted only at
 * the top level, over a single character set S, when (a) what follows cannot begin with a character of S, so that
 * giving characters back never helps and fails at once, and (b) something outside S has to be matched before it (or
 * the expression begins at the start of the text), so that no start lies inside a run that it reads, and each run of S
 * is read from a bounded number of starts.
 */
export function isLinear(node: RegexNode): boolean {
  if (node.kind === 'choice') return node.items.length <= MAX_PATHS && node.items.every(isLinear);
  const items = node.kind === 'sequence' ? node.items.flatMap(spread) : [node];
  let paths = 1;
  for (const [index, item] of items.entries()) {
    if (item.kind === 'anchor' && (item.anchor === 'lineStart' || item.anchor === 'lineEnd')) return false;
    if (item.kind === 'repeat' && item.max === Infinity) {
      if (!isHarmlessLoop(item, items.slice(0, index), items.slice(index + 1))) return false;
    } else {
      paths *= isDetermined(item, items.slice(index + 1)) ? 1 : pathsOf(item);
    }
  }
  return paths <= MAX_PATHS;
}

/** Sequences inside a sequence count as part of it. */
function spread(node: RegexNode): readonly RegexNode[] {
  return node.kind === 'sequence' ? node.items.flatMap(spread) : [node];
}

function isHarmlessLoop(loop: RepeatNode, before: readonly RegexNode[], after: readonly RegexNode[]): boolean {
  if (loop.item.kind !== 'set') return false;
  const { set } = loop.item;
  const begun = before.some(
    (item) =>
      (item.kind === 'anchor' && item.anchor === 'start') ||
      (item.kind === 'set' && disjoint(item.set, set)) ||
      (item.kind === 'repeat' && item.min > 0 && item.item.kind === 'set' && disjoint(item.item.set, set)),
  );
  return begun && endsBefore(after, set);
}

/** A bounded repetition of a set that the next character decides: it is tried in one way only. */
function isDetermined(item: RegexNode, after: readonly RegexNode[]): boolean {
  return item.kind === 'repeat' && item.item.kind === 'set' && endsBefore(after, item.item.set);
}

/** Whether the rest cannot go on with a character of the set: it begins with another, or only the end may follow. */
function endsBefore(after: readonly RegexNode[], set: CharSet): boolean {
  if (after.length === 0) return true;
  for (const item of after) {
    if (item.kind === 'anchor') return item.anchor === 'end' && after.at(-1) === item;
    const start = firstOf(item);
    if (!start || !disjoint(start.set, set)) return false;
    if (!start.optional) return true;
  }
  return true;
}

/** The characters that a node can begin with; `undefined` where an anchor makes that unclear. */
function firstOf(node: RegexNode): { readonly set: CharSet; readonly optional: boolean } | undefined {
  switch (node.kind) {
    case 'set':
      return { set: node.set, optional: false };
    case 'anchor':
      return undefined;
    case 'repeat': {
      const inner = firstOf(node.item);
      return inner && { set: inner.set, optional: inner.optional || node.min === 0 };
    }
    case 'choice': {
      const starts = node.items.map(firstOf);
      if (starts.includes(undefined)) return undefined;
      return {
        set: union(...starts.map((start) => start?.set ?? [])),
        optional: starts.some((start) => start?.optional),
      };
    }
    case 'sequence': {
      let set: CharSet = [];
      for (const item of node.items) {
        const start = firstOf(item);
        if (!start) return undefined;
        set = union(set, start.set);
        if (!start.optional) return { set, optional: false };
      }
      return { set, optional: true };
    }
  }
}

/** An upper bound of the ways to match a node at one place; Infinity for an open repetition. */
function pathsOf(node: RegexNode): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'anchor':
      return node.anchor === 'lineStart' || node.anchor === 'lineEnd' ? Infinity : 1;
    case 'sequence':
      return node.items.reduce((product, item) => product * pathsOf(item), 1);
    case 'choice':
      return node.items.reduce((sum, item) => sum + pathsOf(item), 0);
    case 'repeat':
      return node.max === Infinity ? Infinity : (node.max - node.min + 1) * pathsOf(node.item) ** Math.max(1, node.max);
  }
}
