import { letterSet, type CharSet } from './char-set.ts';
import type { Anchor, RegexNode } from './node.ts';

/** How an engine writes what this package means, so that every engine gives the same answer. */
interface Dialect {
  readonly code: (code: number) => string;
  readonly anchors: Readonly<Record<Anchor, string | undefined>>;
  /** Whether letters can be written for both cases at once: cheaper to compile than a class each. */
  readonly foldsInline: boolean;
}

const V8: Dialect = {
  code: (code) => `\\u{${code.toString(16)}}`,
  anchors: { start: '^', end: '$', word: '\\b', notWord: '\\B', lineStart: undefined, lineEnd: undefined },
  foldsInline: false,
};

const RE2: Dialect = {
  code: (code) => `\\x{${code.toString(16)}}`,
  anchors: { start: '\\A', end: '\\z', word: '\\b', notWord: '\\B', lineStart: '(?m:^)', lineEnd: '(?m:$)' },
  foldsInline: true,
};

/** Writes an expression for `new RegExp(…, 'u')`. Line anchors have no such form and are a caller's mistake. */
export function emitV8(node: RegexNode): string {
  return emit(node, V8);
}

/** Writes an expression in the syntax of RE2. */
export function emitRE2(node: RegexNode): string {
  return emit(node, RE2);
}

function emit(node: RegexNode, dialect: Dialect): string {
  switch (node.kind) {
    case 'set':
      return emitSet(node.set, dialect);
    case 'anchor': {
      const anchor = dialect.anchors[node.anchor];
      if (anchor === undefined) throw new Error(`no form for the anchor ${node.anchor}`);
      return anchor;
    }
    case 'sequence':
      return emitItems(node.items, dialect);
    case 'choice':
      return node.items.map((item) => emit(item, dialect)).join('|');
    case 'repeat':
      return (node.item.kind === 'set' ? emit(node.item, dialect) : group(node.item, dialect)) + quantifier(node);
  }
}

function emitItems(items: readonly RegexNode[], dialect: Dialect): string {
  let out = '';
  for (let at = 0; at < items.length; at++) {
    let word = '';
    for (let letter; dialect.foldsInline && (letter = letterInAnyCase(items[at])); at++) word += letter;
    if (word !== '') out += `(?i:${word})`;
    const item = items[at];
    if (item) out += item.kind === 'choice' ? group(item, dialect) : emit(item, dialect);
  }
  return out;
}

/** The ASCII letter of which a node means all case variants, and nothing else. */
function letterInAnyCase(node: RegexNode | undefined): string | undefined {
  if (node?.kind !== 'set') return undefined;
  const first = node.set[0] ?? 0;
  const all = letterSet(first, true);
  const isLetter = first >= 0x41 && first <= 0x5a && node.set.length === all.length;
  return isLetter && node.set.every((code, index) => code === all[index]) ? String.fromCharCode(first) : undefined;
}

function group(node: RegexNode, dialect: Dialect): string {
  return `(?:${emit(node, dialect)})`;
}

function quantifier({ min, max }: { readonly min: number; readonly max: number }): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  return min === 0 && max === 1 ? '?' : `{${min},${max}}`;
}

function emitSet(set: CharSet, dialect: Dialect): string {
  // Nothing can match an empty class; `[^\0-\u{10ffff}]` says so in both dialects.
  if (set.length === 0) return `[^${dialect.code(0)}-${dialect.code(0x10ffff)}]`;
  if (set.length === 2 && set[0] === set[1]) return emitCode(set[0]!, dialect);
  let out = '';
  for (let at = 0; at < set.length; at += 2) {
    const [first, last] = [set[at]!, set[at + 1]!];
    out += first === last ? emitCode(first, dialect) : `${emitCode(first, dialect)}-${emitCode(last, dialect)}`;
  }
  return `[${out}]`;
}

function emitCode(code: number, dialect: Dialect): string {
  const char = String.fromCodePoint(code);
  return /[A-Za-z0-9]/.test(char) ? char : dialect.code(code);
}
