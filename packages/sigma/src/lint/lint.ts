import { atomsOf, type Atom } from '../expression.ts';
import type { RuleSet } from '../load.ts';
import type { SigmaProblem } from '../problem.ts';
import { cluesOf } from '../rule-index/literal.ts';
import type { CompiledRule } from '../types.ts';
import { contradictionIn, covers, wayImplies } from './implication.ts';
import { waysOf, type Demand, type Way } from './ways.ts';

/** Values of one comparison beyond which they are not compared with one another. */
const MAX_COMPARED = 500;
/** Ways of a rule that are compared with those of other rules, at most. */
const MAX_SHADOWING = 16;

/**
 * Says what an engineer would about rules that load: conditions that can never be true, branches and values that change
 * nothing, and rules that another rule of the same log source always finds as well. Conditions that can be fulfilled in
 * too many ways are not looked into.
 */
export function lintRules({ rules, silent }: Pick<RuleSet, 'rules' | 'silent'>): SigmaProblem[] {
  const known = rules.map((compiled) => ({ compiled, ways: waysOf(compiled.detection) ?? [] }));
  // What only feeds correlations finds nothing of its own.
  const audible = known.filter(({ compiled }) => !silent.has(compiled.rule.uid));
  return [...known.flatMap((rule) => lintRule(rule)), ...shadowed(audible)];
}

/** A rule with the ways to fulfil its condition; none where they are too many. */
interface Known {
  readonly compiled: CompiledRule;
  readonly ways: readonly Way[];
}

function lintRule({ compiled, ways }: Known): SigmaProblem[] {
  const problems: SigmaProblem[] = [];
  const contradictions = ways.map(contradictionIn);
  const [first] = contradictions;
  if (ways.length > 0 && first !== undefined && contradictions.every((found) => found !== undefined)) {
    problems.push(
      problem(compiled, 'error', 'lint.never', 'the condition can never be true', why(first), 'correct one of the two'),
    );
  } else {
    problems.push(...deadBranches(compiled, ways, contradictions));
  }
  return [...problems, ...[...atomsOf(compiled.detection)].flatMap((atom) => coveredValue(compiled, atom))];
}

function why([one, other]: readonly [Demand, Demand]): string {
  return `${demandText(one)} contradicts ${demandText(other)}`;
}

function demandText({ atom, holds }: Demand): string {
  const { selection, key, expected } = atom;
  return `${holds ? '' : 'not '}${selection}${key === '' ? '' : ` ${key}`}: ${expected.join(' | ')}`;
}

/** Branches that no event reaches, or that find nothing that another does not find. */
function deadBranches(
  compiled: CompiledRule,
  ways: readonly Way[],
  contradictions: readonly (readonly [Demand, Demand] | undefined)[],
): SigmaProblem[] {
  const told = new Set<string>();
  const problems: SigmaProblem[] = [];
  const alive = new Set(
    ways.flatMap((way, index) => (isIdle(ways, contradictions, index) ? [] : way.map(selectionOf))),
  );
  for (const [index, way] of ways.entries()) {
    if (!isIdle(ways, contradictions, index)) continue;
    // A selection that another branch needs is no dead code.
    const dead = way.map(selectionOf).find((selection) => !alive.has(selection));
    if (dead === undefined || told.has(dead)) continue;
    told.add(dead);
    const found = contradictions[index];
    const reason = found ? why(found) : 'what it finds another branch of the condition finds as well';
    problems.push(
      problem(
        compiled,
        'warning',
        'lint.unreachable',
        `the branch "${dead}" changes nothing`,
        reason,
        'correct it, or remove it',
      ),
    );
  }
  return problems;
}

function selectionOf({ atom }: Demand): string {
  return atom.selection;
}

function isIdle(ways: readonly Way[], contradictions: readonly unknown[], index: number): boolean {
  if (contradictions[index] !== undefined) return true;
  return ways.some((other, at) => {
    if (at === index || contradictions[at] !== undefined || !wayImplies(ways[index]!, other)) return false;
    // Of two that say the same the first stays.
    return at < index || !wayImplies(other, ways[index]!);
  });
}

/** The first value of a comparison that another of its values makes needless. */
function coveredValue(compiled: CompiledRule, atom: Atom): SigmaProblem[] {
  const { sufficient } = cluesOf(atom);
  if (sufficient.length > MAX_COMPARED) return [];
  for (const [index, narrow] of sufficient.entries()) {
    const wide = sufficient.find(
      (other, at) => at !== index && covers(other, narrow) && (at < index || !covers(narrow, other)),
    );
    if (wide === undefined) continue;
    const what = `in ${atom.selection}, ${atom.key || 'keywords'}: the value "${narrow.text}" is never needed`;
    const reason =
      narrow.text === wide.text ? 'it stands there twice, but for case' : `"${wide.text}" finds whatever it finds`;
    return [problem(compiled, 'warning', 'lint.covered-value', what, reason, 'remove the value, or the wider one')];
  }
  return [];
}

/** Rules that find nothing that another of their log source, or of a wider one, does not find. */
function shadowed(known: readonly Known[]): SigmaProblem[] {
  const wide = known.filter(({ ways }) => ways.length > 0 && ways.length <= MAX_SHADOWING);
  const byField = new Map<string, Known[]>();
  for (const rule of wide) {
    const field = rule.ways[0]![0]?.atom.field ?? '';
    byField.set(field, [...(byField.get(field) ?? []), rule]);
  }
  return known.flatMap(({ compiled, ways }, index) => {
    const fields = new Set(ways.flat().map(({ atom }) => atom.field ?? ''));
    const others = [...fields].flatMap((field) => byField.get(field) ?? []);
    const by = others.find((other) => {
      if (other.compiled === compiled || !isWithin(compiled, other.compiled) || !allImply(ways, other.ways))
        return false;
      const same = isWithin(other.compiled, compiled) && allImply(other.ways, ways);
      return !same || known.findIndex((rule) => rule.compiled === other.compiled) < index;
    });
    if (!by) return [];
    const { title, uid } = by.compiled.rule;
    const fix = 'remove one of them, or make one of them exclude the other';
    return [
      problem(compiled, 'warning', 'lint.shadowed', 'another rule finds whatever it finds', `"${title}" (${uid})`, fix),
    ];
  });
}

function allImply(narrow: readonly Way[], wide: readonly Way[]): boolean {
  return narrow.length > 0 && narrow.every((way) => wide.some((other) => wayImplies(way, other)));
}

function isWithin({ rule: narrow }: CompiledRule, { rule: wide }: CompiledRule): boolean {
  const keys = ['category', 'product', 'service'] as const;
  return keys.every((key) => wide.logsource[key] === undefined || wide.logsource[key] === narrow.logsource[key]);
}

function problem(
  { rule }: CompiledRule,
  severity: SigmaProblem['severity'],
  code: string,
  what: string,
  reason: string,
  fix: string,
): SigmaProblem {
  return { code, file: rule.file, rule: rule.id ?? rule.title, what, why: reason, fix, severity };
}
