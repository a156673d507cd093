import type { Language } from '../words.ts';

type Step = { readonly [language in Language]: string };

/** What to do next, by what was done: one or two concrete steps a tactic. */
const STEPS: { readonly [tactic: string]: readonly Step[] } = {
  'initial-access': [
    {
      en: 'Find how it came in: mail, web request or login at the first time shown; block that way.',
      'zh-CN': '查明入口：核对首次时间附近的邮件、Web 请求或登录，并封堵该途径。',
    },
  ],
  execution: [
    {
      en: 'Save the scripts and programs named in the evidence; check whether they ran on other hosts.',
      'zh-CN': '保存证据中的脚本与程序，检查它们是否在其他主机上运行过。',
    },
  ],
  persistence: [
    {
      en: 'Remove the service, task, key or account that was added, after saving a copy of it.',
      'zh-CN': '留存副本后，删除新增的服务、计划任务、注册表键或账户。',
    },
  ],
  'privilege-escalation': [
    {
      en: 'Treat the host as fully controlled by the attacker; patch or close what was abused.',
      'zh-CN': '将该主机视为已被完全控制；修补或关闭被利用的弱点。',
    },
  ],
  stealth: [
    {
      en: 'Look for what the named file or process hides behind; trust other sources more than this host’s own logs.',
      'zh-CN': '查清所列文件或进程掩盖了什么；更多依据其他来源，而非本机日志。',
    },
  ],
  'defense-impairment': [
    {
      en: 'Switch protection and logging on again, and read what was recorded elsewhere during the gap.',
      'zh-CN': '恢复防护与日志记录，并查看空档期间其他设备的记录。',
    },
  ],
  'credential-access': [
    {
      en: 'Change the passwords of every account that was signed in on the host; end its sessions and tickets.',
      'zh-CN': '更改在该主机登录过的所有账户的口令，注销其会话与票据。',
    },
  ],
  discovery: [
    {
      en: 'Note what was looked for: it tells where they want to go next.',
      'zh-CN': '记下被查看的对象：它指示下一步的目标。',
    },
  ],
  'lateral-movement': [
    {
      en: 'Isolate the hosts at both ends and hunt on the target with this report’s accounts and addresses.',
      'zh-CN': '隔离两端主机，并以本报告中的账户与地址在目标主机上继续排查。',
    },
  ],
  collection: [
    {
      en: 'List the data that was within reach of the account shown; tell its owner.',
      'zh-CN': '列出所示账户可接触的数据，并通知数据负责人。',
    },
  ],
  'command-and-control': [
    {
      en: 'Block the address or domain at the border, and look for other hosts that spoke to it.',
      'zh-CN': '在边界封堵该地址或域名，并查找与其通信的其他主机。',
    },
  ],
  exfiltration: [
    {
      en: 'Estimate what left by the bytes in proxy and firewall logs; involve those who must report it.',
      'zh-CN': '依据代理与防火墙流量估计外流数据，并通知有报告义务的部门。',
    },
  ],
  impact: [
    {
      en: 'Secure the backups first; then restore from before the first time shown.',
      'zh-CN': '首先保护备份，再恢复到首次时间之前的状态。',
    },
  ],
  reconnaissance: [
    { en: 'Check whether a request of the same address succeeded.', 'zh-CN': '检查同一地址是否有请求成功。' },
  ],
};

/** The steps for these tactics (short names), in the order given, each once. */
export function nextSteps(tactics: readonly string[], language: Language): string[] {
  return [...new Set(tactics)].flatMap((tactic) => (STEPS[tactic] ?? []).map((step) => step[language]));
}
