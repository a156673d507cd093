import { present, type FieldReader } from '@yuheng/engine';
import {
  AuthenticationActivityId,
  AuthProtocolId,
  ClassUid,
  EmailActivityId,
  NetworkActivityId,
  RdpActivityId,
  SmbActivityId,
  StatusId,
} from '@yuheng/ocsf';
import { dnsEvent, httpEvent, tlsOf } from './protocols.ts';
import { baseName, endpoint, fingerprint, listed, texts, type Attributes, type Mapped } from './parts.ts';
import { ends } from './zeek-ends.ts';

/** DNS Activity of dns.log: question and answer stand in one entry. */
export function dns(fields: FieldReader): Mapped | undefined {
  return dnsEvent(ends(fields), {
    name: fields.text('query'),
    type: fields.text('qtype_name'),
    uid: fields.integer('trans_id'),
    code: fields.integer('rcode'),
    codeName: fields.text('rcode_name'),
    answers: texts(fields.value('answers')),
  });
}

/** HTTP Activity of http.log. */
export function http(fields: FieldReader): Mapped | undefined {
  return httpEvent(ends(fields), {
    method: fields.text('method'),
    host: fields.text('host'),
    path: fields.text('uri'),
    agent: fields.text('user_agent'),
    referrer: fields.text('referrer'),
    version: fields.text('version'),
    code: fields.integer('status_code'),
    reason: fields.text('status_msg'),
    requestLength: fields.integer('request_body_len'),
    responseLength: fields.integer('response_body_len'),
    contentType: texts(fields.value('resp_mime_types'))[0],
    user: fields.text('username'),
  });
}

/** ssl.log: a connection and its TLS. */
export function ssl(fields: FieldReader): Mapped {
  const tls = tlsOf({
    version: fields.text('version'),
    cipher: fields.text('cipher'),
    sni: fields.text('server_name'),
    ja3: fields.text('ja3'),
    ja3s: fields.text('ja3s'),
    subject: fields.text('subject'),
    issuer: fields.text('issuer'),
  });
  const established = fields.value('established');
  const status =
    typeof established === 'boolean' ? { status_id: established ? StatusId.Success : StatusId.Failure } : {};
  const activityId = established === false ? NetworkActivityId.Fail : NetworkActivityId.Open;
  const attributes = { ...ends(fields), ...present({ tls, app_protocol_name: 'ssl' }), ...status };
  return { classUid: ClassUid.NetworkActivity, activityId, attributes };
}

/** SSH Activity; Zeek infers success from the packets' sizes. */
export function ssh(fields: FieldReader): Mapped {
  const success = fields.value('auth_success');
  const told = {
    protocol_ver: fields.text('version'),
    client_hassh: hassh(fields.text('hassh')),
    server_hassh: hassh(fields.text('hasshServer')),
    status_id: typeof success === 'boolean' ? (success ? StatusId.Success : StatusId.Failure) : undefined,
  };
  const activityId = success === false ? NetworkActivityId.Fail : NetworkActivityId.Open;
  return { classUid: ClassUid.SshActivity, activityId, attributes: { ...ends(fields), ...present(told) } };
}

function hassh(value: string | undefined): Attributes | undefined {
  const print = fingerprint(20, value);
  return print && { fingerprint: print };
}

/** RDP Activity: the cookie is the user name, or the beginning of it. */
export function rdp(fields: FieldReader): Mapped {
  const cookie = fields.text('cookie');
  const told = {
    identifier_cookie: cookie,
    user: cookie === undefined ? undefined : { name: cookie },
    protocol_ver: fields.text('client_build'),
    status_detail: fields.text('result'),
  };
  const attributes = { ...ends(fields), ...present(told) };
  return { classUid: ClassUid.RdpActivity, activityId: RdpActivityId.InitialRequest, attributes };
}

/** SMB Activity of smb_files.log. */
export function smbFiles(fields: FieldReader): Mapped {
  const action = fields.text('action')?.replace(/^SMB::/, '');
  const name = fields.text('name');
  const size = fields.integer('size');
  const file = name === undefined ? undefined : present({ name: baseName(name), path: name, size, type_id: 0 });
  const told = { command: action, file, share: fields.text('path') };
  const isOpen = action === 'FILE_OPEN';
  const activityId = isOpen ? SmbActivityId.FileOpen : SmbActivityId.Other;
  const named = isOpen ? {} : { activity_name: action ?? 'Other' };
  return { classUid: ClassUid.SmbActivity, activityId, attributes: { ...ends(fields), ...named, ...present(told) } };
}

/** SMB Activity of smb_mapping.log: a share was connected to. */
export function smbMapping(fields: FieldReader): Mapped {
  const told = { command: 'TREE_CONNECT', share: fields.text('path'), share_type: fields.text('share_type') };
  const attributes = { ...ends(fields), activity_name: 'Tree Connect', ...present(told) };
  return { classUid: ClassUid.SmbActivity, activityId: SmbActivityId.Other, attributes };
}

/** dce_rpc.log: a remote procedure that was called. */
export function dceRpc(fields: FieldReader): Mapped {
  const [name, operation] = [fields.text('endpoint'), fields.text('operation')];
  const message = listed(name, operation)?.join('::');
  const attributes = { ...ends(fields), ...present({ app_name: name, app_protocol_name: 'dce_rpc' }) };
  const told = message === undefined ? {} : { message };
  return { classUid: ClassUid.NetworkActivity, activityId: NetworkActivityId.Traffic, attributes, ...told };
}

/** Authentication of kerberos.log: tickets of the client (AS) and for services (TGS). */
export function kerberos(fields: FieldReader): Mapped {
  const [name, domain] = (fields.text('client') ?? 'unknown').split('/');
  const service = fields.text('service');
  const success = fields.value('success');
  const isService = fields.text('request_type') === 'TGS';
  const told = {
    user: present({ name, domain }),
    service: service === undefined ? undefined : { name: service },
    auth_protocol_id: AuthProtocolId.Kerberos,
    status_id: typeof success === 'boolean' ? (success ? StatusId.Success : StatusId.Failure) : undefined,
    status_detail: fields.text('error_msg'),
  };
  const activityId = isService
    ? AuthenticationActivityId.ServiceTicketRequest
    : AuthenticationActivityId.AuthenticationTicket;
  return { classUid: ClassUid.Authentication, activityId, attributes: authentication(fields, told) };
}

/** Authentication of ntlm.log. */
export function ntlm(fields: FieldReader): Mapped {
  const success = fields.value('success');
  const told = {
    user: present({ name: fields.text('username') ?? 'unknown', domain: fields.text('domainname') }),
    auth_protocol_id: AuthProtocolId.NTLM,
    status_id: typeof success === 'boolean' ? (success ? StatusId.Success : StatusId.Failure) : undefined,
  };
  const activityId = AuthenticationActivityId.Logon;
  return { classUid: ClassUid.Authentication, activityId, attributes: authentication(fields, told) };
}

/** Authentication has no connection of its own. */
function authentication(fields: FieldReader, told: Attributes): Attributes {
  const { src_endpoint, dst_endpoint } = ends(fields);
  return present({ src_endpoint, dst_endpoint: dst_endpoint ?? endpoint('unknown'), ...told }) ?? {};
}

/** Email Activity of smtp.log; only of messages with an address that OCSF takes for one. */
export function smtp(fields: FieldReader): Mapped | undefined {
  const from = addresses(fields.text('from') ?? fields.text('mailfrom'))[0];
  const to = addresses(fields.value('to') ?? fields.value('rcptto'));
  if (from === undefined && to.length === 0) return undefined;
  const { src_endpoint, dst_endpoint } = ends(fields);
  const known = { from, to: to.length > 0 ? to : undefined };
  const told = {
    src_endpoint,
    dst_endpoint,
    email: present({ ...known, subject: fields.text('subject'), message_uid: fields.text('msg_id') }),
    smtp_hello: fields.text('helo'),
    direction_id: 0,
    status_detail: fields.text('last_reply'),
  };
  return { classUid: ClassUid.EmailActivity, activityId: EmailActivityId.Unknown, attributes: present(told) ?? {} };
}

/** The addresses of header lines (`"Name" <a@example.com>`); those without a domain are none to OCSF. */
function addresses(value: unknown): string[] {
  return texts(value).flatMap((text) => /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+\.[\w.-]+/.exec(text)?.[0] ?? []);
}
