import type { Language, LogsourceCondition } from '@yuheng/engine';
import type { AtomVerdict, SigmaProblem } from '@yuheng/sigma';
import { printable, shorten } from '../printable.ts';
import type { CorrelationAnswer } from '../rules/explain/correlation.ts';
import type { RecordExplanation } from '../rules/explain/record.ts';
import type { RuleExplanation } from '../rules/explain/rule.ts';
import { WORDS, type ExplainWords } from './explain-words.ts';
import { countText } from '@yuheng/report';

/** What `rules explain` answers. */
export type Explained =
  RuleExplanation | CorrelationAnswer | { readonly kind: 'rejected'; readonly problems: readonly SigmaProblem[] };

/** Comparisons told of one record, and characters of each value. */
const SHOWN_ATOMS = 8;
const SHOWN_VALUE = 120;
/** Conditions of a logsource that are told. */
const SHOWN_CONDITIONS = 6;

/** An explanation as lines that are safe on a terminal. */
export function explanationLines(answer: Explained, language: Language): string[] {
  const words = WORDS[language];
  const lines =
    answer.kind === 'rejected'
      ? rejectedLines(answer.problems, words)
      : answer.kind === 'rule'
        ? ruleLines(answer, words)
        : correlationLines(answer, words);
  return lines.map(printable);
}

function rejectedLines(problems: readonly SigmaProblem[], words: ExplainWords): string[] {
  const told = problems.map(({ file, line, what, why, fix }) => {
    return `  ${file}${line === undefined ? '' : `:${line}`}: ${what} ${why} → ${fix}`;
  });
  return [words.rejected, ...told];
}

function ruleLines(answer: RuleExplanation, words: ExplainWords): string[] {
  const { rule, filters, wants, seen, own, matched, records } = answer;
  return [
    `${rule.title} (${rule.uid})`,
    words.logsource(
      Object.entries(rule.logsource)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    ),
    wants.some((half) => half.length === 0) ? words.unread : words.wants(wants.map((half) => halfText(half, words))),
    ...(filters.length > 0 ? [words.filters(filters.join(', '))] : []),
    words.counts(countText(seen), countText(own), countText(matched)),
    ...records.flatMap((record) => recordLines(record, words)),
  ];
}

function halfText(conditions: readonly LogsourceCondition[], words: ExplainWords): string {
  const general = conditions.filter((one) => !conditions.some((other) => other !== one && covers(other, one)));
  const shown = general.slice(0, SHOWN_CONDITIONS).map(conditionText).join(words.or);
  return general.length > SHOWN_CONDITIONS ? `${shown} ${words.moreOf(countText(general.length))}` : shown;
}

/** Whether whatever fulfils `narrow` fulfils `wide` too; of two that say the same the first is kept. */
function covers(wide: LogsourceCondition, narrow: LogsourceCondition): boolean {
  if (wide.source && !narrow.source?.every((source) => wide.source!.includes(source))) return false;
  const fields = Object.entries(wide.fields ?? {});
  if (fields.length === Object.keys(narrow.fields ?? {}).length) return false;
  return fields.every(([name, values]) => narrow.fields?.[name]?.every((value) => values.includes(value)));
}

function conditionText({ source, fields }: LogsourceCondition): string {
  const asked = Object.entries(fields ?? {}).map(([name, values]) => `${name} = ${values.map(String).join(' | ')}`);
  return [...(source ? [source.join(' | ')] : []), ...asked].join(', ');
}

function recordLines(record: RecordExplanation, words: ExplainWords): string[] {
  const { file, number, recordId, time, isOwn, is, matched, lack: refused, detection } = record;
  const verdict = matched ? words.matches : isOwn ? words.misses : words.foreign;
  const lines = [`${words.record(file, String(recordId ?? number))}, ${time}: ${verdict}`];
  const isText = Object.entries(is).map(([name, value]) => `${name} = ${shorten(value, SHOWN_VALUE)}`);
  if (!isOwn) lines.push(`  ${words.itIs(isText.join(', '))}`);
  if (!isOwn) lines.push(`  ${detection.matched ? words.wouldMatch : words.wouldMiss}`);
  if (refused)
    lines.push(`  ${words.unanswered[refused.why]}${refused.what.length > 0 ? `: ${refused.what.join(', ')}` : ''}`);
  const atoms = detection.decisive.slice(0, SHOWN_ATOMS).map((atom) => `  ${atomText(atom, words)}`);
  const left = detection.decisive.length - atoms.length;
  return [...lines, ...atoms, ...(left > 0 ? [`  ${words.more(countText(left))}`] : [])];
}

function atomText(atom: AtomVerdict, words: ExplainWords): string {
  const { selection, key, filter, expected, actual, matched, negated } = atom;
  const place = [
    `${selection}${key === '' ? '' : `, ${key}`}`,
    ...(filter === undefined ? [] : [words.ofFilter(filter)]),
  ];
  const wanted = expected.map(quoted).join(' | ');
  const found = typeof actual === 'string' ? words.lack[actual] : actual.map(quoted).join(' | ');
  const sign = matched === negated ? '✗' : '✓';
  return `${sign} ${place.join(' ')}: ${negated ? words.excludes(wanted) : words.expects(wanted)}${words.found(found)}`;
}

function quoted(text: string): string {
  return `"${shorten(text, SHOWN_VALUE)}"`;
}

function correlationLines(answer: CorrelationAnswer, words: ExplainWords): string[] {
  const { rule, turns, turned, inputs, ungrouped, nearest } = answer;
  const name = (uid: string): string => `"${inputs.find((input) => input.uid === uid)?.title ?? uid}"`;
  const lines = [`${rule.title} (${rule.uid})`, words.turns(countText(turns))];
  for (const { group, matches } of turned) lines.push(`  ${words.window(groupText(group), ...spanOf(matches))}`);
  for (const { title, count, nearest: record } of inputs) {
    lines.push(words.input(`"${title}"`, countText(count)));
    if (record) lines.push(...recordLines(record, words).map((line) => `  ${line}`));
  }
  for (const { field, count } of ungrouped) lines.push(words.ungrouped(field, countText(count)));
  if (!nearest) return lines;
  const { group, matches, figure, unkept, missing, unwanted } = nearest;
  lines.push(words.nearest, `  ${words.window(groupText(group), ...spanOf(matches))}`);
  const bounds = unkept.map(({ relation, value }) => `${SIGNS[relation]} ${value}`);
  if (bounds.length > 0)
    lines.push(`  ${words.figure(figure === undefined ? '–' : String(figure), bounds.join(', '))}`);
  if (missing.length > 0) lines.push(`  ${words.missing(missing.map(name).join(', '))}`);
  if (unwanted.length > 0) lines.push(`  ${words.unwanted(unwanted.map(name).join(', '))}`);
  return lines;
}

const SIGNS = { gt: '>', gte: '≥', lt: '<', lte: '≤', eq: '=', neq: '≠' } as const;

function groupText(group: readonly { readonly field: string; readonly value: string }[]): string {
  return group.map(({ field, value }) => `${field} = ${shorten(value, SHOWN_VALUE)}`).join(', ');
}

type Window = CorrelationAnswer['turned'][number]['matches'];

function spanOf({ count, first, last }: Window): [count: string, from: string, to: string] {
  return [
    countText(count),
    `${first.time} (${first.file}: ${first.record})`,
    `${last.time} (${last.file}: ${last.record})`,
  ];
}
