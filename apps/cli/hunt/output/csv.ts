import { stringify } from 'csv-stringify/sync';
import { openOutput } from '@yuheng/adapter-files';
import { formatInstant, type PlacedFinding } from '@yuheng/engine';
import { printable } from '../../printable.ts';
import type { FindingSink } from './sink.ts';

/** The columns; Timesketch asks for message, datetime and timestamp_desc. */
const COLUMNS = [
  'datetime',
  'timestamp_desc',
  'message',
  'level',
  'rule',
  'rule_id',
  'tactics',
  'techniques',
  'host',
  'users',
  'addresses',
  'processes',
  'file',
  'record',
  'count',
  'finding_uid',
  'raw',
];

/** The first line of a timeline. */
export const CSV_HEAD = stringify([COLUMNS]);

/** Raw text in a cell is cut here; the NDJSON has all of it. */
const MAX_RAW = 4_000;

/** One finding a row; cells that a spreadsheet would run as a formula are quoted. */
export async function csvSink(path: string): Promise<FindingSink> {
  const output = await openOutput(path);
  await output.write(CSV_HEAD);
  return {
    add: (found) => output.write(stringify([row(found).map(cell)], { escape_formulas: true })),
    end: () => output.close(),
    discard: () => output.discard(),
  };
}

/** One line a row: line ends and escapes from the world are shown as what they are. */
function cell(value: string | number): string | number {
  return typeof value === 'string' ? printable(value) : value;
}

function row({ finding, order, level, entities }: PlacedFinding): (string | number)[] {
  const { finding_info: info, evidences, count } = finding;
  const last = evidences.at(-1)!.data;
  const of = (kind: string): string =>
    entities
      .filter((entity) => entity.kind === kind)
      .map((entity) => entity.label)
      .join(' ');
  const unique = (names: (string | undefined)[]): string =>
    [...new Set(names.filter((name) => name !== undefined))].join(' ');
  return [
    formatInstant(order),
    'Event Time',
    info.title,
    level,
    info.title,
    info.analytic.uid,
    unique(info.attacks.map((attack) => attack.tactic?.uid)),
    unique(info.attacks.map((attack) => attack.sub_technique?.uid ?? attack.technique?.uid)),
    of('host'),
    of('user'),
    of('address'),
    of('process'),
    last.file,
    last.record,
    count,
    info.uid,
    String(last.event['raw_data'] ?? '').slice(0, MAX_RAW),
  ];
}
