import { textOf, valueOf, type Input } from './entry.ts';
import { exactNumber, toExact } from './exact.ts';
import { stands } from './relation.ts';
import type { CorrelationSet } from './correlator.ts';
import type { Bound, Match, SigmaCorrelation } from './types.ts';

/** The definition of correlation, applied to a whole stream without any cleverness. The judge of the real one. */
export function referenceFindings(set: CorrelationSet, matches: readonly Match[], maxWindow: number): string[] {
  let inputs: Input[] = matches.map((each) => ({
    rule: each.rule,
    uid: each.uid,
    match: each,
    evidence: [each],
    field: (name) => each.field(name),
  }));
  const findings: string[] = [];
  for (const { correlation } of set.correlations) {
    const silent = set.silent.has(correlation.uid);
    const last = new Map<string, { key: string; at: Input }>();
    const done = (finding: { key: string; at: Input } | undefined) => {
      if (finding && !silent) findings.push(`${finding.key} ${finding.at.match.uid}`);
    };
    const next: Input[] = [];
    for (const [index, input] of inputs.entries()) {
      next.push(input);
      if (!correlation.rules.includes(input.rule)) continue;
      const group = groupOf(correlation, input);
      if (group === undefined) continue;
      const peers = inputs
        .slice(0, index + 1)
        .filter((other) => correlation.rules.includes(other.rule) && groupOf(correlation, other) === group);
      const window = peers
        .filter((other) => isLater(other.match, input.match, correlation.timespanMs))
        .slice(-maxWindow);
      if (window.length === 1) {
        done(last.get(group));
        last.delete(group);
      }
      if (!holds(correlation, window)) {
        done(last.get(group));
        last.delete(group);
        continue;
      }
      const key = last.get(group)?.key ?? JSON.stringify([correlation.uid, JSON.parse(group), input.match.uid]);
      last.set(group, { key, at: input });
      const values: string[] = JSON.parse(group);
      const field = (name: string) =>
        correlation.groupBy.includes(name) ? values[correlation.groupBy.indexOf(name)] : input.field(name);
      next.push({ rule: correlation.uid, uid: key, match: input.match, evidence: [], field });
    }
    for (const finding of last.values()) done(finding);
    inputs = next;
  }
  return findings.sort();
}

function groupOf(correlation: SigmaCorrelation, input: Input): string | undefined {
  const values = correlation.groupBy.map((name) => textOf(valueOf(correlation, name, input)));
  return values.includes(undefined) ? undefined : JSON.stringify(values);
}

function isLater(match: Match, now: Match, timespanMs: number): boolean {
  const nanos = ({ time }: Match) => BigInt(time.ms) * 1_000_000n + BigInt(time.ns);
  return nanos(match) > nanos(now) - BigInt(timespanMs) * 1_000_000n;
}

function holds(correlation: SigmaCorrelation, window: readonly Input[]): boolean {
  const { condition, type, rules } = correlation;
  const ordered = type === 'temporal_ordered';
  if (condition.kind === 'expression') {
    return condition.alternatives.some(({ present, absent }) => {
      if (window.some(({ rule }) => absent.includes(rule))) return false;
      if (ordered) return longestChain(window, present) === present.length;
      return present.every((rule) => window.some((input) => input.rule === rule));
    });
  }
  const values = window.map((input) => condition.fields.map((name) => valueOf(correlation, name, input)));
  const texts = values
    .map((tuple) => tuple.map(textOf))
    .filter((tuple) => !tuple.includes(undefined))
    .map((tuple) => JSON.stringify(tuple));
  const numbers = values.map(([value]) => exactNumber(value)).filter((number) => number !== undefined);
  const sum = numbers.reduce((total, number) => total + number, 0n);
  const own = JSON.stringify((values.at(-1) ?? []).map(textOf));
  const whole = (count: number) => toExact(count);
  const percentile = (percent: number) => {
    const inOrder = numbers.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    // The first that has so many percent of all up to it, itself included.
    return inOrder.find((_, index) => BigInt(index + 1) * 10n ** 8n >= exactPercent(percent) * BigInt(inOrder.length));
  };
  const share = texts.includes(own)
    ? { figure: whole(100 * texts.filter((text) => text === own).length), times: texts.length }
    : undefined;
  switch (type) {
    case 'event_count':
      return keeps(condition.bounds, whole(new Set(window.map(({ rule, uid }) => `${rule} ${uid}`)).size));
    case 'temporal':
      return keeps(condition.bounds, whole(new Set(window.map(({ rule }) => rule)).size));
    case 'temporal_ordered':
      return keeps(condition.bounds, whole(longestChain(window, rules)));
    case 'value_count':
      return keeps(condition.bounds, whole(new Set(texts).size));
    case 'value_sum':
      return numbers.length > 0 && keeps(condition.bounds, sum);
    case 'value_avg':
      return numbers.length > 0 && keeps(condition.bounds, sum, numbers.length);
    case 'value_median':
      return numbers.length > 0 && keeps(condition.bounds, percentile(50)!);
    case 'value_percentile':
      if (condition.percentile !== undefined && numbers.length > 0)
        return keeps(condition.bounds, percentile(condition.percentile)!);
      return share !== undefined && keeps(condition.bounds, share.figure, share.times);
  }
}

function keeps(bounds: readonly Bound[], figure: bigint, times = 1): boolean {
  return bounds.every(({ relation, value }) => stands(figure, relation, toExact(value) * BigInt(times)));
}

/** The most steps that can be taken in their order, each by another event than the one before. */
function longestChain(window: readonly Input[], steps: readonly string[]): number {
  const best: number[] = [];
  for (const [index, input] of window.entries()) {
    const step = steps.indexOf(input.rule);
    const before = window.slice(0, index).map((other, at) => {
      const earlier = steps.indexOf(other.rule);
      return earlier >= 0 && earlier < step && other.match.uid !== input.match.uid ? best[at]! : 0;
    });
    best.push(step < 0 ? 0 : 1 + Math.max(0, ...before));
  }
  return Math.max(0, ...best);
}

/** A percentage as it is written, in millionths. */
function exactPercent(percent: number): bigint {
  const [whole, fraction = ''] = percent.toFixed(6).split('.');
  return BigInt(whole! + fraction);
}
