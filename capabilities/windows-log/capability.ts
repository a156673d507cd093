import type { Capability } from '@yuheng/engine';
import { logsources } from './logsources.ts';
import { evtx } from './sources/evtx.ts';
import { windowsJson } from './sources/json.ts';
import { windowsXml } from './sources/xml.ts';

/** Windows events in all forms they are passed on in. */
export const windowsLog: Capability = {
  id: 'windows-log',
  title: { en: 'Windows event logs', 'zh-CN': 'Windows 事件日志' },
  summary: {
    en: 'Reads event log files, their JSON and XML exports, and finds what attackers do on Windows hosts and in domains.',
    'zh-CN': '读取事件日志文件及其 JSON、XML 导出，发现攻击者在 Windows 主机和域中的行为。',
  },
  terms: ['T004', 'T002'],
  sources: [evtx, windowsJson, windowsXml],
  logsources,
};
