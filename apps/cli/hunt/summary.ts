import { levelOf } from '@yuheng/engine';
import type { RuleSet } from '@yuheng/sigma';
import type { HuntResult } from './run.ts';
import type { Tallies } from './tally.ts';

/** The machine output of `--json`: one line, pinned. Times are ISO 8601 in UTC. */
export function summaryJson(result: HuntResult, rules: RuleSet, { all, told }: Tallies, startedMs: number): string {
  const { counts, incidents } = result;
  const { read, parsed, unparsed, refused } = counts;
  return JSON.stringify({
    files: result.files,
    bytes: result.bytes,
    records: { read, parsed, unparsed, refused, duplicates: result.duplicates },
    rules: { loaded: rules.rules.length + rules.correlations.length, rejected: rejectedRules(rules) },
    findings: told.levels,
    belowMinLevel: all.total - told.total,
    outside: result.outside,
    incidents: incidents.map((incident) => ({
      uid: incident.metadata.uid,
      title: incident.unmapped.title,
      severity: levelOf(incident.severity_id),
      score: incident.unmapped.score,
      parts: incident.unmapped.parts,
      start: new Date(incident['start_time'] as number).toISOString(),
      end: new Date(incident.time).toISOString(),
      findings: incident.finding_info_list.map((info) => info.uid),
      entities: incident.unmapped.entities,
    })),
    elapsedMs: Math.round(performance.now() - startedMs),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  });
}

/** Rejected rules by the reason's code. */
function rejectedRules(rules: RuleSet): { [code: string]: number } {
  const rejected: { [code: string]: number } = {};
  for (const { severity, code } of rules.problems) if (severity === 'error') rejected[code] = (rejected[code] ?? 0) + 1;
  return rejected;
}
