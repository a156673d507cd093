import type { Mapping, Source } from './capability.ts';
import type { OcsfEvent } from './event.ts';
import { recordUid, type Record } from './record.ts';

/** The OCSF version of all events. */
export const OCSF_VERSION = '1.8.0';

/** A record as an OCSF event: what its source says of it, and what is the same for all. */
export function normalize(record: Record, source: Source): OcsfEvent {
  const mapping = source.normalize(record);
  const { classUid, activityId } = mapping;
  return {
    class_uid: classUid,
    category_uid: Math.floor(classUid / 1000) % 100,
    activity_id: activityId,
    type_uid: classUid * 100 + activityId,
    severity_id: mapping.severityId ?? 1,
    time: record.time.ms,
    ...mapping.attributes,
    ...(mapping.message === undefined ? {} : { message: mapping.message }),
    metadata: metadata(record, mapping),
    ...(mapping.unmapped && Object.keys(mapping.unmapped).length > 0 ? { unmapped: mapping.unmapped } : {}),
    raw_data: record.raw,
  };
}

function metadata(record: Record, mapping: Mapping): OcsfEvent['metadata'] {
  const { profiles, logName, logProvider, eventCode } = mapping;
  return {
    version: OCSF_VERSION,
    uid: recordUid(record),
    tenant_uid: record.origin.tenant,
    product: mapping.product,
    log_source: record.origin.source,
    ...(profiles && profiles.length > 0 ? { profiles } : {}),
    ...(logName === undefined ? {} : { log_name: logName }),
    ...(logProvider === undefined ? {} : { log_provider: logProvider }),
    ...(eventCode === undefined ? {} : { event_code: eventCode }),
  };
}
