import { FieldReader, present, type Mapping, type Record, plainText } from '@yuheng/engine';
import { ClassUid, NetworkActivityId } from '@yuheng/ocsf';
import { alert } from './eve-alert.ts';
import { eveEnds } from './eve-ends.ts';
import { dns, fileinfo, flow, http, ssh, tls } from './eve-protocols.ts';
import type { Mapped } from './parts.ts';

const TYPES = new Map<string, (fields: FieldReader, record: Record) => Mapped | undefined>([
  ['alert', alert],
  ['dns', dns],
  ['http', http],
  ['tls', tls],
  ['ssh', ssh],
  ['fileinfo', fileinfo],
  ['flow', flow],
]);

/** An EVE event as OCSF: by its type, else as network activity, else (stats) as a base event with everything in `unmapped`. */
export function normalizeEve(record: Record): Mapping {
  const fields = new FieldReader(record.fields);
  const type = plainText(record.fields['event_type']);
  const mapped = TYPES.get(type)?.(fields, record) ?? traffic(fields) ?? BASE;
  fields.drop('timestamp', 'event_type', 'host');
  const sensor = record.fields['host'];
  return {
    ...mapped,
    ...(typeof sensor === 'string' ? { logProvider: sensor } : {}),
    product: { name: 'Suricata', vendor_name: 'OISF' },
    logName: type,
    unmapped: fields.rest(),
  };
}

function traffic(fields: FieldReader): Mapped | undefined {
  const attributes = eveEnds(fields);
  if (attributes['src_endpoint'] === undefined && attributes['dst_endpoint'] === undefined) return undefined;
  const told = present({ app_protocol_name: fields.text('app_proto') });
  return {
    classUid: ClassUid.NetworkActivity,
    activityId: NetworkActivityId.Traffic,
    attributes: { ...attributes, ...told },
  };
}

const BASE: Mapped = { classUid: ClassUid.BaseEvent, activityId: 0, attributes: {} };
