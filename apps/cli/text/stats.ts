import type { Language } from '@yuheng/engine';
import { printable, shorten } from '../printable.ts';
import { BUDGET_US, type OverBudget, type RuleEconomy } from '../rules/stats/economy.ts';
import { countText } from '@yuheng/report';
import { counted } from './hunt.ts';

/** What `rules stats` tells. */
interface Stats {
  readonly events: number;
  readonly rules: number;
  /** Rules that are about any of these events. */
  readonly about: number;
  /** The dearest first. */
  readonly economies: readonly RuleEconomy[];
}

/** Rules that are told on a terminal besides those over their budget, and comparisons of each. */
const SHOWN_RULES = 20;
const SHOWN_ATOMS = 3;
const SHOWN_TEXT = 60;

/** The economy of rules as lines that are safe on a terminal. */
export function statsLines({ events, rules, about, economies }: Stats, language: Language): string[] {
  const words = WORDS[language];
  const over = economies.filter((economy) => economy.over !== undefined);
  return [
    words.sum(events, rules, about),
    ...(about > 0 ? [words.columns] : []),
    ...economies.slice(0, SHOWN_RULES).map((economy) => row(economy, words)),
    ...(over.length > 0 ? [words.over(over.length, String(BUDGET_US))] : []),
    ...over.map(({ title, usPerEvent, over: reason }) =>
      words.overRule(title, usPerEvent.toFixed(2), words.reasons[reason!]),
    ),
  ].map(printable);
}

function row(economy: RuleEconomy, words: Words): string {
  const figures = [
    economy.usPerEvent.toFixed(2),
    ...[economy.candidatesPerMillion, economy.matchesPerMillion].map(whole),
  ];
  const atoms = economy.hangsOn.slice(0, SHOWN_ATOMS).map(({ selection, key, expected }) => {
    return shorten(`${selection}${key === '' ? '' : `, ${key}`}: ${expected.join(' | ')}`, SHOWN_TEXT);
  });
  if (economy.hangsOn.length > SHOWN_ATOMS) atoms.push(`+${economy.hangsOn.length - SHOWN_ATOMS}`);
  const hangsOn = atoms.length > 0 ? atoms.join('; ') : words.nothing;
  return `${figures.map((figure) => figure.padStart(11)).join('')}  ${shorten(economy.title, SHOWN_TEXT)} ← ${hangsOn}`;
}

function whole(figure: number): string {
  return countText(Math.round(figure));
}

interface Words {
  readonly sum: (events: number, rules: number, about: number) => string;
  readonly columns: string;
  readonly nothing: string;
  readonly over: (count: number, budget: string) => string;
  readonly overRule: (title: string, us: string, reason: string) => string;
  readonly reasons: { readonly [reason in OverBudget]: string };
}

const WORDS: { readonly [language in Language]: Words } = {
  en: {
    sum: (events, rules, about) =>
      `${counted(events, 'event')}, ${counted(rules, 'rule')}, ${countText(about)} of them about these events.${about > 0 ? ' The dearest:' : ''}`,
    columns: '   µs/event  candidates  matches of a million events; the rule ← what it hangs on',
    nothing: 'nothing that could be looked for',
    overRule: (title, us, reason) => `  ${title}: ${us} µs/event: ${reason}`,
    over: (count, budget) =>
      `${countText(count)} over ${count === 1 ? 'its' : 'their'} budget (${budget} µs an event, or half of the events in vain):`,
    reasons: {
      keywords: 'keywords without a service search the whole text of every event. Name a service, or a field.',
      'no-literal':
        'it has no text that must occur, so it is asked about every event. Add a selection with a plain text.',
      'slow-pattern':
        'a regular expression is tried again and again along the text. Anchor it, or replace .* by what may stand there.',
      candidates: 'what it hangs on is common. Add a selection that is rare.',
      cost: 'its comparisons take long. Split the rule, or shorten its lists.',
    },
  },
  'zh-CN': {
    sum: (events, rules, about) =>
      `共 ${countText(events)} 个事件，${countText(rules)} 条规则，其中 ${countText(about)} 条与这些事件有关。${about > 0 ? '代价最高的：' : ''}`,
    columns: '  微秒/事件    候选数     命中数（每百万事件）；规则 ← 依赖的比较',
    nothing: '没有可供查找的文本',
    overRule: (title, us, reason) => `  ${title}：每事件 ${us} 微秒：${reason}`,
    over: (count, budget) => `${countText(count)} 条超出预算（每事件 ${budget} 微秒，或半数事件白费）：`,
    reasons: {
      keywords: '没有指定 service 的关键字要搜索每个事件的全文。请指定 service 或字段。',
      'no-literal': '没有必须出现的文本，因此每个事件都要检查。请加入含普通文本的选择项。',
      'slow-pattern': '正则表达式沿文本反复尝试。请加锚点，或用允许出现的字符代替 .*。',
      candidates: '它依赖的文本太常见。请加入少见的选择项。',
      cost: '比较耗时较长。请拆分规则或缩短列表。',
    },
  },
};
