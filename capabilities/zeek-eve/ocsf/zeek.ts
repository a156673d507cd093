import { FieldReader, type Mapping, type Record, plainText } from '@yuheng/engine';
import { ClassUid } from '@yuheng/ocsf';
import type { Mapped } from './parts.ts';
import { streams, traffic } from './zeek-streams.ts';

/** A Zeek entry as OCSF: by its log stream, else as network activity, else as a base event with everything in `unmapped`. */
export function normalizeZeek(record: Record): Mapping {
  const path = plainText(record.fields['_path']);
  const fields = new FieldReader(record.fields);
  const mapper = Object.hasOwn(streams, path) ? streams[path] : undefined;
  const mapped = mapper?.(fields) ?? traffic(fields) ?? BASE;
  const message = mapped.message ?? fields.text('msg', 'name');
  fields.drop('ts', '_path');
  return {
    ...mapped,
    product: { name: 'Zeek', vendor_name: 'Zeek Project' },
    logName: path,
    ...(message === undefined ? {} : { message }),
    unmapped: fields.rest(),
  };
}

const BASE: Mapped = { classUid: ClassUid.BaseEvent, activityId: 0, attributes: {} };
