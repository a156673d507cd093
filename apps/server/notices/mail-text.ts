import { levelName, type Language } from '@yuheng/engine';
import type { News } from './news.ts';
import { plainLine } from './plain-line.ts';

/** Characters of a subject. */
export const MAX_SUBJECT = 150;

/** A mail in plain text. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Writes the mail that tells of an incident. */
export function writeMail({ tenant, incident, url }: News, language: Language): MailText {
  const { severity, titles, findings, rules, entities } = incident;
  const title = titles[language];
  const words = WORDS[language];
  const level = levelName(severity, language);
  const ruleLines = rules.map((rule) => `- ${words.rule(rule.title, levelName(rule.level, language), rule.findings)}`);
  const entityLines = entities.map(({ kind, value }) => `- ${words.kinds[kind] ?? kind} ${value}`);
  const lines = [
    title,
    '',
    words.severity(level),
    words.tenant(tenant),
    words.time(instant(incident.start_time), instant(incident.end_time)),
    words.findings(findings),
    '',
    words.rules,
    ...ruleLines,
    '',
    words.entities,
    ...entityLines,
    '',
    url,
    '',
  ];
  return { subject: plainLine(words.subject(level, title), MAX_SUBJECT), text: lines.join('\n') };
}

/** Events can claim times that no calendar has. */
function instant(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : '?';
}

const WORDS = {
  en: {
    subject: (level: string, title: string) => `[Yuheng] ${level}: ${title}`,
    severity: (level: string) => `Severity: ${level}`,
    tenant: (name: string) => `Tenant: ${name}`,
    time: (start: string, end: string) => `Time: ${start} to ${end}`,
    findings: (count: number) => `Findings: ${count}`,
    rules: 'Rules',
    rule: (title: string, level: string, findings: number) => `${title} (${level}, ${findings})`,
    entities: 'Who and what',
    kinds: {} as { readonly [kind: string]: string },
  },
  'zh-CN': {
    subject: (level: string, title: string) => `[玉衡] ${level}：${title}`,
    severity: (level: string) => `级别：${level}`,
    tenant: (name: string) => `租户：${name}`,
    time: (start: string, end: string) => `时间：${start} 至 ${end}`,
    findings: (count: number) => `发现：${count}`,
    rules: '规则',
    rule: (title: string, level: string, findings: number) => `${title}（${level}，${findings}）`,
    entities: '涉及对象',
    kinds: {
      process: '进程',
      logon: '登录会话',
      hash: '散列值',
      user: '账户',
      address: '地址',
      host: '主机',
      file: '文件',
      domain: '域名',
    } as { readonly [kind: string]: string },
  },
};
