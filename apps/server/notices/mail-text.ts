import { levelName, type Language } from '@yuheng/engine';
import type { IncidentSummary, News, OperationSummary } from './news.ts';
import { plainLine } from './plain-line.ts';

/** Characters of a subject. */
export const MAX_SUBJECT = 150;

/** A mail in plain text. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Writes the mail that tells the news. */
export function writeMail(news: News, language: Language): MailText {
  const { severity, titles } = 'incident' in news ? news.incident : news.operation;
  const words = WORDS[language];
  const level = levelName(severity, language);
  const details =
    'incident' in news ? incidentLines(news.incident, language) : operationLines(news.operation, language);
  const lines = [titles[language], '', words.severity(level), words.tenant(news.tenant), ...details, '', news.url, ''];
  return { subject: plainLine(words.subject(level, titles[language]), MAX_SUBJECT), text: lines.join('\n') };
}

function incidentLines(
  { start_time, end_time, findings, rules, entities }: IncidentSummary,
  language: Language,
): string[] {
  const words = WORDS[language];
  const ruleLines = rules.map((rule) => `- ${words.rule(rule.title, levelName(rule.level, language), rule.findings)}`);
  const entityLines = entities.map(({ kind, value }) => `- ${words.kinds[kind] ?? kind} ${value}`);
  return [
    words.time(instant(start_time), instant(end_time)),
    words.findings(findings),
    '',
    words.rules,
    ...ruleLines,
    '',
    words.entities,
    ...entityLines,
  ];
}

function operationLines({ last_received, since }: OperationSummary, language: Language): string[] {
  const words = WORDS[language];
  return [words.lastReceived(instant(last_received)), words.since(instant(since))];
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
    lastReceived: (time: string) => `Last received: ${time}`,
    since: (time: string) => `Silent since: ${time}`,
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
    lastReceived: (time: string) => `最后接收：${time}`,
    since: (time: string) => `静默起始：${time}`,
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
