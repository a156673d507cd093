import { isIP } from 'node:net';
import { present, type FieldReader, type Mapping } from '@yuheng/engine';
import { ClassUid, HttpActivityId, NetworkActivityId, StatusId } from '@yuheng/ocsf';
import { asSent, hostAndPort, type Attributes } from './parts.ts';

const ACTIVITIES: { readonly [method: string]: number } = {
  CONNECT: HttpActivityId.Connect,
  DELETE: HttpActivityId.Delete,
  GET: HttpActivityId.Get,
  HEAD: HttpActivityId.Head,
  OPTIONS: HttpActivityId.Options,
  POST: HttpActivityId.Post,
  PUT: HttpActivityId.Put,
  TRACE: HttpActivityId.Trace,
  PATCH: HttpActivityId.Patch,
};

/** OCSF `activity_id` of the request's method: 99 for WebDAV's and others' own, which stand as `activity_name`; 0 where none was understood. */
function activityOf(fields: FieldReader): { readonly activityId: number; readonly activity_name?: string } {
  const method = fields.text('cs-method');
  if (method === undefined) return { activityId: HttpActivityId.Unknown };
  const activityId = Object.hasOwn(ACTIVITIES, method) ? ACTIVITIES[method] : undefined;
  return activityId === undefined ? { activityId: HttpActivityId.Other, activity_name: method } : { activityId };
}

/** OCSF `http_request`; nothing where the client sent nothing that could be read. */
export function httpRequest(fields: FieldReader): Attributes | undefined {
  const method = fields.text('cs-method');
  const referrer = fields.text('cs-referer', 'cs(Referer)');
  const agent = fields.text('cs-user-agent', 'cs(User-Agent)');
  const version = fields.text('cs-version')?.replace(/^HTTP\//, '');
  const forwarded = fields.text('x-forwarded-for')?.split(', ');
  return present({
    http_method: method !== undefined && Object.hasOwn(ACTIVITIES, method) ? method : undefined,
    url: url(fields),
    user_agent: agent,
    referrer,
    version,
    x_forwarded_for: forwarded?.filter((address) => isIP(address) > 0),
    length: fields.integer('cs-bytes'),
  });
}

function url(fields: FieldReader): Attributes | undefined {
  const uri = asSent(fields, 'cs-uri');
  const path = asSent(fields, 'cs-uri-stem');
  if (uri === undefined) return undefined;
  const { host, port } = hostAndPort(fields.text('cs-host'));
  const question = uri.indexOf('?');
  const query = question < 0 ? undefined : uri.slice(question + 1);
  return present({ path: path ?? uri, query_string: query || undefined, hostname: host, port, url_string: uri });
}

/** A request as HTTP Activity; as Network Activity where nothing of HTTP could be read (a connection that timed out, a broken handshake). */
export function exchange(
  fields: FieldReader,
  ends: Attributes,
): Pick<Mapping, 'classUid' | 'activityId' | 'attributes'> {
  const http = present({ http_request: httpRequest(fields), http_response: httpResponse(fields) });
  if (!http) return { classUid: ClassUid.NetworkActivity, activityId: NetworkActivityId.Traffic, attributes: ends };
  const { activityId, ...named } = activityOf(fields);
  const attributes = { ...named, ...ends, ...http, ...statusOf(fields) };
  return { classUid: ClassUid.HttpActivity, activityId, attributes };
}

/** OCSF `http_response`, which must have a code. */
function httpResponse(fields: FieldReader): Attributes | undefined {
  const code = fields.integer('sc-status');
  if (code === undefined) return undefined;
  return present({ code, length: fields.integer('sc-bytes'), latency: fields.integer('time-taken') });
}

/** Below 400 the server did what was asked (RFC 9110 section 15). */
function statusOf(fields: FieldReader): Attributes {
  const code = fields.integer('sc-status');
  if (code === undefined) return {};
  return { status_id: code < 400 ? StatusId.Success : StatusId.Failure, status_code: String(code) };
}
