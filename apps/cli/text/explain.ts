import type { Language, LogsourceCondition } from '@yuheng/engine';
import type { SigmaProblem } from '@yuheng/sigma';
import { printable } from '../printable.ts';
import type { CorrelationAnswer } from '../rules/explain/correlation.ts';
import type { RuleExplanation } from '../rules/explain/rule.ts';
import type { Target } from '../rules/explain/target.ts';
import { correlationLines } from './explain-correlation.ts';
import { kindLines, quoted, recordLines, titlesIn } from './explain-record.ts';
import { WORDS, type ExplainWords } from './explain-words.ts';
import { placeText, problemText } from './problem.ts';

/** What `rules explain` answers. */
export type Explained = (RuleExplanation | CorrelationAnswer | { readonly kind: 'rejected' }) & {
  /** Why what was asked about was rejected. */
  readonly problems: readonly SigmaProblem[];
};

/** Records that are told of a rule, and conditions of its logsource. */
const SHOWN_RECORDS = 5;
const SHOWN_CONDITIONS = 6;

/** Explanations as lines that are safe on a terminal. */
export function explanationLines(
  answers: readonly Explained[],
  { problems, parts, callings }: Pick<Target, 'problems' | 'parts' | 'callings'>,
  language: Language,
): string[] {
  const words = WORDS[language];
  const told = answers.flatMap((answer, index) => [...(index > 0 ? [''] : []), ...answerLines(answer, words)]);
  const choices = parts.map((rule) => `  ${callings.choice(rule, language)}`);
  const rejected = problems.map((problem) => `  ${rejectedText(problem, language)}`);
  const heading = told.length > 0 ? words.alsoRejected : words.rejected;
  return [
    ...told,
    ...(choices.length > 0 ? [words.parts, ...choices] : []),
    ...(rejected.length > 0 ? [heading, ...rejected] : []),
  ].map(printable);
}

function answerLines(answer: Explained, words: ExplainWords): string[] {
  if (answer.kind === 'rejected') return [];
  return answer.kind === 'rule' ? ruleLines(answer, words) : correlationLines(answer, words);
}

function rejectedText(problem: SigmaProblem, language: Language): string {
  const { title } = problem;
  return `${placeText(problem)}${title === undefined ? '' : `, ${quoted(title)}`}: ${problemText(problem, language)}`;
}

function ruleLines(answer: RuleExplanation, words: ExplainWords): string[] {
  const { rule, filters, asked, seen, own, matched, records, losses } = answer;
  const logsource = Object.entries(rule.logsource).map(([name, value]) => `${name} ${value}`);
  // Records of other log sources say little where there are some of its own.
  const telling = asked === undefined && own > 0 ? records.filter(({ isOwn }) => isOwn) : records;
  const shown = telling.slice(0, SHOWN_RECORDS);
  return [
    `${rule.title} (${rule.uid})`,
    words.logsource(logsource.join(', ')),
    wantsText(answer, words),
    ...rule.conditions.map(words.condition),
    ...(filters.length > 0 ? [words.filters(filters.map((filter) => filterText(filter, words)).join(', '))] : []),
    ...(asked === undefined ? [words.counts(seen, own, matched)] : []),
    ...words.losses(losses.refused, losses.unparsed),
    // What a record of another kind lacks says nothing, unless it was asked for.
    ...shown.flatMap((record) =>
      asked === undefined && !record.isOwn && !record.detection.matched
        ? kindLines(record, words)
        : recordLines(record, titlesIn(filters), words),
    ),
  ];
}

function filterText({ title, conditions }: RuleExplanation['filters'][number], words: ExplainWords): string {
  return words.filter(quoted(title), conditions.join(' | '));
}

function wantsText({ wants, isAnswerable }: RuleExplanation, words: ExplainWords): string {
  if (wants.some((half) => half.length === 0)) return words.unread;
  if (isAnswerable) return words.wants(wants.map((half) => halfText(half, words)));
  return words.otherFormats([...new Set(wants.flat().flatMap(({ source }) => source ?? []))].join(', '));
}

function halfText(conditions: readonly LogsourceCondition[], words: ExplainWords): string {
  const general = conditions.filter((one) => !conditions.some((other) => other !== one && covers(other, one)));
  const texts = [...new Set(general.map(conditionText))];
  const shown = texts.slice(0, SHOWN_CONDITIONS).join(words.or);
  return texts.length > SHOWN_CONDITIONS ? `${shown} ${words.moreOf(texts.length)}` : shown;
}

/** Whether whatever fulfils `narrow` fulfils `wide` too; of two that say the same the first is kept. */
function covers(wide: LogsourceCondition, narrow: LogsourceCondition): boolean {
  if (wide.source && !narrow.source?.every((source) => wide.source!.includes(source))) return false;
  const fields = Object.entries(wide.fields ?? {});
  if (fields.length === Object.keys(narrow.fields ?? {}).length) return false;
  return fields.every(([name, values]) => narrow.fields?.[name]?.every((value) => values.includes(value)));
}

/** The fields that decide; the format, where nothing else does. */
function conditionText({ source, fields }: LogsourceCondition): string {
  const asked = Object.entries(fields ?? {}).map(([name, values]) => `${name} = ${values.map(String).join(' | ')}`);
  return asked.length > 0 ? asked.join(', ') : (source ?? []).join(' | ');
}
