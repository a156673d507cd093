import { factsOf, type Entity, type Facts, type Finding, type Level, type PlacedFinding } from '@yuheng/engine';

/** Characters of an event, and of a raw record, that are shown. */
export const MAX_EVIDENCE = 4_000;

/** A finding as a report shows it. */
export interface ShownFinding {
  readonly uid: string;
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  readonly ms: number;
  readonly count: number;
  readonly attacks: Finding['finding_info']['attacks'];
  readonly facts: Facts;
  readonly entities: readonly Entity[];
  readonly file: string;
  readonly record: number | string;
  readonly event: string;
  readonly raw: string;
  readonly script?: string;
  /** Fields that made the rule match. */
  readonly because: PlacedFinding['because'];
}

/** What is shown of a finding: its last event and record, cut to `MAX_EVIDENCE` characters each. */
export function showFinding(found: Omit<PlacedFinding, 'order'>): ShownFinding {
  const { finding, level, entities, because } = found;
  const { data } = finding.evidences.at(-1)!;
  const { raw_data: raw, enrichments, ...event } = data.event;
  const script = (enrichments as readonly { data?: { script?: string } }[] | undefined)?.[0]?.data?.script;
  return {
    uid: finding.finding_info.uid,
    rule: finding.finding_info.analytic.uid,
    title: finding.finding_info.title,
    level,
    ms: finding.time,
    count: finding.count,
    attacks: finding.finding_info.attacks,
    facts: factsOf(data.event),
    entities,
    because,
    file: data.file,
    record: data.record,
    event: JSON.stringify(event, null, 1).slice(0, MAX_EVIDENCE),
    raw: String(raw ?? '').slice(0, MAX_EVIDENCE),
    ...(script === undefined ? {} : { script: script.slice(0, MAX_EVIDENCE) }),
  };
}
