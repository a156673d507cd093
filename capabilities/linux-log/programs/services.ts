import type { MessagePattern } from './message-pattern.ts';

/** What cron daemons and crontab say. */
export const CRON: readonly MessagePattern[] = [
  { sentence: /^\((?<user>[^)]*)\) CMD \((?<command>.*)\)\s*$/s, says: { action: 'command' } },
  { sentence: /^\((?<user>[^)]*)\) REPLACE \((?<crontab>[^)]*)\)$/, says: { action: 'crontab_replaced' } },
  { sentence: /^\((?<user>[^)]*)\) DELETE \((?<crontab>[^)]*)\)$/, says: { action: 'crontab_deleted' } },
  { sentence: /^\((?<user>[^)]*)\) BEGIN EDIT \((?<crontab>[^)]*)\)$/, says: { action: 'crontab_edit' } },
  { sentence: /^\((?<user>[^)]*)\) LIST \((?<crontab>[^)]*)\)$/, says: { action: 'crontab_listed' } },
  { sentence: /^\((?<user>[^)]*)\) RELOAD \((?<crontab>.*)\)$/, says: { action: 'crontab_loaded' } },
];

/** What systemd-logind says. */
export const LOGIND: readonly MessagePattern[] = [
  {
    sentence: /^New session '?(?<session>[^\s']+)'? of user '?(?<user>[^\s']+?)'?(?: with .*)?\.?$/,
    says: { action: 'session_opened' },
  },
  { sentence: /^Removed session (?<session>\S+?)\.$/, says: { action: 'session_closed' } },
  { sentence: /^Session (?<session>\S+) logged out\./, says: { action: 'session_closed' } },
];

/** What systemd says of its units. */
export const SYSTEMD: readonly MessagePattern[] = [
  { sentence: /^Started (?<unit>.+?)\.$/, says: { action: 'unit_started' } },
  { sentence: /^Stopped (?<unit>.+?)\.$/, says: { action: 'unit_stopped' } },
  { sentence: /^(?<unit>\S+): Deactivated successfully\.$/, says: { action: 'unit_stopped' } },
];

/** What ClamAV says of a file that it found. */
export const CLAMAV: readonly MessagePattern[] = [
  {
    sentence: /^(?<Filename>.+): (?<Signature>[^\s:(]{1,128}(?:\([^)]{0,128}\))?) FOUND$/,
    says: { action: 'malware_found' },
  },
];

/** What vsftpd says. */
export const VSFTPD: readonly MessagePattern[] = [
  {
    sentence:
      /^(?:\[pid \d+\] )?(?:\[(?<user>[^\]]*)\] )?(?<result>OK|FAIL) LOGIN: Client "(?:::ffff:)?(?<src_ip>[^"]+)"/,
    says: { action: 'ftp_login' },
  },
];
