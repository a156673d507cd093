import type { Capability } from '@yuheng/engine';
import { logsources } from './logsources.ts';
import { auditd } from './sources/auditd.ts';
import { azureSyslog } from './sources/azure-syslog.ts';
import { journaldExport } from './sources/journald-export.ts';
import { journaldJson } from './sources/journald-json.ts';
import { laurel } from './sources/laurel.ts';
import { sysmonLinux } from './sources/sysmon-linux.ts';
import { syslog } from './sources/syslog.ts';

/** What Linux hosts record: logins, privileges, processes, files, packets. */
export const linuxLog: Capability = {
  id: 'linux-log',
  title: { en: 'Linux host logs', 'zh-CN': 'Linux 主机日志' },
  summary: {
    en: 'Reads syslog, the audit log, the systemd journal and Sysmon for Linux, and finds intrusions from the first guessed password to the hidden trace.',
    'zh-CN': '读取 syslog、审计日志、systemd 日志和 Sysmon for Linux，发现从口令猜测到清除痕迹的入侵全过程。',
  },
  terms: ['T004', 'T001', 'T035'],
  sources: [syslog, auditd, laurel, journaldJson, journaldExport, azureSyslog, sysmonLinux],
  logsources,
};
