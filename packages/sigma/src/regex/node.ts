import type { CharSet } from './char-set.ts';

/** A position that a regular expression can demand. */
export type Anchor = 'start' | 'end' | 'lineStart' | 'lineEnd' | 'word' | 'notWord';

/** A parsed regular expression. Groups are gone, for only whether it matches is ever asked. */
export type RegexNode =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly items: readonly RegexNode[] }
  | RepeatNode;

/** A repetition; `max` is Infinity for an open one. Whether it was lazy does not change whether it matches. */
export interface RepeatNode {
  readonly kind: 'repeat';
  readonly item: RegexNode;
  readonly min: number;
  readonly max: number;
}

/** The number of states that the expression takes with its repetitions written out. */
export function sizeOf(node: RegexNode): number {
  switch (node.kind) {
    case 'set':
    case 'anchor':
      return 1;
    case 'sequence':
    case 'choice':
      return node.items.reduce((sum, item) => sum + sizeOf(item), 1);
    case 'repeat':
      return 1 + sizeOf(node.item) * Math.max(1, node.min, node.max === Infinity ? 0 : node.max);
  }
}
