import { isIP } from 'node:net';
import { FieldReader, present, type Mapping, type Record } from '@yuheng/engine';
import { ClassUid, HttpActivityId, NetworkActivityId } from '@yuheng/ocsf';
import { signIn } from './sign-in.ts';

const ACTIVITIES: { readonly [method: string]: number } = {
  GET: HttpActivityId.Get,
  HEAD: HttpActivityId.Head,
  OPTIONS: HttpActivityId.Options,
  POST: HttpActivityId.Post,
  PUT: HttpActivityId.Put,
  DELETE: HttpActivityId.Delete,
};

/** A touch as OCSF: Authentication for an attempt to sign in by SSH, HTTP Activity for a request, else Network Activity; the decoy's machine is the device. */
export function normalizeTouch(record: Record): Mapping {
  const fields = new FieldReader(record.fields);
  const host = fields.text('s-computername');
  const ends = {
    src_endpoint: endpoint(fields.text('c-ip'), fields.integer('c-port')),
    dst_endpoint: endpoint(fields.text('s-ip'), fields.integer('s-port')),
    device: host === undefined ? undefined : { hostname: host, name: host, type_id: 0 },
  };
  const kind = fields.text('decoy');
  fields.drop('time');
  const said = (kind === 'ssh' ? signIn(fields) : http(fields)) ?? {
    classUid: ClassUid.NetworkActivity,
    activityId: NetworkActivityId.Open,
    attributes: { actor: userOf(fields.text('cs-username')) },
  };
  return {
    product: { name: 'Decoy', vendor_name: 'Yuheng' },
    profiles: ['host'],
    severityId: 2,
    ...said,
    attributes: present({ ...ends, ...said.attributes }) ?? {},
    unmapped: fields.rest(),
  };
}

/** A request; `undefined` for a connection without one. */
function http(fields: FieldReader): Pick<Mapping, 'classUid' | 'activityId' | 'attributes'> | undefined {
  const method = fields.text('cs-method');
  if (method === undefined) return undefined;
  const known = Object.hasOwn(ACTIVITIES, method) ? ACTIVITIES[method] : undefined;
  return {
    classUid: ClassUid.HttpActivity,
    activityId: known ?? HttpActivityId.Other,
    attributes: {
      actor: userOf(fields.text('cs-username')),
      http_request: request(fields, known === undefined ? undefined : method),
      activity_name: known === undefined ? method : undefined,
    },
  };
}

function request(fields: FieldReader, method: string | undefined) {
  const uri = fields.text('cs-uri');
  const path = fields.text('cs-uri-stem') ?? uri;
  const query = fields.text('cs-uri-query');
  const url = path === undefined ? undefined : present({ path, query_string: query, url_string: uri });
  return present({ http_method: method, url, user_agent: fields.text('cs-user-agent') });
}

function endpoint(ip: string | undefined, port: number | undefined) {
  return ip !== undefined && isIP(ip) > 0 ? present({ ip, port }) : undefined;
}

function userOf(name: string | undefined) {
  return name === undefined ? undefined : { user: { name } };
}
