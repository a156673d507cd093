import { isIP } from 'node:net';
import { FieldReader, present, type Mapping, type Record } from '@yuheng/engine';
import { ClassUid, HttpActivityId, NetworkActivityId } from '@yuheng/ocsf';

const ACTIVITIES: { readonly [method: string]: number } = {
  GET: HttpActivityId.Get,
  HEAD: HttpActivityId.Head,
  OPTIONS: HttpActivityId.Options,
  POST: HttpActivityId.Post,
  PUT: HttpActivityId.Put,
  DELETE: HttpActivityId.Delete,
};

/** A touch as OCSF: HTTP Activity with the request, else Network Activity; the decoy's machine is the device. */
export function normalizeTouch(record: Record): Mapping {
  const fields = new FieldReader(record.fields);
  const method = fields.text('cs-method');
  const host = fields.text('s-computername');
  const ends = {
    src_endpoint: endpoint(fields.text('c-ip'), fields.integer('c-port')),
    dst_endpoint: endpoint(fields.text('s-ip'), fields.integer('s-port')),
    device: host === undefined ? undefined : { hostname: host, name: host, type_id: 0 },
    actor: userOf(fields.text('cs-username')),
  };
  fields.drop('decoy', 'time');
  const shared = { product: { name: 'Decoy', vendor_name: 'Yuheng' }, profiles: ['host'], severityId: 2 as const };
  if (method === undefined) {
    const activityId = NetworkActivityId.Open;
    return {
      ...shared,
      classUid: ClassUid.NetworkActivity,
      activityId,
      attributes: present(ends) ?? {},
      unmapped: fields.rest(),
    };
  }
  const known = Object.hasOwn(ACTIVITIES, method) ? ACTIVITIES[method] : undefined;
  const named = known === undefined ? { activity_name: method } : {};
  const http = { http_request: request(fields, known === undefined ? undefined : method) };
  return {
    ...shared,
    classUid: ClassUid.HttpActivity,
    activityId: known ?? HttpActivityId.Other,
    attributes: present({ ...ends, ...http, ...named }) ?? {},
    unmapped: fields.rest(),
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
