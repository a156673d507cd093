import type { Fields } from '@yuheng/engine';
import { ACCOUNTS } from './accounts.ts';
import { COWRIE, DOVECOT, FIREWALL_GUI, PROXMOX } from './daemons.ts';
import { readKernel } from './kernel.ts';
import { readMessage, type MessagePattern } from './message-pattern.ts';
import { readFilterlog } from './packet-filter.ts';
import { readPam } from './pam.ts';
import { readPkexec, readSu, readSudo } from './privilege.ts';
import { CLAMAV, CRON, LOGIND, SYSTEMD, VSFTPD } from './services.ts';
import { SSHD } from './sshd.ts';

/** What is known of a kind of program: the log it belongs to, and how its messages are read. */
interface Reader {
  readonly logType: LogType;
  readonly read: (message: string, fields: Fields) => unknown;
}

/** Kinds of records that rules tell apart; few on purpose, since programs may be named anything. */
export type LogType =
  | 'account'
  | 'appliance'
  | 'auth'
  | 'clamav'
  | 'cron'
  | 'guacamole'
  | 'honeypot'
  | 'kernel'
  | 'login'
  | 'mail'
  | 'packet'
  | 'other'
  | 'pkexec'
  | 'proxmox'
  | 'sshd'
  | 'su'
  | 'sudo'
  | 'systemd'
  | 'vsftpd';

const silent = (): void => {};
const by = (logType: LogType, patterns: readonly MessagePattern[]): Reader => ({
  logType,
  read: (message, fields) => readMessage(patterns, message, fields),
});

const SSHD_READER = by('sshd', SSHD);
const CRON_READER = by('cron', CRON);
const ACCOUNT_READER = by('account', ACCOUNTS);
const CLAMAV_READER = by('clamav', CLAMAV);
const PROXMOX_READER = by('proxmox', PROXMOX);
const APPLIANCE_READER = by('appliance', FIREWALL_GUI);
const LOGIN_READER: Reader = { logType: 'login', read: silent };
const GUACAMOLE_READER: Reader = { logType: 'guacamole', read: silent };

/** Programs by name, in lower case and without a path or PAM module. */
const READERS = new Map<string, Reader>([
  ['sshd', SSHD_READER],
  ['sshd-session', SSHD_READER],
  ['sshd-auth', SSHD_READER],
  ['sudo', { logType: 'sudo', read: readSudo }],
  ['su', { logType: 'su', read: readSu }],
  ['pkexec', { logType: 'pkexec', read: readPkexec }],
  ['polkitd', LOGIN_READER],
  ['login', LOGIN_READER],
  ['gdm', LOGIN_READER],
  ['systemd-logind', by('login', LOGIND)],
  ['systemd', by('systemd', SYSTEMD)],
  ['cron', CRON_READER],
  ['crond', CRON_READER],
  ['crontab', CRON_READER],
  ['anacron', CRON_READER],
  ...[
    'useradd',
    'usermod',
    'userdel',
    'adduser',
    'groupadd',
    'groupmod',
    'groupdel',
    'gpasswd',
    'passwd',
    'chage',
    'chpasswd',
  ].map((name): [string, Reader] => [name, ACCOUNT_READER]),
  ['kernel', { logType: 'kernel', read: readKernel }],
  ['clamd', CLAMAV_READER],
  ['clamav', CLAMAV_READER],
  ['clamscan', CLAMAV_READER],
  ['vsftpd', by('vsftpd', VSFTPD)],
  ['guacd', GUACAMOLE_READER],
  ['guacamole', GUACAMOLE_READER],
  ['dovecot', by('mail', DOVECOT)],
  ['php-fpm', APPLIANCE_READER],
  ['audit', APPLIANCE_READER],
  ['cowrie', by('honeypot', COWRIE)],
  ['filterlog', { logType: 'packet', read: readFilterlog }],
  ['pvedaemon', PROXMOX_READER],
  ['pveproxy', PROXMOX_READER],
]);

/** Reads a program's message into fields. `program` may carry a path (`/USR/SBIN/CRON`) or a PAM module (`su(pam_unix)`). */
export function readProgramMessage(
  program: string,
  facility: string | undefined,
  message: string,
  fields: Fields,
): void {
  const reader = READERS.get(
    program
      .replace(/\(pam_\w+\)$/, '')
      .replace(/^.*\//, '')
      .toLowerCase(),
  );
  fields['log_type'] = reader?.logType ?? (facility === 'auth' || facility === 'authpriv' ? 'auth' : 'other');
  if (readPam(program, message, fields)) fields['log_type'] = reader?.logType ?? 'auth';
  else reader?.read(message, fields);
}
