import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capabilities } from '@yuheng/capabilities';
import { compareText, coverageOf, LogsourceMap, type Coverage } from '@yuheng/engine';
import { loadRules } from '@yuheng/sigma';

/** Log sources with fewer rules stand together. */
const LEAST_RULES = 10;

const REASONS: { readonly [why in NonNullable<Coverage['lack']>['why']]: string } = {
  kind: 'no OCSF class answers the log source',
  field: 'a field has no sure place in OCSF',
  value: 'it tells an empty field from a missing one, or a value that mappings lose',
  text: 'it searches the whole text of a record',
  reference: 'it compares two fields',
};

/** The reference page of which rules of SigmaHQ OCSF events from outside answer. */
export function ocsfPage(corpus: string): string {
  const folder = join(corpus, 'sigma');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.yml$/.test(name));
  const texts = names.filter((name) => name !== 'thor.yml').sort(compareText);
  const { rules } = loadRules(texts.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') })));
  const logsources = new LogsourceMap(capabilities.flatMap((capability) => capability.logsources));
  const coverage = coverageOf(rules, logsources, 'ocsf');
  const answered = coverage.filter(({ lack }) => !lack).length;
  const share = ((100 * answered) / coverage.length).toFixed(1);
  return `# Sigma rules over OCSF events

Made by \`npm run generate\` from the public rules of SigmaHQ, [fields.ts](../../capabilities/ocsf/fields.ts) and
[logsources.ts](../../capabilities/ocsf/logsources.ts). Of ${coverage.length} rules that load, **${answered} (${share} %) are answered without loss** by events that
arrive as OCSF; the others are not asked. \`e2e/differential-ocsf.test.ts\` holds the answered ones to the answers of the records' own fields, over the
whole public corpus.

## Why the others are not asked

| reason | rules |
| --- | --- |
${reasons(coverage)}
## By log source

| log source | rules | answered | most frequent reasons of the others |
| --- | --- | --- | --- |
${byLogsource(coverage)}`;
}

function reasons(coverage: readonly Coverage[]): string {
  const counts = tally(coverage.flatMap(({ lack }) => (lack ? [REASONS[lack.why]] : [])));
  return counts.map(([reason, count]) => `| ${reason} | ${count} |\n`).join('');
}

function byLogsource(coverage: readonly Coverage[]): string {
  const groups = new Map<string, Coverage[]>();
  for (const one of coverage) {
    const { product, category, service } = one.rule.rule.logsource;
    const name = [product, category, service].filter((part) => part !== undefined).join(' ');
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  const large = [...groups].filter(([, group]) => group.length >= LEAST_RULES);
  const small = [...groups].filter(([, group]) => group.length < LEAST_RULES).flatMap(([, group]) => group);
  const rows = large.sort(([a, as], [b, bs]) => bs.length - as.length || compareText(a, b));
  return [...rows, ['others', small] as const].map(([name, group]) => row(name, group)).join('');
}

/** Reasons that a row tells. */
const SHOWN_REASONS = 4;

function row(name: string, group: readonly Coverage[]): string {
  const answered = group.filter(({ lack }) => !lack).length;
  const told = tally(group.flatMap(({ lack }) => (lack ? [reasonOf(lack)] : [])));
  const shown = told.slice(0, SHOWN_REASONS).map(([reason, count]) => `${count} × ${reason}`);
  return `| ${name} | ${group.length} | ${answered} | ${shown.join('; ')} |\n`;
}

function reasonOf(lack: NonNullable<Coverage['lack']>): string {
  if (lack.why === 'field') return lack.what.map((field) => `\`${field}\``).join(', ');
  return { kind: 'no class', value: 'empty or missing', text: 'whole text', reference: 'two fields' }[lack.why];
}

function tally(texts: readonly string[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, as], [b, bs]) => bs - as || compareText(a, b));
}
