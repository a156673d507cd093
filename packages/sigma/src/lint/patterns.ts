import type { Atom } from '../expression.ts';
import { disjoint } from '../regex/char-set.ts';
import type { RegexNode } from '../regex/node.ts';
import { parseRegex } from '../regex/parse.ts';
import type { RegexValue, Value } from '../value.ts';
import type { KnownRule, LintFinding } from './finding.ts';

/** Regular expressions that repeat a repetition, so that an engine which backtracks may try the cuts of a text for ever. */
export function lintPatterns({ compiled }: KnownRule, atoms: readonly Atom[]): LintFinding[] {
  return atoms.flatMap((atom) =>
    regexesIn(atom.values)
      .filter(({ source, flags }) => isExponential(parseRegex(source, flags)))
      .map(({ source }) => ({
        rule: compiled.rule,
        path: ['detection', atom.selection, atom.key],
        severity: 'warning',
        code: 'lint.slow-pattern',
        what: `in ${atom.selection}, ${atom.key}: "${source}" repeats a repetition`,
        why: 'an engine that goes back and tries again may need twice as long for each character more; here it is only slow',
        fix: 'write one repetition, or put something between that only occurs once each time',
      })),
  );
}

function regexesIn(values: readonly Value[]): RegexValue[] {
  return values.flatMap((value) => {
    if (value.kind === 'anyOf') return regexesIn(value.values);
    return value.kind === 'regex' ? [value] : [];
  });
}

/** Whether one text can be cut in exponentially many ways: an open repetition of what may itself be one, or of choices that overlap. */
function isExponential(node: RegexNode): boolean {
  if (node.kind === 'sequence' || node.kind === 'choice') return node.items.some(isExponential);
  if (node.kind !== 'repeat') return false;
  return (node.max === Infinity && (mayBeLoop(node.item) || overlaps(node.item))) || isExponential(node.item);
}

/** Whether it can be matched by an open repetition and nothing else. */
function mayBeLoop(node: RegexNode): boolean {
  if (node.kind === 'repeat') return node.max === Infinity || mayBeLoop(node.item);
  if (node.kind === 'choice') return node.items.some(mayBeLoop);
  if (node.kind !== 'sequence') return false;
  return node.items.some((item) => mayBeLoop(item) && node.items.every((other) => other === item || mayBeEmpty(other)));
}

function overlaps(node: RegexNode): boolean {
  if (node.kind !== 'choice') return false;
  const sets = node.items.flatMap((item) => (item.kind === 'set' ? [item.set] : []));
  return sets.some((set, index) => sets.slice(index + 1).some((other) => !disjoint(set, other)));
}

function mayBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'anchor':
      return true;
    case 'repeat':
      return node.min === 0 || mayBeEmpty(node.item);
    case 'choice':
      return node.items.some(mayBeEmpty);
    case 'sequence':
      return node.items.every(mayBeEmpty);
  }
}
