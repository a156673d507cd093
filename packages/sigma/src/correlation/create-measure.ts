import { DistinctCount, Presence } from './counting.ts';
import { tupleOf } from './entry.ts';
import { Percentile, Share, Total } from './figures.ts';
import type { Measure } from './measure.ts';
import { OrderedCount, OrderedPresence } from './ordered.ts';
import type { SigmaCorrelation } from './types.ts';

const MEDIAN = 50;

/** Makes the measure of one group. */
export function createMeasure(correlation: SigmaCorrelation): Measure {
  const { condition, type, rules } = correlation;
  if (condition.kind === 'expression') {
    return type === 'temporal' ? new Presence(condition.alternatives) : new OrderedPresence(condition.alternatives);
  }
  const { bounds, fields, percentile } = condition;
  switch (type) {
    case 'event_count':
      return new DistinctCount(bounds, (entry) => JSON.stringify([entry.rule, entry.uid]));
    case 'temporal':
      return new DistinctCount(bounds, (entry) => entry.rule);
    case 'value_count':
      return new DistinctCount(bounds, (entry) => tupleOf(correlation, fields, entry));
    case 'temporal_ordered':
      return new OrderedCount(rules, bounds);
    case 'value_sum':
      return new Total(correlation, bounds, fields[0]!, 'sum');
    case 'value_avg':
      return new Total(correlation, bounds, fields[0]!, 'mean');
    case 'value_median':
      return new Percentile(correlation, bounds, fields[0]!, MEDIAN);
    case 'value_percentile': {
      const share = new Share(correlation, bounds, fields[0]!);
      return percentile === undefined ? share : new Percentile(correlation, bounds, fields[0]!, percentile, share);
    }
  }
}
