import { present, type FieldReader, plainText } from '@yuheng/engine';
import { ClassUid, DhcpActivityId, FtpActivityId, NetworkActivityId, TunnelActivityId } from '@yuheng/ocsf';
import { dceRpc, dns, http, kerberos, ntlm, rdp, smbFiles, smbMapping, smtp, ssh, ssl } from './zeek-protocols.ts';
import { files } from './zeek-files.ts';
import { notice } from './zeek-notice.ts';
import { ends } from './zeek-ends.ts';
import { endpoint, milliseconds, wholeNumber, type Mapped, type Mapper } from './parts.ts';

/** Mappers by log stream (`_path`). Other streams with a connection are network activity. */
export const streams: { readonly [path: string]: Mapper } = {
  conn,
  dns,
  http,
  ssl,
  ssh,
  rdp,
  smb_files: smbFiles,
  smb_mapping: smbMapping,
  dce_rpc: dceRpc,
  kerberos,
  ntlm,
  smtp,
  ftp,
  dhcp,
  tunnel,
  files,
  notice,
};

/** Any stream with a connection and no class of its own: weird, snmp, ldap, modbus … */
export function traffic(fields: FieldReader): Mapped | undefined {
  const attributes = ends(fields);
  if (attributes['src_endpoint'] === undefined && attributes['dst_endpoint'] === undefined) return undefined;
  return { classUid: ClassUid.NetworkActivity, activityId: NetworkActivityId.Traffic, attributes };
}

/** Zeek's conn_state → OCSF activity (Zeek documentation, *conn.log*). */
const CONNECTION_STATES: { readonly [state: string]: number } = {
  S0: NetworkActivityId.Fail,
  S1: NetworkActivityId.Open,
  SF: NetworkActivityId.Close,
  REJ: NetworkActivityId.Refuse,
  S2: NetworkActivityId.Close,
  S3: NetworkActivityId.Close,
  RSTO: NetworkActivityId.Reset,
  RSTR: NetworkActivityId.Reset,
  RSTOS0: NetworkActivityId.Reset,
  RSTRH: NetworkActivityId.Reset,
  SH: NetworkActivityId.Fail,
  SHR: NetworkActivityId.Fail,
  OTH: NetworkActivityId.Traffic,
};

function conn(fields: FieldReader): Mapped | undefined {
  const mapped = traffic(fields);
  if (!mapped) return undefined;
  const bytesOut = wholeNumber(fields.value('orig_bytes'));
  const bytesIn = wholeNumber(fields.value('resp_bytes'));
  const volume = present({
    bytes_out: bytesOut,
    bytes_in: bytesIn,
    bytes: bytesOut === undefined || bytesIn === undefined ? undefined : bytesOut + bytesIn,
    packets_out: wholeNumber(fields.value('orig_pkts')),
    packets_in: wholeNumber(fields.value('resp_pkts')),
    bytes_missed: wholeNumber(fields.value('missed_bytes')),
  });
  const state = fields.text('conn_state');
  const told = {
    ...mapped.attributes,
    traffic: volume,
    app_protocol_name: fields.text('service'),
    duration: milliseconds(fields.value('duration')),
    status_code: state,
  };
  const activityId = CONNECTION_STATES[state ?? ''] ?? NetworkActivityId.Traffic;
  return { ...mapped, activityId, attributes: present(told) ?? {} };
}

const FTP_COMMANDS: { readonly [command: string]: number } = {
  STOR: FtpActivityId.Put,
  STOU: FtpActivityId.Put,
  APPE: FtpActivityId.Put,
  RETR: FtpActivityId.Get,
  DELE: FtpActivityId.Delete,
  RNTO: FtpActivityId.Rename,
  LIST: FtpActivityId.List,
  NLST: FtpActivityId.List,
};

function ftp(fields: FieldReader): Mapped | undefined {
  const mapped = traffic(fields);
  const command = fields.text('command');
  if (!mapped) return undefined;
  const user = fields.text('user');
  const activityId = FTP_COMMANDS[command ?? ''];
  const code = fields.integer('reply_code');
  const told = {
    ...mapped.attributes,
    command,
    codes: code === undefined ? undefined : [code],
    activity_name: activityId === undefined ? command : undefined,
    actor: user === undefined ? undefined : { user: { name: user } },
  };
  const known = activityId ?? (command === undefined ? FtpActivityId.Unknown : FtpActivityId.Other);
  return {
    classUid: ClassUid.FtpActivity,
    activityId: known,
    attributes: present(told) ?? {},
    profiles: user ? ['host'] : [],
  };
}

const DHCP_MESSAGES: { readonly [message: string]: number } = {
  DISCOVER: DhcpActivityId.Discover,
  OFFER: DhcpActivityId.Offer,
  REQUEST: DhcpActivityId.Request,
  DECLINE: DhcpActivityId.Decline,
  ACK: DhcpActivityId.Ack,
  NAK: DhcpActivityId.Nak,
  RELEASE: DhcpActivityId.Release,
  INFORM: DhcpActivityId.Inform,
};

function dhcp(fields: FieldReader): Mapped | undefined {
  const client = fields.text('assigned_addr', 'client_addr', 'requested_addr') ?? fields.text('host_name', 'mac');
  const source = endpoint(client);
  const server = endpoint(fields.text('server_addr'));
  if (!source && !server) return undefined;
  const messages = [fields.value('msg_types')].flat();
  const activityId = DHCP_MESSAGES[plainText(messages.at(-1))] ?? DhcpActivityId.Unknown;
  const attributes = present({ src_endpoint: source, dst_endpoint: server }) ?? {};
  return { classUid: ClassUid.DhcpActivity, activityId, attributes };
}

const TUNNEL_ACTIONS: { readonly [action: string]: number } = {
  'Tunnel::DISCOVER': TunnelActivityId.Open,
  'Tunnel::CLOSE': TunnelActivityId.Close,
  'Tunnel::EXPIRE': TunnelActivityId.Close,
};

function tunnel(fields: FieldReader): Mapped | undefined {
  const type = fields.text('tunnel_type')?.replace(/^Tunnel::/, '');
  const attributes = { ...ends(fields), ...present({ protocol_name: type }) };
  const activityId = TUNNEL_ACTIONS[fields.text('action') ?? ''] ?? TunnelActivityId.Unknown;
  return { classUid: ClassUid.TunnelActivity, activityId, attributes };
}
