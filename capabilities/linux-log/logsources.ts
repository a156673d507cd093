import type { LogsourceCondition, LogsourceEntry } from '@yuheng/engine';

/** Everything that this capability reads. */
const LINUX = ['syslog', 'auditd', 'laurel', 'journald-json', 'journald-export', 'azure-syslog', 'sysmon-linux'];

/** Records by what they are about (`log_type`), whatever carried them. */
function about(logTypes: readonly string[], aliases?: LogsourceCondition['aliases']): LogsourceCondition {
  return { source: LINUX, fields: { log_type: logTypes }, ...(aliases ? { aliases } : {}) };
}

function service(name: string, ...logTypes: string[]): LogsourceEntry {
  return { product: 'linux', service: name, where: [about(logTypes)] };
}

function sysmon(category: string, ...ids: number[]): LogsourceEntry {
  return { product: 'linux', category, where: [about(ids.map((id) => `sysmon:${id}`))] };
}

/** auditd's names for what Sysmon calls otherwise. Only LAUREL tells of the parent. */
const EXECVE = about(['execve'], {
  Image: 'exe',
  CommandLine: 'cmdline',
  CurrentDirectory: 'cwd',
  User: 'EUID',
  ProcessId: 'pid',
  ParentProcessId: 'ppid',
  ParentImage: 'ppid_exe',
  LogonId: 'ses',
});

const AUTH = ['sshd', 'sudo', 'su', 'pkexec', 'login', 'account', 'auth'];
const SYSLOG = [
  ...AUTH,
  'cron',
  'kernel',
  'packet',
  'systemd',
  'clamav',
  'vsftpd',
  'guacamole',
  'proxmox',
  'mail',
  'appliance',
  'honeypot',
  'other',
];

/** Which records answer a rule's logsource, as SigmaHQ names them. */
export const logsources: readonly LogsourceEntry[] = [
  { product: 'linux', where: [{ source: LINUX }] },

  { product: 'linux', category: 'process_creation', where: [about(['sysmon:1']), EXECVE] },
  sysmon('network_connection', 3),
  sysmon('sysmon_status', 4, 16),
  sysmon('process_termination', 5),
  sysmon('raw_access_thread', 9),
  sysmon('process_access', 10),
  sysmon('file_event', 11),
  sysmon('file_delete', 23, 26),
  { product: 'linux', service: 'sysmon', where: [about(Array.from({ length: 30 }, (_, id) => `sysmon:${id}`))] },

  service('auditd', 'auditd', 'execve'),
  service('auth', ...AUTH),
  service('sshd', 'sshd'),
  service('sudo', 'sudo'),
  service('su', 'su'),
  service('cron', 'cron'),
  service('syslog', ...SYSLOG),
  service('clamav', 'clamav'),
  service('vsftpd', 'vsftpd'),
  service('guacamole', 'guacamole'),

  { category: 'firewall', where: [about(['packet'])] },
  { category: 'antivirus', where: [about(['clamav'])] },
];
