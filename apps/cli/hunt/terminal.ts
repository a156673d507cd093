import Table from 'cli-table3';
import { levelName, levelOf, titleIn, type IncidentFinding, type Language, type Translations } from '@yuheng/engine';
import type { RuleSet } from '@yuheng/sigma';
import { adviceFor } from '../text/advice.ts';
import { printable, shorten } from '../printable.ts';
import { bytesText, countText, timeText } from '@yuheng/report';
import { huntWords } from '../text/hunt.ts';
import type { HuntResult } from './run.ts';
import { rejectedRules } from './summary.ts';
import type { RuleTally, Tally } from './tally.ts';

/** Rules and incidents shown on the terminal; the report has all. */
const SHOWN = 20;

/** What a person reads at the end of a hunt: the answer, incidents, the worst findings, the books. */
export function terminalReport(
  result: HuntResult,
  rules: RuleSet,
  tally: Tally,
  translations: Translations,
  language: Language,
): string {
  const words = huntWords[language];
  const incidents = [...result.incidents].sort((a, b) => b.unmapped.score - a.unmapped.score);
  const findings = tally.atLeast('informational');
  return [
    '',
    words.headline(incidents.length, findings, incidents[0] && safe(titleOf(incidents[0], language), 200)),
    '',
    ...(incidents.length > 0 ? [incidentTable(incidents, language), ''] : []),
    ...(findings > 0 ? [findingTable(tally.rules, translations, language), ''] : []),
    ...booksText(result, rules, language),
  ].join('\n');
}

function incidentTable(incidents: readonly IncidentFinding[], language: Language): string {
  const words = huntWords[language];
  const table = new Table({
    head: words.incidentColumns,
    style: { head: [], border: [] },
    colWidths: [null, 7, 60, null, null],
    wordWrap: true,
  });
  for (const incident of incidents.slice(0, SHOWN)) {
    table.push([
      levelName(levelOf(incident.severity_id), language),
      incident.unmapped.score,
      safe(titleOf(incident, language), 160),
      `${timeText(incident['start_time'] as number)}\n${timeText(incident.time)}`,
      countText(incident.finding_info_list.length),
    ]);
  }
  return [table.toString(), ...more(incidents.length, language)].join('\n');
}

function findingTable(tallies: readonly RuleTally[], translations: Translations, language: Language): string {
  const words = huntWords[language];
  const table = new Table({
    head: words.findingColumns,
    style: { head: [], border: [] },
    colWidths: [null, null, 70, 30, null],
    wordWrap: true,
  });
  for (const { uid, level, findings, title, hosts, firstMs } of tallies.slice(0, SHOWN)) {
    table.push([
      levelName(level, language),
      countText(findings),
      safe(titleIn(translations, uid, title, language), 140),
      safe([...hosts].join(', '), 56),
      timeText(firstMs),
    ]);
  }
  return [table.toString(), ...more(tallies.length, language)].join('\n');
}

function more(total: number, language: Language): string[] {
  return total > SHOWN ? [huntWords[language].more(total - SHOWN)] : [];
}

function booksText(
  { files, bytes, counts, duplicates, unreadable, refusals }: HuntResult,
  rules: RuleSet,
  language: Language,
): string[] {
  const words = huntWords[language];
  const { read, parsed, unparsed, refused, unparsedBy, assumed } = counts;
  const rejected = Object.values(rejectedRules(rules)).reduce((sum, count) => sum + count, 0);
  return [
    words.files(countText(files), bytesText(bytes)),
    words.books(countText(read), countText(parsed), countText(unparsed), reasons(unparsedBy), reasons(refused)),
    ...(duplicates > 0 ? [words.duplicates(countText(duplicates))] : []),
    ...(Object.keys(assumed).length > 0 ? [words.assumed(reasons(assumed))] : []),
    words.rules(countText(rules.rules.length + rules.correlations.length), countText(rejected)),
    ...unreadable
      .slice(0, SHOWN)
      .map(({ name, reason, detail }) => words.unreadable(safe(name, 200), reason, safe(detail, 300))),
    ...more(unreadable.length, language),
    ...refusals
      .slice(0, SHOWN)
      .map(({ file, reason, offset, detail }) =>
        words.refused(safe(file, 200), countText(offset), reason, safe(detail, 300), adviceFor(reason, language)),
      ),
    '',
  ];
}

function reasons(counts: { readonly [reason: string]: number }): string {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${reason} ${countText(count)}`)
    .join(', ');
}

function titleOf(incident: IncidentFinding, language: Language): string {
  return incident.unmapped.titles[language];
}

function safe(text: string, most: number): string {
  return shorten(printable(text), most);
}
