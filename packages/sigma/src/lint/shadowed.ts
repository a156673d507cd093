import type { CompiledRule, Level, SigmaRule } from '../types.ts';
import type { KnownRule, LintFinding } from './finding.ts';
import { wayImplies } from './implication.ts';
import type { Way } from './ways.ts';

/** Ways of a rule that are compared with those of other rules, at most. */
const MAX_SHADOWING = 16;

const LEVELS: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical'];

/**
 * Rules that find nothing that another of their log source, or of a wider one, does not find at least as gravely. A rule that
 * ranks above the one that covers it says something of its own.
 */
export function shadowed(rules: readonly KnownRule[]): LintFinding[] {
  const ranked = rules
    .filter(({ ways }) => ways.length > 0 && ways.length <= MAX_SHADOWING)
    .map((rule, index) => ({ ...rule, index, rank: LEVELS.indexOf(rule.compiled.rule.level) }));
  const wider = widerRules(ranked);
  return ranked.flatMap((rule) => {
    const by = wider(rule).find((other) => {
      if (other.index === rule.index || other.rank < rule.rank || !allImply(rule.ways, other.ways)) return false;
      // Of two that say the same the first stays.
      return other.rank > rule.rank || other.index < rule.index || !isCovered(other, rule);
    });
    return by ? [finding(rule, by)] : [];
  });
}

/** Gives the rules of a rule's log source and of wider ones; found once for each log source. */
function widerRules<T extends KnownRule>(rules: readonly T[]): (rule: T) => readonly T[] {
  const found = new Map<string, readonly T[]>();
  return (rule) => {
    const { category, product, service } = rule.compiled.rule.logsource;
    const key = JSON.stringify([category, product, service]);
    let wider = found.get(key);
    if (!wider) found.set(key, (wider = rules.filter((other) => isWithin(rule.compiled, other.compiled))));
    return wider;
  };
}

function finding(rule: KnownRule, by: KnownRule): LintFinding {
  const { title, uid } = by.compiled.rule;
  return {
    rule: rule.compiled.rule,
    path: ['title'],
    severity: 'warning',
    code: 'lint.shadowed',
    what: 'another rule finds whatever it finds',
    why: `"${title}" (${uid})`,
    fix: advice(rule, by),
  };
}

function isCovered(narrow: KnownRule, wide: KnownRule): boolean {
  return isWithin(narrow.compiled, wide.compiled) && allImply(narrow.ways, wide.ways);
}

/** Tags that say of what kind a rule is, not what it finds. */
const KIND_OF_RULE = 'detection.';

/** A rule whose tags say more than those of the other is worth keeping: a campaign, say, where the other knows a technique. */
function advice(narrow: KnownRule, wide: KnownRule): string {
  if (isCovered(wide, narrow)) return 'remove one of the two';
  const known = new Set(wide.compiled.rule.tags);
  const more = narrow.compiled.rule.tags.filter((tag) => !known.has(tag) && !tag.startsWith(KIND_OF_RULE));
  if (more.length === 0) return 'remove it, or let the other rule leave out what it finds';
  return `keep it for what only it says (${more.join(', ')}), and let the other rule leave out what it finds`;
}

function allImply(narrow: readonly Way[], wide: readonly Way[]): boolean {
  return narrow.every((way) => wide.some((other) => wayImplies(way, other)));
}

function isWithin({ rule: narrow }: CompiledRule, { rule: wide }: CompiledRule): boolean {
  const keys: readonly (keyof SigmaRule['logsource'])[] = ['category', 'product', 'service'];
  return keys.every((key) => wide.logsource[key] === undefined || wide.logsource[key] === narrow.logsource[key]);
}
