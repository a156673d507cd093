import { FieldReader, present, type Mapping, type Record } from '@yuheng/engine';
import { errorEvent } from './errors.ts';
import { exchange } from './http.ts';
import { endpoint, server } from './parts.ts';

/** Told in the event's own attributes, or made by us from fields that are. */
const TOLD = [
  'cs-uri',
  'cs-uri-stem',
  'cs-uri-query',
  'cs-uri-extension',
  'cs(User-Agent)',
  'cs(Referer)',
  'cs(Host)',
  'request_form',
  'log_type',
  'date',
  'time',
  'software',
  'level',
  'message',
];

/** A web server's record as OCSF: HTTP Activity, or what its error log tells of. */
export function normalizeWeb(record: Record): Mapping {
  const fields = new FieldReader(record.fields);
  const software = fields.text('software');
  const mapped = software === undefined ? accessEvent(fields) : errorEvent(record, fields);
  const user = fields.text('cs-username');
  const computer = fields.text('s-computername');
  const host = {
    actor: user === undefined ? undefined : { user: { name: user } },
    device: computer === undefined ? undefined : { hostname: computer, name: computer, type_id: 0 },
  };
  const message = fields.text('message');
  fields.drop(...TOLD);
  return {
    ...mapped,
    attributes: present({ ...mapped.attributes, ...host }) ?? {},
    profiles: host.actor || host.device ? ['host'] : [],
    product: productOf(record, software),
    logName: software === undefined ? 'access' : 'error',
    ...(message === undefined ? {} : { message }),
    unmapped: fields.rest(),
  };
}

function accessEvent(fields: FieldReader): Pick<Mapping, 'classUid' | 'activityId' | 'attributes'> {
  const source = endpoint(fields.text('c-ip'), fields.integer('c-port'));
  return exchange(fields, present({ src_endpoint: source, dst_endpoint: server(fields) }) ?? {});
}

function productOf({ origin }: Record, software: string | undefined): Mapping['product'] {
  if (origin.source === 'iis-w3c') return { name: 'Internet Information Services', vendor_name: 'Microsoft' };
  if (software === 'apache') return { name: 'HTTP Server', vendor_name: 'Apache' };
  return { name: software ?? 'Web server' };
}
