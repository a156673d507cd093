import { base } from '@yuheng/ocsf';
import { entitiesOf, type EntityKind } from '../entities.ts';
import type { OcsfEvent } from '../event.ts';
import { OCSF_VERSION } from '../normalize.ts';
import type { Batch } from '../ports/journal.ts';
import type { LakeRow } from '../ports/lake.ts';
import { uidOf, type Frame } from '../record.ts';
import type { Instant } from '../time.ts';
import { originFile } from './read-batch.ts';

/** An event time further ahead of receipt than this is suspect, and does not move the watermark. */
export const SUSPECT_AHEAD_MS = 10 * 60_000;

/** Where a row comes from. */
export interface RowPlace {
  readonly batch: Batch;
  readonly position: number;
  /** Number of the record in its file or batch. */
  readonly record: number;
  /** Framed records that the event was made of. */
  readonly records: number;
}

/** An event as the lake keeps it. `time` is absent for a record without any: it is found by its receipt. */
export function eventRow(event: OcsfEvent, raw: string, time: Instant | undefined, place: RowPlace): LakeRow {
  const { batch } = place;
  const { raw_data: _, ...rest } = event;
  const names = firstNames(event);
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
    host: names.host ?? '',
    user: names.user ?? '',
    address: names.address ?? '',
    unparsed: '',
    raw_data: raw,
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
  return { ...eventRow(event, frame.text, undefined, place), unparsed: reason };
}

/** Whether a time lies too far ahead of its receipt to be believed. */
export function isSuspect(time: Instant, receivedMs: number): boolean {
  return time.ms > receivedMs + SUSPECT_AHEAD_MS;
}

function firstNames(event: OcsfEvent): { [kind in EntityKind]?: string } {
  const names: { [kind in EntityKind]?: string } = {};
  for (const { kind, label } of entitiesOf(event)) names[kind] ??= label;
  return names;
}
