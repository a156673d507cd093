import { present, readIsoTime, type FieldReader } from '@yuheng/engine';
import { ClassUid, FingerprintAlgorithmId, NetworkActivityId, NetworkFileActivityId } from '@yuheng/ocsf';
import { eveEnds } from './eve-ends.ts';
import { baseName, fingerprint, listed, texts, wholeNumber, type Attributes, type Mapped } from './parts.ts';
import { dnsEvent, httpEvent, tlsOf, type HttpSeen } from './protocols.ts';

/** Response codes by the names that Suricata writes, in their order. */
const RCODES = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
  'YXDOMAIN',
  'YXRRSET',
  'NXRRSET',
  'NOTAUTH',
  'NOTZONE',
];

/** DNS Activity. */
export function dns(fields: FieldReader): Mapped | undefined {
  const codeName = fields.text('dns.rcode');
  const code = codeName === undefined ? -1 : RCODES.indexOf(codeName.toUpperCase());
  return dnsEvent(eveEnds(fields), {
    name: fields.text('dns.rrname'),
    type: fields.text('dns.rrtype'),
    uid: fields.integer('dns.id'),
    code: code < 0 ? undefined : code,
    codeName,
    answers: texts(fields.value('dns.rdata')),
  });
}

/** HTTP Activity. */
export function http(fields: FieldReader): Mapped | undefined {
  return httpEvent(eveEnds(fields), httpSeen(fields));
}

/** What EVE's `http` object tells, of HTTP events and of alerts. */
export function httpSeen(fields: FieldReader): HttpSeen {
  return {
    method: fields.text('http.http_method'),
    host: fields.text('http.hostname'),
    path: fields.text('http.url'),
    agent: fields.text('http.http_user_agent'),
    referrer: fields.text('http.http_refer'),
    version: fields.text('http.protocol'),
    code: fields.integer('http.status'),
    reason: undefined,
    requestLength: undefined,
    responseLength: fields.integer('http.length'),
    contentType: fields.text('http.http_content_type'),
    user: undefined,
  };
}

/** A connection and its TLS. */
export function tls(fields: FieldReader): Mapped {
  const attributes = { ...eveEnds(fields), ...present({ tls: eveTls(fields) }), app_protocol_name: 'tls' };
  return { classUid: ClassUid.NetworkActivity, activityId: NetworkActivityId.Open, attributes };
}

/** OCSF `tls` of EVE's object of that name. */
export function eveTls(fields: FieldReader): Attributes | undefined {
  return tlsOf({
    version: fields.text('tls.version'),
    sni: fields.text('tls.sni'),
    ja3: fields.text('tls.ja3.hash'),
    ja3s: fields.text('tls.ja3s.hash'),
    subject: fields.text('tls.subject'),
    issuer: fields.text('tls.issuerdn'),
    serial: fields.text('tls.serial'),
  });
}

/** SSH Activity. */
export function ssh(fields: FieldReader): Mapped {
  const told = present({ protocol_ver: fields.text('ssh.client.proto_version') });
  return {
    classUid: ClassUid.SshActivity,
    activityId: NetworkActivityId.Open,
    attributes: { ...eveEnds(fields), ...told },
  };
}

/** Network File Activity: `fileinfo` looks from the side of the sender, so what a client fetches comes from the server. */
export function fileinfo(fields: FieldReader): Mapped | undefined {
  const path = fields.text('fileinfo.filename');
  const { src_endpoint, dst_endpoint } = eveEnds(fields);
  if (path === undefined || src_endpoint === undefined) return undefined;
  const file = {
    name: baseName(path),
    path,
    type_id: 1,
    size: fields.integer('fileinfo.size'),
    mime_type: fields.text('fileinfo.magic'),
    hashes: listed(
      fingerprint(FingerprintAlgorithmId.MD5, fields.text('fileinfo.md5')),
      fingerprint(FingerprintAlgorithmId.SHA1, fields.text('fileinfo.sha1')),
      fingerprint(FingerprintAlgorithmId.SHA256, fields.text('fileinfo.sha256')),
    ),
  };
  const protocol = fields.text('app_proto');
  const told = {
    src_endpoint,
    dst_endpoint,
    file: present(file),
    actor: { app_name: protocol ?? 'unknown' },
    app_protocol_name: protocol,
  };
  const attributes = present(told) ?? {};
  return {
    classUid: ClassUid.NetworkFileActivity,
    activityId: NetworkFileActivityId.Unknown,
    attributes,
    profiles: ['host'],
  };
}

/** Network Activity of a flow that ended. */
export function flow(fields: FieldReader): Mapped {
  const [out, back] = [
    wholeNumber(fields.value('flow.bytes_toserver')),
    wholeNumber(fields.value('flow.bytes_toclient')),
  ];
  const start = readIsoTime(fields.text('flow.start') ?? '')?.time.ms;
  const end = readIsoTime(fields.text('flow.end') ?? '')?.time.ms;
  const told = {
    traffic: present({
      bytes_out: out,
      bytes_in: back,
      bytes: out === undefined || back === undefined ? undefined : out + back,
      packets_out: wholeNumber(fields.value('flow.pkts_toserver')),
      packets_in: wholeNumber(fields.value('flow.pkts_toclient')),
    }),
    start_time: start,
    end_time: end,
    app_protocol_name: fields.text('app_proto'),
    status_detail: fields.text('flow.reason'),
  };
  const isOpen = fields.text('flow.state') === 'new';
  const activityId = isOpen ? NetworkActivityId.Open : NetworkActivityId.Close;
  return { classUid: ClassUid.NetworkActivity, activityId, attributes: { ...eveEnds(fields), ...present(told) } };
}
