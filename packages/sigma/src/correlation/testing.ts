import { loadRules } from '../load.ts';
import { textOf } from './entry.ts';
import { createCorrelator, type CorrelatorOptions } from './correlator.ts';
import type { CorrelationFinding, Match } from './types.ts';

/** A rule of the given name, for correlations to refer to; its uid is its name. */
function baseRule(name: string): string {
  return `title: ${name}\nid: ${name}\nlogsource: {product: any}\ndetection: {selection: {Field: value}, condition: selection}`;
}

/** Loads correlations (their YAML, without what every document has) together with rules named a, b and c. */
export function loadCorrelations(
  ...sections: readonly { readonly id: string; readonly yaml: string; readonly generate?: boolean }[]
) {
  const documents = sections.map(
    ({ id, yaml, generate }) => `title: ${id}\nid: ${id}\ngenerate: ${generate ?? false}\ncorrelation: ${yaml}`,
  );
  const text = [...['a', 'b', 'c'].map(baseRule), ...documents].join('\n---\n');
  const set = loadRules([{ file: 'test.yml', text }]);
  const errors = set.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return set;
}

/** A match of a rule at a second, with fields. */
export function match(
  rule: string,
  uid: string,
  second: number,
  fields: Readonly<Record<string, unknown>> = {},
): Match {
  return { rule, uid, time: { ms: second * 1_000, ns: 0 }, field: (name) => fields[name] };
}

/** Every finding over a whole stream of matches, in an order that does not depend on when they were completed. */
export function correlateAll(
  set: Parameters<typeof createCorrelator>[0],
  matches: readonly Match[],
  options: CorrelatorOptions = {},
): readonly CorrelationFinding[] {
  const correlator = createCorrelator(set, options);
  const findings = matches.flatMap((each) => [...correlator.push(each)]);
  return [...findings, ...correlator.end()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A finding in a form that a test can write down: `group turned-last count first…last`. */
export function brief(finding: CorrelationFinding): string {
  const { group, turned, last, matches } = finding;
  const values = group.map(({ value }) => textOf(value)).join('/');
  const shown = [...matches.first, ...matches.last].map(({ uid }) => uid).join(' ');
  return `${values} ${turned.uid}-${last.uid} ${matches.count}: ${shown}`;
}
