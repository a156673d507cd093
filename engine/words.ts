import { tacticOf } from '@yuheng/attack';
import type { Level } from './severity.ts';

/** The languages in which people are served; equals. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
/** A language in which people are served. */
export type Language = (typeof LANGUAGES)[number];

const TACTICS_ZH: { readonly [short: string]: string } = {
  reconnaissance: '侦察',
  'resource-development': '资源开发',
  'initial-access': '初始访问',
  execution: '执行',
  persistence: '持久化',
  'privilege-escalation': '权限提升',
  stealth: '隐匿',
  'defense-impairment': '削弱防御',
  'credential-access': '凭据访问',
  discovery: '发现',
  'lateral-movement': '横向移动',
  collection: '收集',
  'command-and-control': '命令与控制',
  exfiltration: '数据渗出',
  impact: '影响',
};

/** An ATT&CK tactic's name, by its short name. */
export function tacticName(short: string, language: Language): string {
  return (language === 'zh-CN' ? TACTICS_ZH[short] : tacticOf(short)?.name) ?? short;
}

/** Levels in words; in Chinese the grades of GB/T 20986, with 提示 for what is no incident by itself. */
const LEVEL_NAMES: { readonly [language in Language]: { readonly [level in Level]: string } } = {
  en: { informational: 'Informational', low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' },
  'zh-CN': { informational: '提示', low: '一般', medium: '较大', high: '重大', critical: '特别重大' },
};

/** A level in words. */
export function levelName(level: Level, language: Language): string {
  return LEVEL_NAMES[language][level];
}
