import type { Disorder } from '@yuheng/sigma';
import type { CorrelationAnswer } from '../rules/explain/correlation.ts';
import { quoted, recordLines, shortened, titlesIn, type TitleOf } from './explain-record.ts';
import type { ExplainWords } from './explain-words.ts';

const SIGNS = { gt: '>', gte: '≥', lt: '<', lte: '≤', eq: '=', neq: '≠' } as const;

/** A correlation's explanation as lines. */
export function correlationLines(answer: CorrelationAnswer, words: ExplainWords): string[] {
  const { rule, filters, about, turns, turned, inputs, ungrouped, nearest, losses } = answer;
  const titleOf = titlesIn(inputs);
  return [
    `${rule.title} (${rule.uid})`,
    definitionText(answer, words),
    ...(filters.length > 0 ? [words.filters(filters.map(({ title }) => quoted(title)).join(', '))] : []),
    ...words.losses(losses.refused, losses.unparsed),
    ...(about ? aboutLines(about, words) : []),
    words.turns(turns),
    ...turned.map(({ group, matches }) => `  ${words.window(groupText(group), ...spanOf(matches))}`),
    ...inputs.flatMap(({ title, count, nearest: record }) => [
      words.input(quoted(title), count),
      ...(record ? recordLines(record, titlesIn(filters), words).map((line) => `  ${line}`) : []),
    ]),
    ...ungrouped.map(({ field, count }) => words.ungrouped(field, count)),
    ...(nearest ? nearestLines(nearest, titleOf, words) : []),
  ];
}

/** The definition in the keys of the rule. */
function definitionText({ rule, inputs }: CorrelationAnswer, words: ExplainWords): string {
  const { type, groupBy, timespanMs, condition } = rule;
  const rules = inputs.map(({ title }) => quoted(title)).join(type === 'temporal_ordered' ? ' → ' : ', ');
  return words.definition([
    `${type} (${rules})`,
    ...(groupBy.length > 0 ? [`group-by ${groupBy.join(', ')}`] : []),
    `timespan ${timespanText(timespanMs)}`,
    `condition ${conditionText(condition)}`,
  ]);
}

function conditionText(condition: CorrelationAnswer['rule']['condition']): string {
  if (condition.kind === 'expression') return condition.text;
  const { bounds, fields, percentile } = condition;
  const of = [...fields, ...(percentile === undefined ? [] : [`percentile ${percentile}`])].join(', ');
  return `${of === '' ? '' : `${of}: `}${bounds.map(({ relation, value }) => `${SIGNS[relation]} ${value}`).join(', ')}`;
}

/** As a rule writes it, in the largest unit that is whole. */
function timespanText(ms: number): string {
  for (const [unit, size] of Object.entries({ d: 86_400_000, h: 3_600_000, m: 60_000 }))
    if (ms % size === 0) return `${ms / size}${unit}`;
  return `${ms / 1_000}s`;
}

function aboutLines({ records, groups }: NonNullable<CorrelationAnswer['about']>, words: ExplainWords): string[] {
  const told = records.map(({ file, record, time, matches }) => {
    const titles = matches.map(({ title }) => quoted(title)).join(words.comma);
    return words.record(
      file,
      String(record),
      time,
      matches.length > 0 ? words.matchesRules(titles) : words.matchesNone,
    );
  });
  if (groups.length === 0) return [...told, words.inNoGroup];
  const named = groups.map(groupText).filter((group) => group !== '');
  return [...told, words.inGroups(named.join('; '))];
}

type Nearest = NonNullable<CorrelationAnswer['nearest']>;

function nearestLines(nearest: Nearest, titleOf: TitleOf, words: ExplainWords): string[] {
  const { group, matches, figure, unkept, disorder, missing, unwanted } = nearest;
  const lines = [words.nearest, `  ${words.window(groupText(group), ...spanOf(matches))}`];
  const bounds = unkept.map(({ relation, value }) => `${SIGNS[relation]} ${value}`);
  if (bounds.length > 0)
    lines.push(`  ${words.figure(figure === undefined ? '–' : String(figure), bounds.join(', '))}`);
  if (disorder) lines.push(`  ${disorderText(disorder, titleOf, words)}`);
  for (const rule of missing) lines.push(`  ${words.missing(titleOf(rule))}${elsewhereText(rule, nearest, words)}`);
  if (unwanted.length > 0) lines.push(`  ${words.unwanted(unwanted.map(titleOf).join(', '))}`);
  return lines;
}

function elsewhereText(rule: string, { elsewhere }: Nearest, words: ExplainWords): string {
  const told = elsewhere.find((each) => each.rule === rule);
  if (!told) return '';
  const { nearest, others } = told;
  if (!nearest) return words.inOtherGroups(others);
  const { match, side, gapMs, excessMs } = nearest;
  return words.stray(`${match.file}: ${match.record}`, side, gapMs, excessMs);
}

function disorderText({ came, skipped, asked }: Disorder, titleOf: TitleOf, words: ExplainWords): string {
  const steps = came.map((rules) => {
    const titles = rules.map(titleOf).join(' + ');
    return rules.length > 1 ? words.sameEvent(titles) : titles;
  });
  return words.disorder([...(skipped > 0 ? ['…'] : []), ...steps].join(' → '), asked.map(titleOf).join(' → '));
}

function groupText(group: readonly { readonly field: string; readonly value: string }[]): string {
  return group.map(({ field, value }) => `${field} = ${shortened(value)}`).join(', ');
}

type Window = CorrelationAnswer['turned'][number]['matches'];

function spanOf({ count, first, last }: Window): [count: number, from: string, to: string] {
  const from = `${first.time} (${first.file}: ${first.record})`;
  const to = `${last.time} (${last.file}: ${last.record})`;
  return [count, from, count > 1 ? to : ''];
}
