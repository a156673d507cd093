import { attacksOf, type Attack } from './attacks.ts';
import { entitiesOf, type Entity } from './entities.ts';
import type { OcsfEvent } from './event.ts';
import type { MatchedEvent, Reason } from './match.ts';
import { OCSF_VERSION } from './normalize.ts';
import type { Order } from './order.ts';
import { uidOf } from './record.ts';
import { severityOf, type Level } from './severity.ts';

/** Evidences that a finding holds: its first and last; `count` has all. */
export const MAX_EVIDENCES = 100;

/** What a finding tells of its rule; Sigma rules and correlations both have it. */
export interface FindingRule {
  readonly uid: string;
  readonly title: string;
  readonly level: Level;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly references?: readonly string[];
  readonly falsepositives?: readonly string[];
}

/** One evidence: where the record stands and what it says. */
export interface Evidence {
  readonly data: { readonly file: string; readonly record: number | string; readonly event: OcsfEvent };
}

/** An OCSF Detection Finding (class 2004). */
export interface Finding extends OcsfEvent {
  readonly finding_info: {
    readonly uid: string;
    readonly title: string;
    readonly desc?: string;
    readonly analytic: { readonly uid: string; readonly name: string; readonly type_id: number; readonly type: string };
    readonly attacks: readonly Attack[];
    readonly first_seen_time: number;
    readonly last_seen_time: number;
    readonly related_events_count: number;
  };
  readonly evidences: readonly Evidence[];
  /** All evidences, also those that are not held. */
  readonly count: number;
  readonly severity: string;
}

/** A finding on its way: with its place in order and what it has in common with others. */
export interface PlacedFinding {
  /** The last event's place; `uid` is the finding's. */
  readonly order: Order;
  readonly finding: Finding;
  readonly level: Level;
  readonly entities: readonly Entity[];
  /** Fields of the last event that made the rule match; none for a correlation. */
  readonly because: readonly Reason[];
}

/** The events of a finding: the first and the last of them, and how many there were. */
export interface FindingEvents {
  readonly events: readonly MatchedEvent[];
  readonly total: number;
  /** Places of the events left out. */
  readonly omittedPlaces: number;
}

/** The finding's id: of a rule on an event hash(rule, event); of a correlation hash(rule, group values, event that turned it true). */
export function findingUid(rule: string, ...what: readonly string[]): string {
  return uidOf('finding', rule, ...what);
}

/** A finding from its rule and events (at least one, in order). */
export function makeFinding(uid: string, rule: FindingRule, what: FindingEvents): PlacedFinding {
  const { events } = what;
  const first = events[0]!;
  const last = events.at(-1)!;
  const entities = uniqueEntities(events);
  const evidences = boundedEvidences(events);
  const severityId = severityOf(rule.level);
  const finding: Finding = {
    class_uid: 2004,
    class_name: 'Detection Finding',
    category_uid: 2,
    category_name: 'Findings',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200401,
    type_name: 'Detection Finding: Create',
    severity_id: severityId,
    severity: SEVERITIES[severityId]!,
    status_id: 1,
    status: 'New',
    time: last.ms,
    start_time: first.ms,
    end_time: last.ms,
    message: rule.title,
    count: events.reduce((sum, event) => sum + event.places.length, what.omittedPlaces),
    metadata: {
      version: OCSF_VERSION,
      uid,
      tenant_uid: last.event.metadata.tenant_uid,
      product: { name: 'Yuheng', vendor_name: 'Yuheng' },
      ...(last.event['device'] === undefined ? {} : { profiles: ['host'] }),
    },
    finding_info: {
      uid,
      title: rule.title,
      ...(rule.description === undefined ? {} : { desc: rule.description }),
      analytic: { uid: rule.uid, name: rule.title, type_id: 1, type: 'Rule' },
      attacks: attacksOf(rule.tags),
      first_seen_time: first.ms,
      last_seen_time: last.ms,
      related_events_count: what.total,
    },
    ...(last.event['device'] === undefined ? {} : { device: last.event['device'] }),
    observables: entities.map(({ name, typeId, label }) => ({ name, type_id: typeId, value: label })),
    evidences,
  };
  const { ms, ns, source, file, number } = last;
  return {
    order: { ms, ns, source, file, number, uid },
    finding,
    level: rule.level,
    entities,
    because: last.because[rule.uid] ?? [],
  };
}

const SEVERITIES = ['Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical'];

/** Entities that a finding can carry: those of its first and last events, which are all that is held. */
function uniqueEntities(events: readonly MatchedEvent[]): Entity[] {
  const found = new Map<string, Entity>();
  for (const { event } of events) {
    for (const entity of entitiesOf(event)) {
      const key = `${entity.kind} ${entity.value}`;
      if (!found.has(key)) found.set(key, entity);
    }
  }
  return [...found.values()];
}

function boundedEvidences(events: readonly MatchedEvent[]): Evidence[] {
  const all = events.flatMap(({ event, places }) =>
    places.map(({ file, record }) => ({ data: { file, record, event } })),
  );
  if (all.length <= MAX_EVIDENCES) return all;
  return [...all.slice(0, MAX_EVIDENCES / 2), ...all.slice(-MAX_EVIDENCES / 2)];
}
