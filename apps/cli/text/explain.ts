import type { Language, LogsourceCondition } from '@yuheng/engine';
import type { ActualContent, AtomVerdict, Disorder, SigmaProblem } from '@yuheng/sigma';
import { printable, shorten } from '../printable.ts';
import type { CorrelationAnswer } from '../rules/explain/correlation.ts';
import type { RecordExplanation } from '../rules/explain/record.ts';
import type { RuleExplanation } from '../rules/explain/rule.ts';
import { WORDS, type ExplainWords } from './explain-words.ts';
import { placeText, problemText } from './problem.ts';
import { countText } from '@yuheng/report';

/** What `rules explain` answers. */
export type Explained = (RuleExplanation | CorrelationAnswer | { readonly kind: 'rejected' }) & {
  /** Why what was asked about was rejected. */
  readonly problems: readonly SigmaProblem[];
};

/** Comparisons told of one record, and characters of each value. */
const SHOWN_ATOMS = 8;
const SHOWN_VALUE = 120;
/** Conditions of a logsource that are told. */
const SHOWN_CONDITIONS = 6;

/** An explanation as lines that are safe on a terminal. */
export function explanationLines(answer: Explained, language: Language): string[] {
  const words = WORDS[language];
  const rejected = answer.problems.map((problem) => `  ${rejectedText(problem)}`);
  if (answer.kind === 'rejected') return [words.rejected, ...rejected].map(printable);
  const lines = answer.kind === 'rule' ? ruleLines(answer, words) : correlationLines(answer, words);
  return [...lines, ...(rejected.length > 0 ? [words.alsoRejected, ...rejected] : [])].map(printable);
}

function rejectedText(problem: SigmaProblem): string {
  const { title } = problem;
  return `${placeText(problem)}${title === undefined ? '' : `, ${quoted(title)}`}: ${problemText(problem)}`;
}

/** Says what a rule or filter is called by its uid. */
type TitleOf = (uid: string) => string;

function titlesIn(called: readonly { readonly uid: string; readonly title: string }[]): TitleOf {
  const titles = new Map(called.map(({ uid, title }) => [uid, title]));
  return (uid) => quoted(titles.get(uid) ?? uid);
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
    ...(filters.length > 0 ? [words.filters(filters.map(({ title }) => quoted(title)).join(', '))] : []),
    words.counts(countText(seen), countText(own), countText(matched)),
    ...records.flatMap((record) => recordLines(record, titlesIn(filters), words)),
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

function recordLines(record: RecordExplanation, titleOf: TitleOf, words: ExplainWords): string[] {
  const { file, number, recordId, time, isOwn, is, matched, lack: refused, detection } = record;
  const verdict = matched ? words.matches : isOwn ? words.misses : words.foreign;
  const lines = [`${words.record(file, String(recordId ?? number))}, ${time}: ${verdict}`];
  const isText = Object.entries(is).map(([name, value]) => `${name} = ${shorten(value, SHOWN_VALUE)}`);
  if (!isOwn) lines.push(`  ${words.itIs(isText.join(', '))}`);
  if (!isOwn) lines.push(`  ${detection.matched ? words.wouldMatch : words.wouldMiss}`);
  if (refused)
    lines.push(`  ${words.unanswered[refused.why]}${refused.what.length > 0 ? `: ${refused.what.join(', ')}` : ''}`);
  const atoms = detection.decisive.slice(0, SHOWN_ATOMS).map((atom) => `  ${atomText(atom, titleOf, words)}`);
  const left = detection.decisive.length - atoms.length;
  return [...lines, ...atoms, ...(left > 0 ? [`  ${words.more(countText(left))}`] : [])];
}

function atomText(atom: AtomVerdict, titleOf: TitleOf, words: ExplainWords): string {
  const { selection, key, filter, expected, references, actual, matched, negated } = atom;
  const place = [
    `${selection}${key === '' ? '' : `, ${key}`}`,
    ...(filter === undefined ? [] : [words.ofFilter(titleOf(filter))]),
  ];
  const compared = references?.map((other) => words.valueOf(other.field, contentText(other.actual, words)));
  const wanted = (compared ?? expected.map(quoted)).join(' | ');
  const found = contentText(actual, words);
  const sign = matched === negated ? '✗' : '✓';
  return `${sign} ${place.join(' ')}: ${negated ? words.excludes(wanted) : words.expects(wanted)}${words.found(found)}`;
}

function contentText(actual: ActualContent, words: ExplainWords): string {
  return typeof actual === 'string' ? words.lack[actual] : actual.map(quoted).join(' | ');
}

function quoted(text: string): string {
  return `"${shorten(text, SHOWN_VALUE)}"`;
}

function correlationLines(answer: CorrelationAnswer, words: ExplainWords): string[] {
  const { rule, filters, turns, turned, inputs, ungrouped, nearest } = answer;
  const lines = [`${rule.title} (${rule.uid})`, words.turns(countText(turns))];
  for (const { group, matches } of turned) lines.push(`  ${words.window(groupText(group), ...spanOf(matches))}`);
  for (const { title, count, nearest: record } of inputs) {
    lines.push(words.input(`"${title}"`, countText(count)));
    if (record) lines.push(...recordLines(record, titlesIn(filters), words).map((line) => `  ${line}`));
  }
  for (const { field, count } of ungrouped) lines.push(words.ungrouped(field, countText(count)));
  return nearest ? [...lines, ...nearestLines(nearest, titlesIn(inputs), words)] : lines;
}

type Nearest = NonNullable<CorrelationAnswer['nearest']>;

function nearestLines(nearest: Nearest, titleOf: TitleOf, words: ExplainWords): string[] {
  const { group, matches, figure, unkept, disorder, missing, unwanted } = nearest;
  const lines = [words.nearest, `  ${words.window(groupText(group), ...spanOf(matches))}`];
  const bounds = unkept.map(({ relation, value }) => `${SIGNS[relation]} ${value}`);
  if (bounds.length > 0)
    lines.push(`  ${words.figure(figure === undefined ? '–' : String(figure), bounds.join(', '))}`);
  if (disorder) lines.push(`  ${disorderText(disorder, titleOf, words)}`);
  if (missing.length > 0) lines.push(`  ${words.missing(missing.map(titleOf).join(', '))}`);
  if (unwanted.length > 0) lines.push(`  ${words.unwanted(unwanted.map(titleOf).join(', '))}`);
  return lines;
}

function disorderText({ came, skipped, asked }: Disorder, titleOf: TitleOf, words: ExplainWords): string {
  const steps = came.map((rules) => {
    const titles = rules.map(titleOf).join(' + ');
    return rules.length > 1 ? words.sameEvent(titles) : titles;
  });
  return words.disorder([...(skipped > 0 ? ['…'] : []), ...steps].join(' → '), asked.map(titleOf).join(' → '));
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
