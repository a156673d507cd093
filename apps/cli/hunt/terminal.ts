import { levelName, levelOf, titleIn, type IncidentFinding, type Language, type Translations } from '@yuheng/engine';
import type { RuleSet } from '@yuheng/sigma';
import { printable, shorten } from '../printable.ts';
import { countText } from '@yuheng/report';
import { huntWords, type FindingColumn, type IncidentColumn } from '../text/hunt.ts';
import { folded } from '../table/display-width.ts';
import type { HuntOptions } from './options.ts';
import { booksLines } from './books.ts';
import type { HuntResult } from './run.ts';
import { tableText, type Column } from '../table/table.ts';
import type { RuleTally, Tallies } from './tally.ts';

/** Rules and incidents shown on the terminal; the report has all. */
const SHOWN = 20;

/** Columns of a table where nothing says how wide the terminal is. */
const WIDTH_ELSEWHERE = 120;

/** How a hunt is told: as asked for, on a terminal of so many columns; undefined where the text does not go to one. */
export interface Telling extends Pick<HuntOptions, 'lang' | 'minLevel' | 'rules' | 'filters'> {
  readonly width: number | undefined;
}

/** What a person reads at the end of a hunt: the answer, incidents, the worst findings, the books. */
export function terminalReport(
  result: HuntResult,
  rules: RuleSet,
  { all, told }: Tallies,
  translations: Translations,
  telling: Telling,
): string {
  const { lang, width = WIDTH_ELSEWHERE } = telling;
  const incidents = [...result.incidents].sort((a, b) => b.unmapped.score - a.unmapped.score);
  const { read, parsed } = result.counts;
  const headline = huntWords[lang].headline({
    incidents: incidents.length,
    findings: all.total,
    worst: incidents[0] && safe(titleOf(incidents[0], lang), 200),
    read,
    parsed,
  });
  const untold = all.total - told.total;
  const sentences = (lines: readonly string[]): string[] =>
    telling.width === undefined
      ? [...lines]
      : lines.flatMap((line) => indented(folded(line, telling.width! - 2, false)));
  return [
    '',
    ...sentences([headline]),
    '',
    ...(incidents.length > 0 ? [...incidentTable(incidents, lang, width), ''] : []),
    ...(told.total > 0 ? [...findingTable(told.rules, translations, lang, width), ''] : []),
    ...sentences([
      ...(untold > 0 ? [huntWords[lang].untold(untold, telling.minLevel)] : []),
      ...booksLines(result, rules, telling),
    ]),
    '',
  ].join('\n');
}

/** A sentence that takes several lines stands out to the left. */
function indented([first = '', ...rest]: readonly string[]): string[] {
  return [first, ...rest.map((line) => `  ${line}`)];
}

const INCIDENT_COLUMNS: { readonly [column in IncidentColumn]: Omit<Column, 'head'> } = {
  severity: { side: 'left' },
  score: { side: 'right', expendable: 3 },
  title: { side: 'left', least: 32 },
  first: { side: 'left', expendable: 4 },
  last: { side: 'left', expendable: 1 },
  findings: { side: 'right', expendable: 2 },
};

function incidentTable(incidents: readonly IncidentFinding[], language: Language, width: number): string[] {
  const rows = incidents
    .slice(0, SHOWN)
    .map((incident) => [
      levelName(levelOf(incident.severity_id), language),
      String(incident.unmapped.score),
      safe(titleOf(incident, language), 160),
      minute(incident['start_time'] as number),
      minute(incident.time),
      countText(incident.finding_info_list.length),
    ]);
  const table = tableText(withHeads(INCIDENT_COLUMNS, huntWords[language].incidentColumns), rows, width);
  return [...table, ...more(incidents.length, language)];
}

const FINDING_COLUMNS: { readonly [column in FindingColumn]: Omit<Column, 'head'> } = {
  severity: { side: 'left' },
  count: { side: 'right', expendable: 2 },
  title: { side: 'left', least: 30 },
  hosts: { side: 'left', expendable: 1 },
  first: { side: 'left', expendable: 3 },
};

function findingTable(
  tallies: readonly RuleTally[],
  translations: Translations,
  language: Language,
  width: number,
): string[] {
  const rows = tallies
    .slice(0, SHOWN)
    .map(({ uid, level, findings, title, hosts, firstMs }) => [
      levelName(level, language),
      countText(findings),
      safe(titleIn(translations, uid, title, language), 140),
      safe([...hosts].join(', '), 40),
      minute(firstMs),
    ]);
  const table = tableText(withHeads(FINDING_COLUMNS, huntWords[language].findingColumns), rows, width);
  return [...table, ...more(tallies.length, language)];
}

function withHeads<Name extends string>(
  columns: { readonly [name in Name]: Omit<Column, 'head'> },
  heads: { readonly [name in Name]: string },
): Column[] {
  return (Object.keys(columns) as Name[]).map((name) => ({ ...columns[name], head: heads[name] }));
}

/** `2026-03-01 02:14`, UTC. */
function minute(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

function more(total: number, language: Language): string[] {
  return total > SHOWN ? [huntWords[language].more(total - SHOWN)] : [];
}

function titleOf(incident: IncidentFinding, language: Language): string {
  return incident.unmapped.titles[language];
}

function safe(text: string, most: number): string {
  return shorten(printable(text), most);
}
