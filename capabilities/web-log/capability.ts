import type { Capability } from '@yuheng/engine';
import { logsources } from './logsources.ts';
import { iisW3c } from './sources/iis-w3c.ts';
import { webAccess } from './sources/web-access.ts';
import { webError } from './sources/web-error.ts';

/** What web servers record of the requests that reach them. */
export const webLog: Capability = {
  id: 'web-log',
  title: { en: 'Web server logs', 'zh-CN': 'Web 服务器日志' },
  summary: {
    en: 'Reads access and error logs of Apache, nginx and IIS, and finds scans, exploits, web shells and guessed passwords.',
    'zh-CN': '读取 Apache、nginx 和 IIS 的访问日志与错误日志，发现扫描、漏洞利用、网页后门和口令猜测。',
  },
  terms: ['T001', 'T035'],
  sources: [webAccess, iisW3c, webError],
  logsources,
};
