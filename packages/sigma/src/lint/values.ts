import type { Atom } from '../expression.ts';
import { ANY, ONE } from '../pattern.ts';
import { cluesOf, type Literal } from '../rule-index/literal.ts';
import type { Value } from '../value.ts';
import type { KnownRule, LintFinding } from './finding.ts';
import { covers } from './implication.ts';

/** Values of one comparison beyond which they are not compared with one another. */
const MAX_COMPARED = 500;

/** A value, how the rule writes it, and the texts that it looks for: several where a modifier (`windash`, say) made them of it. */
interface Written {
  readonly text: string;
  readonly literals: readonly Literal[];
}

/** The first value of a comparison that another of its values makes needless. */
export function lintValues({ compiled }: KnownRule, atom: Atom): LintFinding[] {
  if (atom.values.length > MAX_COMPARED) return [];
  const values = atom.values.flatMap((value) => written(atom, value) ?? []);
  for (const [index, narrow] of values.entries()) {
    const wide = values.find(
      (other, at) => at !== index && isCovered(narrow, other) && (at < index || !isCovered(other, narrow)),
    );
    if (wide === undefined) continue;
    const what = `in ${atom.selection}, ${atom.key || 'keywords'}: the value "${narrow.text}" is never needed`;
    return [
      {
        rule: compiled.rule,
        path: ['detection', atom.selection, atom.key],
        severity: 'warning',
        code: 'lint.covered-value',
        what,
        why: reason(narrow, wide),
        fix: 'remove the value, or the wider one',
      },
    ];
  }
  return [];
}

function isCovered(narrow: Written, wide: Written): boolean {
  return narrow.literals.every((literal) => wide.literals.some((above) => covers(above, literal)));
}

function reason(narrow: Written, wide: Written): string {
  if (!isCovered(wide, narrow)) return `"${wide.text}" finds whatever it finds`;
  return narrow.text === wide.text ? 'it stands there twice' : 'it stands there twice, but for case';
}

/** Undefined where a value is more than texts to be found. */
function written(atom: Atom, value: Value): Written | undefined {
  const { sufficient, residual } = cluesOf({ ...atom, values: [value] });
  if (residual || sufficient.length === 0) return undefined;
  return { text: writtenText(atom.key, value) ?? sufficient[0]!.text, literals: sufficient };
}

/** Undefined where it is not a text. Wildcards at the ends that a modifier put there are not shown: the key says them. */
function writtenText(key: string, value: Value): string | undefined {
  // The first is the one of which the others were made.
  if (value.kind === 'anyOf') return value.values[0] && writtenText(key, value.values[0]);
  if (value.kind !== 'string') return undefined;
  const has = (...modifiers: readonly string[]): boolean => modifiers.some((name) => key.split('|').includes(name));
  const parts = [...value.parts];
  if (parts[0] === ANY && has('contains', 'endswith')) parts.shift();
  if (parts.at(-1) === ANY && has('contains', 'startswith')) parts.pop();
  return parts.map((part) => (part === ANY ? '*' : part === ONE ? '?' : part)).join('');
}
