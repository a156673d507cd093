import type { Lack, Language } from '@yuheng/engine';
import { countText } from '@yuheng/report';
import { reasonCounts } from './reasons.ts';

/** How many records had what become of them, by reason. */
type ByReason = { readonly [reason: string]: number };

/** The words of `rules explain`. */
export interface ExplainWords {
  readonly rejected: string;
  readonly alsoRejected: string;
  readonly parts: string;
  readonly logsource: (attributes: string) => string;
  readonly unread: string;
  readonly otherFormats: (sources: string) => string;
  readonly wants: (halves: readonly string[]) => string;
  readonly or: string;
  readonly comma: string;
  readonly moreOf: (count: number) => string;
  readonly condition: (text: string) => string;
  readonly filters: (titles: string) => string;
  readonly filter: (title: string, condition: string) => string;
  readonly counts: (seen: number, own: number, matched: number) => string;
  readonly losses: (refused: ByReason, unparsed: ByReason) => string[];
  readonly record: (file: string, record: string, time: string, verdict: string) => string;
  readonly matches: string;
  readonly misses: string;
  readonly foreign: string;
  readonly itIs: (what: string) => string;
  readonly wouldMatch: string;
  readonly wouldMiss: string;
  /** Why a rule is not asked of records that are its own. */
  readonly unanswered: { readonly [why in Lack['why']]: string };
  readonly selections: (held: string, failed: string, filters: string) => string;
  readonly more: (count: number) => string;
  readonly ofFilter: (title: string) => string;
  readonly expects: (values: string) => string;
  readonly excludes: (values: string) => string;
  readonly oneOf: (value: string, count: number) => string;
  readonly found: (values: string) => string;
  readonly foundAbove: string;
  readonly valueOf: (field: string, values: string) => string;
  readonly lack: { readonly [kind in 'absent' | 'null' | 'no text']: string };
  readonly definition: (parts: readonly string[]) => string;
  readonly matchesRules: (titles: string) => string;
  readonly matchesNone: string;
  readonly inGroups: (groups: string) => string;
  readonly inNoGroup: string;
  readonly turns: (count: number) => string;
  readonly input: (title: string, count: number) => string;
  readonly ungrouped: (field: string, count: number) => string;
  readonly nearest: string;
  readonly window: (group: string, count: number, from: string, to: string) => string;
  readonly figure: (figure: string, bounds: string) => string;
  readonly missing: (rule: string) => string;
  readonly stray: (place: string, side: 'before' | 'after', gapMs: number, excessMs: number | undefined) => string;
  readonly inOtherGroups: (count: number) => string;
  readonly unwanted: (rules: string) => string;
  readonly disorder: (came: string, asked: string) => string;
  readonly sameEvent: (rules: string) => string;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${countText(count)} times`;
}

function some(count: number, one: string, many: string): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

const UNITS = [
  { ms: 86_400_000, en: 'd', 'zh-CN': '天' },
  { ms: 3_600_000, en: 'h', 'zh-CN': '小时' },
  { ms: 60_000, en: 'min', 'zh-CN': '分' },
] as const;

/** Up to two minutes in seconds, else in the two units that say it best. */
function duration(ms: number, language: Language): string {
  const at = UNITS.findIndex((unit) => ms >= 2 * unit.ms);
  const second = language === 'en' ? 's' : '秒';
  if (at < 0) return `${Math.round(ms / 10) / 100} ${second}`;
  const [{ ms: large, [language]: name }, next] = [UNITS[at]!, UNITS[at + 1] ?? { ms: 1_000, en: 's', 'zh-CN': '秒' }];
  const rest = Math.floor((ms % large) / next.ms);
  return `${Math.floor(ms / large)} ${name}${rest > 0 ? ` ${rest} ${next[language]}` : ''}`;
}

export const WORDS: { readonly [language in Language]: ExplainWords } = {
  en: {
    rejected: 'The rule was rejected, so it never ran:',
    alsoRejected: 'Asked about as well, but rejected, so it never ran:',
    parts: 'In the file as well, told as parts of the above (ask for one by its id, with --rules):',
    unread: 'Nothing here reads the log source that it asks for.',
    otherFormats: (sources) => `What was read is of no format that could answer it. Such are: ${sources}`,
    logsource: (attributes) => `Log source: ${attributes}`,
    wants: (halves) => `That is: ${halves.join('; and ')}`,
    or: '; or ',
    comma: ', ',
    moreOf: (count) => `… (${countText(count)} in all)`,
    condition: (text) => `Condition: ${text}`,
    filters: (titles) => `Filters that tune it: ${titles}`,
    filter: (title, condition) => `${title} (condition: ${condition})`,
    counts: (seen, own, matched) =>
      `${some(seen, 'record', 'records')}, ${countText(own)} of its log source, ${some(matched, 'matches', 'match')}. The nearest:`,
    losses: (refused, unparsed) => [
      ...(reasonCounts(refused, 'en') ? [`Refused, so not among them: ${reasonCounts(refused, 'en')}`] : []),
      ...(reasonCounts(unparsed, 'en') ? [`Not understood, so not among them: ${reasonCounts(unparsed, 'en')}`] : []),
    ],
    record: (file, record, time, verdict) => `${file}, record ${record}, ${time}: ${verdict}`,
    matches: 'matches',
    misses: 'does not match',
    foreign: 'is not of its log source',
    itIs: (what) => `The record is: ${what}`,
    wouldMatch: 'Of the right log source it would match:',
    wouldMiss: 'Of the right log source it would not match either:',
    unanswered: {
      text: 'It is not asked, for it searches the whole text, which is another one in this schema',
      field: 'It is not asked, for this schema has no sure place for what it reads',
      reference: 'It is not asked, for it compares fields of which each may be missing in this schema',
      value: 'It is not asked, for it tells empty fields from missing ones, which this schema does not',
    },
    selections: (held, failed, filters) =>
      [
        ...(held ? [`holds: ${held}`] : []),
        ...(failed ? [`does not hold: ${failed}`] : []),
        ...(filters ? [`stopped by filter: ${filters}`] : []),
      ].join('; '),
    more: (count) => `… and ${some(count, 'more comparison', 'more comparisons')}`,
    ofFilter: (title) => `(filter ${title})`,
    expects: (values) => `expected ${values}`,
    excludes: (values) => `excludes ${values}`,
    oneOf: (value, count) => `${value} (one of ${countText(count)})`,
    found: (values) => `; found ${values}`,
    foundAbove: '; found the same',
    valueOf: (field, values) => `the value of ${field} (${values})`,
    lack: { absent: 'no such field', null: 'null', 'no text': 'no text' },
    definition: (parts) => `Correlation: ${parts.join('; ')}`,
    matchesRules: (titles) => `matches ${titles}`,
    matchesNone: 'matches none of the rules that it looks at',
    inGroups: (groups) => (groups === '' ? 'All matches are one group:' : `Of its group alone, ${groups}:`),
    inNoGroup: 'It is in none of the groups. Of the whole file:',
    turns: (count) => `It turned true ${times(count)}.`,
    input: (title, count) => `It looks at ${title}: matched ${times(count)}`,
    ungrouped: (field, count) =>
      `${some(count, 'match lacks', 'matches lack')} ${field} and ${count === 1 ? 'is' : 'are'} in no group.`,
    nearest: 'The nearest window in which it did not hold:',
    window: (group, count, from, to) =>
      `${group === '' ? '' : `${group}: `}${some(count, 'match', 'matches')}, ${from}${to === '' ? '' : ` – ${to}`}`,
    figure: (figure, bounds) => `its figure is ${figure}; it would have to be ${bounds}`,
    missing: (rule) => `missing: ${rule}`,
    stray: (place, side, gapMs, excessMs) => {
      const late = side === 'after' ? 'late' : 'early';
      const missed = excessMs === 0 ? `, just too ${late}` : `, ${duration(excessMs ?? 0, 'en')} too ${late}`;
      return `, which came ${duration(gapMs, 'en')} ${side} (${place})${(excessMs ?? -1) < 0 ? '' : missed}`;
    },
    inOtherGroups: (count) => `, which matched ${times(count)}, but in other groups`,
    unwanted: (rules) => `must not occur: ${rules}`,
    disorder: (came, asked) => `they came in the order ${came}; it would have to be ${asked}`,
    sameEvent: (rules) => `${rules} (one event)`,
  },
  'zh-CN': {
    rejected: '该规则被拒绝，从未运行：',
    alsoRejected: '同样被问及，但被拒绝，从未运行：',
    parts: '文件中还有以下规则，已作为上述规则的组成部分说明（可用编号加 --rules 单独查询）：',
    unread: '这里没有来源能提供它所要的日志。',
    otherFormats: (sources) => `读取的内容没有它所要的格式。可用的格式：${sources}`,
    logsource: (attributes) => `日志来源：${attributes}`,
    wants: (halves) => `即：${halves.join('；并且 ')}`,
    or: '；或 ',
    comma: '、',
    moreOf: (count) => `……（共 ${countText(count)} 个）`,
    condition: (text) => `条件：${text}`,
    filters: (titles) => `作用于它的过滤器：${titles}`,
    filter: (title, condition) => `${title}（条件：${condition}）`,
    counts: (seen, own, matched) =>
      `共 ${countText(seen)} 条记录，属于其日志来源 ${countText(own)} 条，命中 ${countText(matched)} 条。最接近的：`,
    losses: (refused, unparsed) => [
      ...(reasonCounts(refused, 'zh-CN') ? [`被拒收，未计入：${reasonCounts(refused, 'zh-CN')}`] : []),
      ...(reasonCounts(unparsed, 'zh-CN') ? [`未能解析，未计入：${reasonCounts(unparsed, 'zh-CN')}`] : []),
    ],
    record: (file, record, time, verdict) => `${file} 第 ${record} 条记录（${time}）：${verdict}`,
    matches: '命中',
    misses: '未命中',
    foreign: '不属于其日志来源',
    itIs: (what) => `该记录是：${what}`,
    wouldMatch: '若日志来源相符，则会命中：',
    wouldMiss: '即使日志来源相符，也不会命中：',
    unanswered: {
      text: '未执行，因为它搜索全文，而此格式的全文不同',
      field: '未执行，因为此格式没有可靠的位置存放它读取的内容',
      reference: '未执行，因为它比较的字段在此格式中可能缺失',
      value: '未执行，因为它区分空字段与缺失字段，而此格式不区分',
    },
    selections: (held, failed, filters) =>
      [
        ...(held ? [`成立：${held}`] : []),
        ...(failed ? [`不成立：${failed}`] : []),
        ...(filters ? [`被过滤器排除：${filters}`] : []),
      ].join('；'),
    more: (count) => `……还有 ${countText(count)} 处比较`,
    ofFilter: (title) => `（过滤器 ${title}）`,
    expects: (values) => `期望 ${values}`,
    excludes: (values) => `排除 ${values}`,
    oneOf: (value, count) => `${value}（${countText(count)} 个之一）`,
    found: (values) => `；实际 ${values}`,
    foundAbove: '；实际同上',
    valueOf: (field, values) => `${field} 的值（${values}）`,
    lack: { absent: '没有该字段', null: '空值（null）', 'no text': '没有文本' },
    definition: (parts) => `关联：${parts.join('；')}`,
    matchesRules: (titles) => `命中 ${titles}`,
    matchesNone: '未命中它关注的任何规则',
    inGroups: (groups) => (groups === '' ? '所有命中同属一组：' : `以下仅就其所在分组 ${groups} 而言：`),
    inNoGroup: '它不属于任何分组。以下就整个文件而言：',
    turns: (count) => `条件成立 ${countText(count)} 次。`,
    input: (title, count) => `它关注 ${title}：命中 ${countText(count)} 次`,
    ungrouped: (field, count) => `${countText(count)} 次命中缺少 ${field}，不属于任何分组。`,
    nearest: '条件未成立的窗口中最接近的：',
    window: (group, count, from, to) =>
      `${group === '' ? '' : `${group}：`}${countText(count)} 次命中，${from}${to === '' ? '' : ` – ${to}`}`,
    figure: (figure, bounds) => `数值为 ${figure}，应为 ${bounds}`,
    missing: (rule) => `缺少：${rule}`,
    stray: (place, side, gapMs, excessMs) => {
      const [where, early] = side === 'after' ? ['之后', '晚'] : ['之前', '早'];
      const missed = excessMs === 0 ? `，恰好过${early}` : `，${early}了 ${duration(excessMs ?? 0, 'zh-CN')}`;
      return `，它在${where} ${duration(gapMs, 'zh-CN')}出现（${place}）${(excessMs ?? -1) < 0 ? '' : missed}`;
    },
    inOtherGroups: (count) => `，它命中 ${countText(count)} 次，但都在其他分组`,
    unwanted: (rules) => `不应出现：${rules}`,
    disorder: (came, asked) => `出现顺序为 ${came}，应为 ${asked}`,
    sameEvent: (rules) => `${rules}（同一事件）`,
  },
};
