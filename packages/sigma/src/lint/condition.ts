import type { KnownRule, LintFinding } from './finding.ts';
import { LOG_SOURCE } from './given.ts';
import { contradictionIn, wayImplies } from './implication.ts';
import { waysOf, type Demand, type Way } from './ways.ts';

type Contradiction = readonly [Demand, Demand];

/** Conditions that are never or always true, and branches that change nothing; `kinds`: what each kind of record demands of itself. */
export function lintCondition({ compiled, ways }: KnownRule, kinds: readonly Way[]): LintFinding[] {
  const base = { rule: compiled.rule, path: ['detection', 'condition'], severity: 'error' } as const;
  const contradictions = ways.map((way) => contradictionIn(way) ?? contradictionWith(way, kinds));
  const [first] = contradictions;
  if (first !== undefined && contradictions.every((found) => found !== undefined)) {
    const what = 'the condition can never be true';
    return [{ ...base, code: 'lint.never', what, why: why(first), fix: 'correct one of the two' }];
  }
  const against = waysOf(compiled.detection, false);
  if (against?.every((way) => contradictionIn(way) !== undefined)) {
    const reason = 'it finds every event of its log source';
    return [{ ...base, code: 'lint.always', what: 'the condition is always true', why: reason, fix: 'correct it' }];
  }
  return deadBranches({ compiled, ways }, contradictions);
}

/**
 * A contradiction with what its log source demands, where no kind of its records is free of one. What a rule leaves out is not held
 * against it: an event may name another event's channel, say, as its own data.
 */
function contradictionWith(way: Way, kinds: readonly Way[]): Contradiction | undefined {
  const asked = way.filter(({ holds }) => holds);
  const found = kinds.map((kind) => contradictionIn([...asked, ...kind]));
  return found.every((each) => each !== undefined) ? found[0] : undefined;
}

function why([one, other]: Contradiction): string {
  return `${demandText(one)} contradicts ${demandText(other)}`;
}

function demandText({ atom, holds }: Demand): string {
  const { selection, key, expected } = atom;
  return `${holds ? '' : 'not '}${selection === LOG_SOURCE ? 'the ' : ''}${selection}${key === '' ? '' : ` ${key}`}: ${expected.join(' | ')}`;
}

/** Branches that no event reaches, or that find nothing that another does not find. */
function deadBranches(
  { compiled, ways }: KnownRule,
  contradictions: readonly (Contradiction | undefined)[],
): LintFinding[] {
  const told = new Set<string>();
  const findings: LintFinding[] = [];
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
    findings.push({
      rule: compiled.rule,
      path: ['detection', dead],
      severity: 'warning',
      code: 'lint.unreachable',
      what: `the branch "${dead}" changes nothing`,
      why: found ? why(found) : 'what it finds another branch of the condition finds as well',
      fix: 'correct it, or remove it',
    });
  }
  return findings;
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
