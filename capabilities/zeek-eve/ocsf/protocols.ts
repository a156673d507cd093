import { present, plainText } from '@yuheng/engine';
import { ClassUid, DnsActivityId, FingerprintAlgorithmId, HttpActivityId, StatusId } from '@yuheng/ocsf';
import { fingerprint, type Attributes, type Mapped } from './parts.ts';

/** A DNS exchange, whichever sensor saw it. */
export interface DnsSeen {
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly uid: number | undefined;
  readonly code: number | undefined;
  readonly codeName: string | undefined;
  readonly answers: readonly string[];
}

/** Response codes that OCSF has a number for (RFC 6895 section 2.3). */
const KNOWN_CODES = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23]);

/** OCSF DNS Activity. */
export function dnsEvent(ends: Attributes, seen: DnsSeen): Mapped | undefined {
  if (ends['src_endpoint'] === undefined && ends['dst_endpoint'] === undefined) return undefined;
  const { name, type, uid, code, codeName } = seen;
  const answers = seen.answers.length > 0 ? seen.answers.map((rdata) => ({ rdata })) : undefined;
  const told = {
    query: name === undefined ? undefined : present({ hostname: name, type, packet_uid: uid }),
    answers,
    ...responseCode(code, codeName),
    status_id: code === undefined ? undefined : code === 0 ? StatusId.Success : StatusId.Failure,
  };
  const isAnswered = code !== undefined || answers !== undefined;
  const activityId = isAnswered ? DnsActivityId.Response : DnsActivityId.Query;
  return { classUid: ClassUid.DnsActivity, activityId, attributes: { ...ends, ...present(told) } };
}

/** OCSF writes the names of codes that it knows in its own way, so only those of others are told. */
function responseCode(code: number | undefined, name: string | undefined): Attributes {
  if (code === undefined) return {};
  return KNOWN_CODES.has(code) ? { rcode_id: code } : { rcode_id: 99, rcode: name ?? plainText(code) };
}

/** An HTTP exchange, whichever sensor saw it. */
export interface HttpSeen {
  readonly method: string | undefined;
  readonly host: string | undefined;
  readonly path: string | undefined;
  readonly agent: string | undefined;
  readonly referrer: string | undefined;
  readonly version: string | undefined;
  readonly code: number | undefined;
  readonly reason: string | undefined;
  readonly requestLength: number | undefined;
  readonly responseLength: number | undefined;
  readonly contentType: string | undefined;
  readonly user: string | undefined;
}

const METHODS = new Map<string, number>([
  ['CONNECT', HttpActivityId.Connect],
  ['DELETE', HttpActivityId.Delete],
  ['GET', HttpActivityId.Get],
  ['HEAD', HttpActivityId.Head],
  ['OPTIONS', HttpActivityId.Options],
  ['POST', HttpActivityId.Post],
  ['PUT', HttpActivityId.Put],
  ['TRACE', HttpActivityId.Trace],
  ['PATCH', HttpActivityId.Patch],
]);

/** OCSF HTTP Activity; `undefined` where nothing of HTTP was seen. */
export function httpEvent(ends: Attributes, seen: HttpSeen): Mapped | undefined {
  const http = present({ http_request: httpRequest(seen), http_response: httpResponse(seen) });
  if (!http || (ends['src_endpoint'] === undefined && ends['dst_endpoint'] === undefined)) return undefined;
  const { method, code, user } = seen;
  const known = method === undefined ? HttpActivityId.Unknown : METHODS.get(method);
  const told = {
    activity_name: known === undefined ? method : undefined,
    status_id: code === undefined ? undefined : code < 400 ? StatusId.Success : StatusId.Failure,
    actor: user === undefined ? undefined : { user: { name: user } },
  };
  const attributes = { ...ends, ...http, ...present(told) };
  const profiles = user === undefined ? [] : ['host'];
  return { classUid: ClassUid.HttpActivity, activityId: known ?? HttpActivityId.Other, attributes, profiles };
}

/** OCSF `http_request`, also for evidence of alerts. */
export function httpRequest(seen: HttpSeen): Attributes | undefined {
  const { method, agent, referrer, version, requestLength } = seen;
  return present({
    http_method: method !== undefined && METHODS.has(method) ? method : undefined,
    url: url(seen),
    user_agent: agent,
    referrer,
    version: version?.replace(/^HTTP\//, ''),
    body_length: requestLength,
  });
}

function url({ host, path }: HttpSeen): Attributes | undefined {
  if (path === undefined) return undefined;
  const question = path.indexOf('?');
  return present({
    hostname: host,
    path: question < 0 ? path : path.slice(0, question),
    query_string: question < 0 ? undefined : path.slice(question + 1) || undefined,
    url_string: path.startsWith('/') && host !== undefined ? `http://${host}${path}` : path,
  });
}

function httpResponse({ code, reason, responseLength, contentType }: HttpSeen): Attributes | undefined {
  if (code === undefined) return undefined;
  return present({ code, message: reason, body_length: responseLength, content_type: contentType });
}

/** What was seen of a TLS handshake. */
export interface TlsSeen {
  readonly version: string | undefined;
  readonly cipher?: string | undefined;
  readonly sni: string | undefined;
  readonly ja3: string | undefined;
  readonly ja3s: string | undefined;
  readonly subject: string | undefined;
  readonly issuer: string | undefined;
  readonly serial?: string | undefined;
}

/** OCSF `tls`; a certificate needs an issuer and a serial number to stand in it. */
export function tlsOf(seen: TlsSeen): Attributes | undefined {
  const { version, cipher, sni, ja3, ja3s, subject, issuer, serial } = seen;
  const certificate =
    issuer === undefined || serial === undefined ? undefined : { issuer, serial_number: serial, subject };
  const told = present({
    cipher,
    sni,
    ja3_hash: fingerprint(FingerprintAlgorithmId.MD5, ja3),
    ja3s_hash: fingerprint(FingerprintAlgorithmId.MD5, ja3s),
    certificate: certificate && present(certificate),
  });
  return told || version !== undefined ? { version: version ?? 'unknown', ...told } : undefined;
}
