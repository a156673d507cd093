import { formatInstant, type Record } from '@yuheng/engine';

/** Reads out of a record what an assertion names. */
type Reading = (record: Record) => unknown;

const field =
  (...names: readonly string[]): Reading =>
  ({ fields }) =>
    names.map((name) => fields[name]).find((value) => value !== undefined);

const SOURCE_IP = field('src_ip');
const USER = field('user');
const PROTOCOL: Reading = ({ fields }) => String(fields['proto']).toLowerCase();

/** Words that CrowdSec puts on a kind of event, and how a record of that kind is told here. */
const LABELS: { readonly [word: string]: (record: Record) => boolean } = {
  'CVE-2021-4034-xpl': ({ fields }) => fields['action'] === 'pkexec',
  'ssh_failed-auth': ({ fields }) =>
    fields['log_type'] === 'sshd' && /^(?:failed|invalid_user|auth_abandoned)$/.test(String(fields['action'])),
  auth_success: ({ fields }) => fields['action'] === 'accepted',
  dovecot_logs: ({ fields }) => fields['log_type'] === 'mail',
  'pfsense-gui-failed-auth': ({ fields }) => fields['log_type'] === 'appliance' && fields['action'] === 'failed',
  'opnsense-gui-failed-auth': ({ fields }) => fields['log_type'] === 'appliance' && fields['action'] === 'failed',
  'pve_failed-auth': ({ fields }) => fields['log_type'] === 'proxmox' && fields['action'] === 'failed',
  'synology-dsm_failed_auth': ({ fields }) => fields['action'] === 'pam_failed',
  pam_failed_auth: ({ fields }) => fields['action'] === 'pam_failed',
  pam_user_lock: ({ fields }) => fields['action'] === 'pam_locked',
  pf: ({ fields }) => fields['log_type'] === 'packet',
  pf_drop: ({ fields }) => fields['log_type'] === 'packet' && fields['action'] === 'blocked',
  iptables_drop: ({ fields }) => fields['log_type'] === 'packet' && fields['PROTO'] !== undefined,
  kernel: ({ fields }) => fields['log_type'] === 'kernel',
  segfault: ({ fields }) => fields['action'] === 'segfault',
  telnet_new_session: ({ fields }) => fields['log_type'] === 'honeypot' && fields['action'] === 'connection',
  execve: ({ fields }) => fields['SYSCALL'] === 'execve',
  anom_abend: ({ fields }) => fields['type'] === 'ANOM_ABEND',
  audit: ({ fields }) => fields['serial'] !== undefined,
  laurel: ({ origin }) => origin.source === 'laurel',
  auditd: ({ origin }) => origin.source === 'auditd',
  ssh: ({ fields }) => fields['log_type'] === 'sshd',
  pam: ({ fields }) => fields['pam_module'] !== undefined,
  pvedaemon: ({ fields }) => fields['program'] === 'pvedaemon',
  telnet: ({ fields }) => fields['log_type'] === 'honeypot',
  'pfsense-gui': ({ fields }) => fields['log_type'] === 'appliance',
  'opnsense-gui': ({ fields }) => fields['log_type'] === 'appliance',
  'synology-dsm': ({ fields }) => fields['pam_service'] === 'webui',
  auth_failed: ({ fields }) =>
    fields['log_type'] === 'mail' && /^(?:failed|auth_abandoned)$/.test(String(fields['action'])),
};

/** The word itself where the record is of the kind that it stands for. */
export function labelOf(word: string, record: Record): string | undefined {
  const test = LABELS[word];
  return test ? (test(record) ? word : undefined) : PROTOCOL(record) === word ? word : undefined;
}

/** The time of year: upstream gave dates without a year the year of its run. */
const TIME_OF_YEAR: Reading = ({ time }) => formatInstant(time).slice(4, 19);

/** What CrowdSec's names are called here, by scope and name. */
export const NAMES: { readonly [name: string]: Reading } = {
  'Parsed.message': ({ fields, raw, origin }) => (origin.source === 'syslog' ? fields['message'] : raw),
  'Parsed.program': ({ fields, origin }) => (origin.source === 'syslog' ? fields['program'] : origin.source),
  'Parsed.pid': field('comm_pid', 'pid'),
  'Parsed.timestamp': ({ fields, raw }) => fields['timestamp'] ?? /(\d{9,}\.\d{3}):\d/.exec(raw)?.[1],
  'Parsed.timestamp8601': field('timestamp'),
  'Parsed.syslog_priority': field('priority'),
  'Parsed.syslog_version': field('version'),
  'Parsed.seq_id': ({ fields }) =>
    (fields['structured_data'] as { meta?: { sequenceId?: string } } | undefined)?.meta?.sequenceId,
  'Meta.machine': field('hostname'),
  'Meta.timestamp': TIME_OF_YEAR,
  'Enriched.MarshaledTime': TIME_OF_YEAR,

  'Meta.source_ip': SOURCE_IP,
  'Parsed.source_ip': SOURCE_IP,
  'Parsed.client_ip': SOURCE_IP,
  'Parsed.sshd_client_ip': SOURCE_IP,
  'Parsed.dovecot_remote_ip': SOURCE_IP,
  'Parsed.sshd_client_port': field('src_port'),
  'Parsed.dest_ip': field('dst_ip'),
  'Meta.dest_ip': field('dst_ip'),
  'Parsed.dest_port': field('dst_port'),
  'Meta.dest_port': field('dst_port'),
  'Parsed.dovecot_local_ip': field('dst_ip'),

  'Meta.user': USER,
  'Meta.username': USER,
  'Meta.target_user': USER,
  'Meta.source_user': USER,
  'Parsed.source_user': USER,
  'Parsed.username': USER,
  'Parsed.sshd_auth_user': USER,
  'Parsed.sshd_invalid_user': USER,
  'Parsed.dovecot_user': USER,
  'Parsed.sshd_trail': ({ fields }) => (fields['key'] === undefined ? undefined : `: ${String(fields['key'])}`),
  'Parsed.dovecot_login_message': field('reason'),
  'Parsed.dovecot_user_backend': field('backend'),
  'Parsed.telnet_session': field('session'),

  'Parsed.int_eth': field('IN'),
  'Meta.iface': field('iface'),
  'Meta.ruleid': field('tracker'),
  'Meta.rulenr': field('rule'),
  'Parsed.action': field('pf_action'),
  'Parsed.ip4_tos': field('tos'),
  'Parsed.ip4_ttl': field('ttl'),
  'Parsed.ip4_id': field('id'),
  'Parsed.ip4_offset': field('offset'),
  'Parsed.ip4_flags': field('flags'),
  'Parsed.ip4_proto': field('proto'),
  'Parsed.ip4_proto_id': field('proto_id'),
  'Parsed.ip6_class': field('class'),
  'Parsed.ip6_flow_label': field('flow_label'),
  'Parsed.ip6_hop_limit': field('hop_limit'),
  'Parsed.ip6_proto': field('proto'),
  'Parsed.ip6_proto_id': field('proto_id'),
  'Parsed.sequence_number': field('seq'),
  'Parsed.ack_number': field('ack'),
  'Parsed.tcp_window': field('window'),

  'Parsed.binary': field('comm'),
  'Meta.binary': field('comm'),
  'Parsed.rip': field('ip'),
  'Parsed.err_num': field('error'),

  'Parsed.event_inc_id': field('serial'),
  'Meta.auditd_eventid': field('serial'),
  'Meta.parent_progname': field('ppid_exe'),
};

/** What an assertion's path names in a record. A name that is the same here needs no entry above. */
export function read(scope: string, path: readonly string[], record: Record): unknown {
  const { fields } = record;
  const last = path.at(-1)!;
  if (scope === 'Unmarshaled') return readTree(path.slice(1), record);
  const reading = NAMES[`${scope}.${last}`];
  return reading ? reading(record) : fields[last];
}

/** LAUREL's tree, flat here: `SYSCALL.PPID.exe`, `PATH.0.name`, `EXECVE.ARGV.2`. */
function readTree(path: readonly string[], { fields, raw, origin }: Record): unknown {
  const [type, second, third] = path;
  if (origin.source !== 'laurel' && type !== 'msg' && type !== 'type') return fields[type!];
  if (type === 'ID') return /"ID":"([^"]*)"/.exec(raw)?.[1];
  if (type === 'PATH')
    return (fields['paths'] as { [name: string]: unknown }[] | undefined)?.[Number(second)]?.[third!];
  if (second === 'ARGV') return type === 'EXECVE' || fields['cmdline'] === undefined ? fields[`a${third}`] : undefined;
  if (second === 'PPID' || second === 'PID') return fields[`${second.toLowerCase()}_${third}`];
  if (type === 'type' && Array.isArray(fields['type'])) return fields['type'][0];
  if (type === 'msg') return /msg=(audit\(\S+)/.exec(raw)?.[1];
  return fields[path.at(-1)!];
}
