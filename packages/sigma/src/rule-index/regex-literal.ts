import { foldCode } from '../fold.ts';
import type { CharSet } from '../regex/char-set.ts';
import type { RegexNode, RepeatNode } from '../regex/node.ts';

/** Texts that one part of an expression may be written out to, and how long each. */
const MAX_TEXTS = 16;
const MAX_LENGTH = 64;

/** What is known of every text that a part of an expression matches. */
interface Known {
  /** The part matches one of these folded texts and nothing else. */
  readonly exact?: readonly string[];
  /** Each match holds one of these folded texts. */
  readonly required?: readonly string[];
}

/**
 * Folded ASCII texts of which every text that the expression matches holds at least one; `undefined` where there are
 * none. An index looks for them before the expression is run.
 */
export function requiredTexts(node: RegexNode): readonly string[] | undefined {
  const known = knownOf(node);
  return best([known.exact, known.required]);
}

function knownOf(node: RegexNode): Known {
  switch (node.kind) {
    case 'anchor':
      return { exact: [''] };
    case 'set':
      return knownOfSet(node.set);
    case 'repeat':
      return knownOfRepeat(node);
    case 'choice':
      return knownOfChoice(node.items.map(knownOf));
    case 'sequence':
      return knownOfSequence(node.items.map(knownOf));
  }
}

function knownOfSet(set: CharSet): Known {
  const texts = new Set<string>();
  for (let at = 0; at < set.length; at += 2) {
    if (set[at + 1]! - set[at]! >= MAX_TEXTS) return {};
    for (let code = set[at]!; code <= set[at + 1]!; code++) {
      const folded = foldCode(code);
      if (folded > 0x7f) return {};
      texts.add(String.fromCharCode(folded));
    }
  }
  return texts.size === 0 || texts.size > MAX_TEXTS ? {} : { exact: [...texts] };
}

function knownOfRepeat({ item, min, max }: RepeatNode): Known {
  const inner = knownOf(item);
  if (min === 0) return max === 1 && inner.exact ? { exact: [...inner.exact, ''] } : {};
  if (max === 1) return inner;
  let whole: readonly string[] | undefined = [''];
  for (let count = 0; count < min && whole && inner.exact; count++) whole = product(whole, inner.exact);
  const required = best([inner.exact && whole, inner.exact, inner.required]);
  if (min === max && inner.exact && whole) return { exact: whole };
  return required ? { required } : {};
}

function knownOfChoice(items: readonly Known[]): Known {
  const exact = items.every((item) => item.exact) ? [...new Set(items.flatMap((item) => item.exact!))] : undefined;
  if (exact && exact.length <= MAX_TEXTS) return { exact };
  const required: string[] = [];
  for (const { exact: whole, required: held } of items) {
    const some = best([whole, held]);
    if (!some) return {};
    required.push(...some);
  }
  return { required };
}

function knownOfSequence(items: readonly Known[]): Known {
  const candidates: (readonly string[] | undefined)[] = [];
  let run: readonly string[] = [''];
  let whole = true;
  for (const { exact, required } of items) {
    const longer = exact && product(run, exact);
    if (longer) run = longer;
    else {
      candidates.push(run, required);
      run = exact ?? [''];
      whole = false;
    }
  }
  if (whole) return { exact: run };
  const required = best([...candidates, run]);
  return required ? { required } : {};
}

function product(left: readonly string[], right: readonly string[]): readonly string[] | undefined {
  if (left.length * right.length > MAX_TEXTS) return undefined;
  const texts = left.flatMap((before) => right.map((after) => before + after));
  return texts.some((text) => text.length > MAX_LENGTH) ? undefined : texts;
}

/** The texts that say most: the longest shortest one, then the fewest. */
function best(candidates: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  let found: readonly string[] | undefined;
  let score = 0;
  for (const texts of candidates) {
    if (!texts || texts.length === 0) continue;
    const worth = Math.min(...texts.map((text) => text.length)) * 1_000 - texts.length;
    if (worth > score) [found, score] = [texts, worth];
  }
  return found;
}
