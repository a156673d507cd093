import { base, SCHEMA_VERSION } from '@yuheng/ocsf';
import type { Mapping, Source } from './capability.ts';
import type { OcsfEvent, OcsfMetadata } from './event.ts';
import { recordUid, type Record } from './record.ts';

/** The OCSF version of all events. */
export const OCSF_VERSION = SCHEMA_VERSION;

/** A record as an OCSF event: what its source says of it, and what is the same for all. */
export function normalize(record: Record, source: Source): OcsfEvent {
  const mapping = source.normalize(record);
  const metadata = metadataOf(record, mapping);
  const { classUid, activityId, severityId = 1, attributes, message, unmapped } = mapping;
  const time = record.time.ms;
  return {
    ...base({ class: classUid, activity: activityId as never, severity: severityId, time, metadata }),
    metadata: { ...metadata, version: OCSF_VERSION },
    ...attributes,
    ...(message === undefined ? {} : { message }),
    ...(unmapped && Object.keys(unmapped).length > 0 ? { unmapped } : {}),
    raw_data: record.raw,
  };
}

function metadataOf(record: Record, mapping: Mapping): Omit<OcsfMetadata, 'version'> {
  const { profiles, logName, logProvider, eventCode } = mapping;
  return {
    uid: recordUid(record),
    tenant_uid: record.origin.tenant,
    product: mapping.product,
    log_source: record.origin.source,
    ...(profiles && profiles.length > 0 ? { profiles: [...profiles] } : {}),
    ...(logName === undefined ? {} : { log_name: logName }),
    ...(logProvider === undefined ? {} : { log_provider: logProvider }),
    ...(eventCode === undefined ? {} : { event_code: eventCode }),
  };
}
