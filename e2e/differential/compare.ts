import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecordView, type Reading, type Record } from '@yuheng/engine';
import { loadRules, type CompiledRule } from '@yuheng/sigma';
import { logsourceMap } from '../../apps/cli/hunt/setup.ts';
import { watchRecords } from '../../apps/cli/rules/explain/read.ts';

/** What the other evaluator answers. */
interface Evaluated {
  readonly matches: { readonly [uid: string]: readonly number[] };
  readonly unconverted: { readonly [uid: string]: string };
}

/** A rule that the two evaluators answer differently. */
export interface Difference {
  readonly uid: string;
  readonly title: string;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/** What came of a comparison. */
export interface Compared {
  readonly events: number;
  readonly rules: number;
  /** Rule and event pairs that were asked about, and those that both find. */
  readonly asked: number;
  readonly agreed: number;
  readonly unconverted: { readonly [uid: string]: string };
  readonly differences: readonly Difference[];
}

/** An event with the names that rules use for its fields. */
interface Row {
  readonly kind: string;
  readonly record: Record;
  readonly reading: Reading | undefined;
}

/** All rules of SigmaHQ that are about the public event logs: ours against pySigma's SQLite backend, run by `python`. */
export async function compareWithSqlite(corpus: string, python: string): Promise<Compared> {
  const rows = await readRows(corpus);
  const texts = rulesBelow(join(corpus, 'sigma'));
  const rules = loadRules([...texts].map(([file, text]) => ({ file, text }))).rules;
  const about = rules.map((rule) => ({ rule, kinds: kindsOf(rule, rows) })).filter(({ kinds }) => kinds.length > 0);
  const fields = [...new Set(about.flatMap(({ rule }) => rule.fields))];
  const input = {
    rules: about.map(({ rule: { rule }, kinds }) => ({ uid: rule.uid, text: texts.get(rule.file)!, kinds })),
    events: rows.map((row) => ({ kind: row.kind, fields: textsOf(row, fields) })),
  };
  const { matches, unconverted } = evaluate(python, input);
  let [asked, agreed] = [0, 0];
  const differences: Difference[] = [];
  for (const { rule, kinds } of about) {
    const theirs = matches[rule.rule.uid];
    if (!theirs) continue;
    const own = rows.flatMap((row, number) => (kinds.includes(row.kind) ? [number] : []));
    const ours = own.filter((number) => rule.matches(new RecordView(rows[number]!.record, rows[number]!.reading)));
    asked += own.length;
    agreed += ours.filter((number) => theirs.includes(number)).length;
    const onlyOurs = ours.filter((number) => !theirs.includes(number));
    const onlyTheirs = theirs.filter((number) => !ours.includes(number));
    if (onlyOurs.length + onlyTheirs.length > 0)
      differences.push({ uid: rule.rule.uid, title: rule.rule.title, ours: onlyOurs, theirs: onlyTheirs });
  }
  return { events: rows.length, rules: about.length, asked, agreed, unconverted, differences };
}

async function readRows(corpus: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const folder of ['evtx', 'sigma-regression']) {
    await watchRecords(join(corpus, folder), (record) => {
      rows.push({ kind: logsourceMap.signature(record), record, reading: readingOf(record) });
    });
  }
  return rows;
}

/** All names that any of our log sources has for a record's fields. */
function readingOf(record: Record): Reading | undefined {
  return logsourceMap.reading({ product: 'windows', category: 'process_creation' }, record);
}

function kindsOf({ rule }: CompiledRule, rows: readonly Row[]): string[] {
  const kinds = new Map(rows.map((row) => [row.kind, row.record]));
  return [...kinds].filter(([, record]) => logsourceMap.answer(rule.logsource, record)).map(([kind]) => kind);
}

function textsOf({ record, reading }: Row, fields: readonly string[]): { [field: string]: string } {
  const view = new RecordView(record, reading);
  const texts: { [field: string]: string } = {};
  for (const field of fields) {
    const value = view.field(field);
    if (value !== undefined && value !== null)
      texts[field] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return texts;
}

function rulesBelow(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.yml') && name !== 'thor.yml',
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

function evaluate(python: string, input: object): Evaluated {
  const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, 'evaluate.py')], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`evaluate.py failed: ${stderr}`);
  return JSON.parse(stdout) as Evaluated;
}
