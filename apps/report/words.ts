import type { Language, Status } from '@yuheng/engine';
import { html, type Html } from './html.ts';

/** A text in both languages; both stand in the report, the switch shows one. */
export interface Both {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** Both languages of a text, inline. */
export function say(text: Both): Html {
  if (text.en === text['zh-CN']) return html`${text.en}`;
  return html`<span lang="en">${text.en}</span><span lang="zh-CN">${text['zh-CN']}</span>`;
}

/** A heading of a part of an incident, one level below the incident's own. */
export type PartLevel = 2 | 3;

/** A heading in both languages. */
export function heading(level: PartLevel, text: Both): Html {
  return level === 2 ? html`<h2>${say(text)}</h2>` : html`<h3>${say(text)}</h3>`;
}

/** Both languages of something made of inline HTML. */
export function sayHtml(make: (language: Language) => Html): Html {
  return html`<span lang="en">${make('en')}</span><span lang="zh-CN">${make('zh-CN')}</span>`;
}

/** Both languages of something made of blocks. */
export function sayBlock(make: (language: Language) => Html): Html {
  return html`<div lang="en">${make('en')}</div>
    <div lang="zh-CN">${make('zh-CN')}</div>`;
}

/** The report's own words. */
export const WORDS = {
  report: { en: 'Yuheng hunt report', 'zh-CN': '玉衡狩猎报告' },
  incidentReport: { en: 'Yuheng incident report', 'zh-CN': '玉衡安全事件报告' },
  language: { en: 'Language', 'zh-CN': '语言' },
  theme: { en: 'Theme', 'zh-CN': '主题' },
  light: { en: 'light', 'zh-CN': '浅色' },
  dark: { en: 'dark', 'zh-CN': '深色' },
  contents: { en: 'Contents', 'zh-CN': '目录' },
  incidents: { en: 'Incidents', 'zh-CN': '安全事件' },
  noIncident: {
    en: 'No findings belong together strongly enough to be an incident.',
    'zh-CN': '没有关联足够紧密、可构成安全事件的发现。',
  },
  timeline: { en: 'Findings over time', 'zh-CN': '发现随时间的分布' },
  story: { en: 'What happened', 'zh-CN': '经过' },
  graph: { en: 'Who and what was involved', 'zh-CN': '涉及的对象' },
  evidence: { en: 'Evidence', 'zh-CN': '证据' },
  known: { en: 'What we know', 'zh-CN': '已知' },
  guessed: { en: 'What we guess', 'zh-CN': '推测' },
  next: { en: 'What to do next', 'zh-CN': '下一步' },
  severity: { en: 'Severity', 'zh-CN': '级别' },
  score: { en: 'Score', 'zh-CN': '评分' },
  first: { en: 'First seen', 'zh-CN': '首次' },
  last: { en: 'Last seen', 'zh-CN': '末次' },
  hosts: { en: 'Hosts', 'zh-CN': '主机' },
  users: { en: 'Users', 'zh-CN': '账户' },
  addresses: { en: 'Addresses', 'zh-CN': '地址' },
  status: { en: 'Status', 'zh-CN': '状态' },
  statusNew: { en: 'new, nobody assigned', 'zh-CN': '新建，未分派' },
  inNdjson: { en: 'in the NDJSON', 'zh-CN': '见 NDJSON' },
  onServer: { en: 'on the server', 'zh-CN': '见服务器' },
  findings: { en: 'Findings', 'zh-CN': '发现' },
  finding: { en: 'Finding', 'zh-CN': '发现' },
  rule: { en: 'Rule', 'zh-CN': '规则' },
  rules: { en: 'All findings by rule', 'zh-CN': '按规则列出的全部发现' },
  count: { en: 'Count', 'zh-CN': '次数' },
  perHost: { en: 'By host', 'zh-CN': '按主机' },
  perUser: { en: 'By user', 'zh-CN': '按账户' },
  host: { en: 'Host', 'zh-CN': '主机' },
  user: { en: 'User', 'zh-CN': '账户' },
  attack: { en: 'ATT&CK tactics and techniques', 'zh-CN': 'ATT&CK 战术与技术' },
  tactic: { en: 'Tactic', 'zh-CN': '战术' },
  techniques: { en: 'Techniques', 'zh-CN': '技术' },
  books: { en: 'What was read', 'zh-CN': '读取情况' },
  more: { en: 'How to see everything', 'zh-CN': '查看全部' },
  moreText: {
    en: 'This report shows the first findings of each rule. Every finding with all its evidence: yuheng hunt <same paths> --out findings.ndjson; as a timeline for a spreadsheet or Timesketch: --out findings.csv.',
    'zh-CN':
      '本报告只列出每条规则最先的若干发现。全部发现及证据：yuheng hunt <相同路径> --out findings.ndjson；时间线（电子表格或 Timesketch）：--out findings.csv。',
  },
  time: { en: 'Time (UTC)', 'zh-CN': '时间（UTC）' },
  event: { en: 'The event', 'zh-CN': '事件' },
  matched: { en: 'Matched', 'zh-CN': '命中' },
  raw: { en: 'Raw record', 'zh-CN': '原始记录' },
  decoded: { en: 'Decoded PowerShell', 'zh-CN': '解码后的 PowerShell' },
  source: { en: 'Source', 'zh-CN': '来源' },
  cut: { en: 'cut here; the finding itself has all of it', 'zh-CN': '此处截断；发现本身含有全文' },
  falsePositives: { en: 'Could be harmless when', 'zh-CN': '可能无害的情形' },
} satisfies { readonly [name: string]: Both };

/** States of an incident in words. */
export const STATUS_WORDS: { readonly [status in Status]: Both } = {
  new: { en: 'New', 'zh-CN': '新建' },
  open: { en: 'Open', 'zh-CN': '处理中' },
  closed: { en: 'Closed', 'zh-CN': '已关闭' },
  'false-positive': { en: 'False positive', 'zh-CN': '误报' },
};

/** Score parts in words. */
export const PARTS: { readonly [part: string]: Both } = {
  severity: { en: 'worst finding', 'zh-CN': '最严重的发现' },
  rules: { en: 'different rules', 'zh-CN': '不同规则' },
  tactics: { en: 'tactics', 'zh-CN': '战术' },
  hosts: { en: 'more hosts', 'zh-CN': '更多主机' },
};

/** Kinds of entities in words. */
export const KINDS: { readonly [kind: string]: Both } = {
  address: { en: 'address', 'zh-CN': '地址' },
  host: { en: 'host', 'zh-CN': '主机' },
  user: { en: 'user', 'zh-CN': '账户' },
  logon: { en: 'logon', 'zh-CN': '登录会话' },
  process: { en: 'process', 'zh-CN': '进程' },
  file: { en: 'file', 'zh-CN': '文件' },
  hash: { en: 'hash', 'zh-CN': '散列' },
  domain: { en: 'domain', 'zh-CN': '域名' },
};
