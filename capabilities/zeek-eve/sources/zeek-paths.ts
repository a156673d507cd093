import type { Fields } from '@yuheng/engine';

/**
 * Fields that only one log stream has, for JSON without `_path` (Zeek's own default): all of a row must be there. Rows before others
 * are surer; unset fields are not written, so each stream is known by what its entries always carry.
 */
const SIGNS: readonly (readonly [path: string, ...fields: string[]])[] = [
  ['conn', 'uid', 'conn_state'],
  ['conn', 'uid', 'proto', 'history', 'missed_bytes'],
  ['x509', 'certificate.serial'],
  ['notice', 'note', 'actions'],
  ['smb_files', 'uid', 'action', 'times.modified'],
  ['smb_mapping', 'uid', 'share_type'],
  ['dce_rpc', 'uid', 'endpoint', 'operation'],
  ['dce_rpc', 'uid', 'named_pipe', 'rtt'],
  ['kerberos', 'uid', 'request_type'],
  ['ntlm', 'uid', 'server_nb_computer_name'],
  ['ntlm', 'uid', 'hostname', 'domainname'],
  ['rdp', 'uid', 'security_protocol'],
  ['rdp', 'uid', 'cookie', 'cert_count'],
  ['ssh', 'uid', 'client', 'kex_alg'],
  ['ssh', 'uid', 'auth_attempts'],
  ['ssl', 'uid', 'established', 'resumed'],
  ['http', 'uid', 'trans_depth', 'request_body_len'],
  ['smtp', 'uid', 'trans_depth', 'fuids'],
  ['dns', 'uid', 'trans_id', 'rejected'],
  ['dns', 'uid', 'query', 'qtype_name'],
  ['ftp', 'uid', 'command', 'user', 'reply_code'],
  ['dhcp', 'uids', 'msg_types'],
  ['snmp', 'uid', 'community', 'get_requests'],
  ['ldap_search', 'uid', 'message_id', 'scope'],
  ['ldap', 'uid', 'message_id', 'opcode'],
  ['radius', 'uid', 'result', 'username'],
  ['tunnel', 'tunnel_type', 'action'],
  ['files', 'fuid', 'source', 'seen_bytes'],
  ['pe', 'id', 'machine', 'is_exe'],
  ['software', 'host', 'software_type'],
  ['modbus', 'uid', 'func'],
  ['dnp3', 'uid', 'fc_request'],
  ['ntp', 'uid', 'stratum', 'poll'],
  ['quic', 'uid', 'version', 'client_initial_dcid'],
  ['dpd', 'uid', 'analyzer', 'failure_reason'],
  ['weird', 'name', 'notice', 'peer'],
];

/** The log stream of a JSON entry: what it says itself, else what its fields tell; `undefined` when it is none of Zeek's. */
export function pathOf(fields: Fields): string | undefined {
  const named = fields['_path'];
  if (isPath(named)) return named;
  return SIGNS.find(([, ...names]) => names.every((name) => fields[name] !== undefined))?.[0];
}

/** Whether an entry names its log stream. */
export function isPath(named: unknown): named is string {
  return typeof named === 'string' && /^\w{1,64}$/.test(named);
}
