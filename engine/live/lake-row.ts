import { base } from '@yuheng/ocsf';
import type { Entity, EntityKind } from '../entities.ts';
import type { OcsfEvent } from '../event.ts';
import { OCSF_VERSION } from '../normalize.ts';
import type { Batch } from '../ports/journal.ts';
import type { LakeRow } from '../ports/lake.ts';
import { uidOf, type Frame } from '../record.ts';
import type { Instant } from '../time.ts';
import { originFile } from './read-batch.ts';

/** An event time further ahead of receipt than this is suspect, and does not move the watermark. */
const SUSPECT_AHEAD_MS = 10 * 60_000;

/** Where a row comes from. */
export interface RowPlace {
  readonly batch: Batch;
  readonly position: number;
  /** Number of the record in its file or batch. */
  readonly record: number;
  /** Framed records that the event was made of. */
  readonly records: number;
}

/** What stands beside an event. */
export interface RowDetail extends RowPlace {
  /** Absent for a record without any: it is found by its receipt. */
  readonly time: Instant | undefined;
  readonly entities: readonly Entity[];
}

/** An event as the lake keeps it. */
export function eventRow(event: OcsfEvent, raw: string, detail: RowDetail): LakeRow {
  const { batch, time, ...place } = detail;
  const { raw_data: _, ...rest } = event;
  const names = firstNames(detail.entities);
  return {
    tenant: batch.tenant,
    uid: event.metadata.uid,
    time: time?.ms ?? batch.receivedMs,
    time_ns: time?.ns ?? 0,
    class_uid: event.class_uid,
    severity_id: event.severity_id,
    source: batch.source,
    file: batch.file,
    record: place.record,
    records: place.records,
    // Half of a surrogate pair has no UTF-8.
    host: names.host?.toWellFormed() ?? '',
    user: names.user?.toWellFormed() ?? '',
    address: names.address ?? '',
    unparsed: '',
    raw_data: raw.toWellFormed(),
    event: JSON.stringify(rest),
    batch: batch.number,
    received: batch.receivedMs,
    position: place.position,
    time_suspect: time === undefined || isSuspect(time, batch.receivedMs),
  };
}

/** What nobody understood is kept as an OCSF base event with the reason; a header line or a late end mark likewise, without one. */
export function frameRow(frame: Frame, reason: string, place: RowPlace): LakeRow {
  const { tenant, source, number } = { ...place.batch, number: frame.number };
  const uid = uidOf('event', tenant, source, originFile(place.batch), String(number), frame.text);
  const metadata = { uid, tenant_uid: tenant, product: { name: source }, log_source: source };
  const event: OcsfEvent = {
    ...base({ class: 0, activity: 0, severity: 0, time: 0, metadata }),
    metadata: { ...metadata, version: OCSF_VERSION },
    ...(reason === '' ? {} : { status_detail: reason }),
  };
  return { ...eventRow(event, frame.text, { ...place, time: undefined, entities: [] }), unparsed: reason };
}

/** Whether a time lies too far ahead of its receipt to be believed. */
export function isSuspect(time: Instant, receivedMs: number): boolean {
  return time.ms > receivedMs + SUSPECT_AHEAD_MS;
}

/** A row as a line of NDJSON: the event stands in it as the object that it is. */
export function rowLine({ event, ...row }: LakeRow): string {
  return `${JSON.stringify(row).slice(0, -1)},"event":${event}}`;
}

function firstNames(entities: readonly Entity[]): { [kind in EntityKind]?: string } {
  const names: { [kind in EntityKind]?: string } = {};
  for (const { kind, label } of entities) names[kind] ??= label;
  return names;
}
