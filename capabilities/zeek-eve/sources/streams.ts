/** Zeek's log streams that rules name as services. */
export const ZEEK_STREAMS = [
  'conn',
  'dce_rpc',
  'dhcp',
  'dnp3',
  'dns',
  'files',
  'ftp',
  'http',
  'kerberos',
  'ldap',
  'ldap_search',
  'modbus',
  'mysql',
  'notice',
  'ntlm',
  'pe',
  'quic',
  'radius',
  'rdp',
  'rfb',
  'sip',
  'smb_files',
  'smb_mapping',
  'smtp',
  'snmp',
  'socks',
  'software',
  'ssh',
  'ssl',
  'syslog',
  'tunnel',
  'weird',
  'x509',
] as const;

/** EVE's event types that rules name as services. */
export const EVE_TYPES = [
  'alert',
  'anomaly',
  'dcerpc',
  'dhcp',
  'dns',
  'drop',
  'fileinfo',
  'flow',
  'ftp',
  'http',
  'ike',
  'krb5',
  'ldap',
  'mqtt',
  'netflow',
  'nfs',
  'quic',
  'rdp',
  'rfb',
  'sip',
  'smb',
  'smtp',
  'snmp',
  'ssh',
  'tftp',
  'tls',
] as const;

const KNOWN: ReadonlySet<string> = new Set([...ZEEK_STREAMS, ...EVE_TYPES]);

/** A record's kind. Names that no rule asks for share one, since the engine keeps a plan for each kind and names come from the input. */
export function kindOf(source: string, name: string): string {
  const lower = name.toLowerCase();
  return KNOWN.has(lower) ? `${source}:${lower}` : source;
}
