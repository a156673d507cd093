import { fieldOf } from './entry.ts';
import type { CorrelationSet } from './correlator.ts';
import type { SigmaCorrelation } from './types.ts';

/**
 * The event fields that correlations read of the matches of each rule, by rule uid, sorted: all that a caller has to
 * keep of a matched event. Rules that no correlation looks at are not in the map.
 */
export function correlationFields({
  correlations,
}: Pick<CorrelationSet, 'correlations'>): ReadonlyMap<string, readonly string[]> {
  const wanted = new Map<string, Set<string>>();
  const uids = new Set(correlations.map(({ correlation }) => correlation.uid));
  // Those that refer to others come last: what they want of a correlation, that one wants of its own rules.
  for (const { correlation } of [...correlations].reverse()) {
    const inherited = wanted.get(correlation.uid) ?? new Set<string>();
    for (const rule of correlation.rules) {
      const fields = wanted.get(rule) ?? new Set<string>();
      wanted.set(rule, fields);
      for (const name of ownNames(correlation)) fields.add(fieldOf(correlation, name, rule));
      for (const field of inherited) if (!correlation.groupBy.includes(field)) fields.add(field);
    }
  }
  return new Map([...wanted].filter(([uid]) => !uids.has(uid)).map(([uid, fields]) => [uid, [...fields].sort()]));
}

function ownNames({ groupBy, condition }: SigmaCorrelation): readonly string[] {
  return condition.kind === 'bounds' ? [...groupBy, ...condition.fields] : groupBy;
}
