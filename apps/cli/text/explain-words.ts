import type { Lack, Language } from '@yuheng/engine';

/** The words of `rules explain`. */
export interface ExplainWords {
  readonly rejected: string;
  readonly alsoRejected: string;
  readonly logsource: (attributes: string) => string;
  readonly unread: string;
  readonly wants: (halves: readonly string[]) => string;
  readonly or: string;
  readonly moreOf: (count: string) => string;
  readonly filters: (titles: string) => string;
  readonly counts: (seen: string, own: string, matched: string) => string;
  readonly record: (file: string, record: string) => string;
  readonly matches: string;
  readonly misses: string;
  readonly foreign: string;
  readonly itIs: (what: string) => string;
  readonly wouldMatch: string;
  readonly wouldMiss: string;
  /** Why a rule is not asked of records that are its own. */
  readonly unanswered: { readonly [why in Lack['why']]: string };
  readonly more: (count: string) => string;
  readonly ofFilter: (title: string) => string;
  readonly expects: (values: string) => string;
  readonly excludes: (values: string) => string;
  readonly found: (values: string) => string;
  readonly valueOf: (field: string, values: string) => string;
  readonly lack: { readonly [kind in 'absent' | 'null' | 'no text']: string };
  readonly turns: (count: string) => string;
  readonly input: (title: string, count: string) => string;
  readonly ungrouped: (field: string, count: string) => string;
  readonly nearest: string;
  readonly window: (group: string, count: string, from: string, to: string) => string;
  readonly figure: (figure: string, bounds: string) => string;
  readonly missing: (rules: string) => string;
  readonly unwanted: (rules: string) => string;
  readonly disorder: (came: string, asked: string) => string;
  readonly sameEvent: (rules: string) => string;
}

function times(count: string): string {
  return count === '1' ? 'once' : `${count} times`;
}

export const WORDS: { readonly [language in Language]: ExplainWords } = {
  en: {
    rejected: 'The rule was rejected, so it never ran:',
    alsoRejected: 'Asked about as well, but rejected, so it never ran:',
    unread: 'Nothing here reads the log source that it asks for.',
    logsource: (attributes) => `Log source: ${attributes}`,
    wants: (halves) => `That is: ${halves.join('; and ')}`,
    or: '; or ',
    moreOf: (count) => `… of ${count}`,
    filters: (titles) => `Filters that tune it: ${titles}`,
    counts: (seen, own, matched) => `${seen} records, ${own} of its log source, ${matched} match. The nearest:`,
    record: (file, record) => `${file}, record ${record}`,
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
    more: (count) => `… and ${count} more comparisons`,
    ofFilter: (title) => `(filter ${title})`,
    expects: (values) => `expected ${values}`,
    excludes: (values) => `excludes ${values}`,
    found: (values) => `; found ${values}`,
    valueOf: (field, values) => `the value of ${field} (${values})`,
    lack: { absent: 'no such field', null: 'null', 'no text': 'no text' },
    turns: (count) => `It turned true ${times(count)}.`,
    input: (title, count) => `It looks at ${title}: matched ${times(count)}`,
    ungrouped: (field, count) => `${count} matches lack ${field} and are in no group.`,
    nearest: 'The nearest window in which it did not hold:',
    window: (group, count, from, to) => `${group === '' ? '' : `${group}: `}${count} matches, ${from} – ${to}`,
    figure: (figure, bounds) => `its figure is ${figure}; it would have to be ${bounds}`,
    missing: (rules) => `missing: ${rules}`,
    unwanted: (rules) => `must not occur: ${rules}`,
    disorder: (came, asked) => `they came in the order ${came}; it would have to be ${asked}`,
    sameEvent: (rules) => `${rules} (one event)`,
  },
  'zh-CN': {
    rejected: '该规则被拒绝，从未运行：',
    alsoRejected: '同样被问及，但被拒绝，从未运行：',
    unread: '这里没有来源能提供它所要的日志。',
    logsource: (attributes) => `日志来源：${attributes}`,
    wants: (halves) => `即：${halves.join('；并且 ')}`,
    or: '；或 ',
    moreOf: (count) => `……共 ${count} 种`,
    filters: (titles) => `作用于它的过滤器：${titles}`,
    counts: (seen, own, matched) => `共 ${seen} 条记录，属于其日志来源 ${own} 条，命中 ${matched} 条。最接近的：`,
    record: (file, record) => `${file} 第 ${record} 条记录`,
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
    more: (count) => `……还有 ${count} 处比较`,
    ofFilter: (title) => `（过滤器 ${title}）`,
    expects: (values) => `期望 ${values}`,
    excludes: (values) => `排除 ${values}`,
    found: (values) => `；实际 ${values}`,
    valueOf: (field, values) => `${field} 的值（${values}）`,
    lack: { absent: '没有该字段', null: '空值（null）', 'no text': '没有文本' },
    turns: (count) => `条件成立 ${count} 次。`,
    input: (title, count) => `它关注 ${title}：命中 ${count} 次`,
    ungrouped: (field, count) => `${count} 次命中缺少 ${field}，不属于任何分组。`,
    nearest: '条件未成立的窗口中最接近的：',
    window: (group, count, from, to) => `${group === '' ? '' : `${group}：`}${count} 次命中，${from} – ${to}`,
    figure: (figure, bounds) => `数值为 ${figure}，应为 ${bounds}`,
    missing: (rules) => `缺少：${rules}`,
    unwanted: (rules) => `不应出现：${rules}`,
    disorder: (came, asked) => `出现顺序为 ${came}，应为 ${asked}`,
    sameEvent: (rules) => `${rules}（同一事件）`,
  },
};
