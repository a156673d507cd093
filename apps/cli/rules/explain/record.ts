import {
  compareText,
  formatInstant,
  RecordView,
  lackOf,
  scalarAt,
  type Logsource,
  type LogsourceCondition,
  type Record,
  type Lack,
} from '@yuheng/engine';
import type { CompiledRule, Explanation } from '@yuheng/sigma';
import { logsourceMap } from '../../hunt/setup.ts';

/** What one record is to a rule. */
export interface RecordExplanation {
  readonly file: string;
  readonly number: number;
  readonly recordId?: number | string;
  readonly time: string;
  /** Whether the rule is about such records at all. */
  readonly isOwn: boolean;
  /** What decides that of the record: its source, and the fields that logsources ask for. */
  readonly is: { readonly [name: string]: string };
  /** Its logsource is the rule's own, and the detection holds. */
  readonly matched: boolean;
  /** Why the rule is not asked of such records, though they are its own: what it reads is not to be had of them. */
  readonly lack?: Lack;
  readonly detection: Explanation;
}

/** Records that an answer shows. */
export const SHOWN_RECORDS = 10;

/** Says what a record is to a rule; the rule reads a record that is not its own by the record's own names. */
function explainRecord(compiled: CompiledRule, record: Record): RecordExplanation {
  const reading = logsourceMap.reading(compiled.rule.logsource, record);
  const lack = reading?.table && lackOf(compiled, reading.table);
  const detection = compiled.explain(new RecordView(record, reading));
  const { origin, number, recordId, time } = record;
  return {
    file: origin.file,
    number,
    ...(recordId === undefined ? {} : { recordId }),
    time: formatInstant(time),
    isOwn: reading !== undefined,
    is: { source: origin.source, ...decidingFields(record) },
    matched: reading !== undefined && !lack && detection.matched,
    ...(lack ? { lack } : {}),
    detection,
  };
}

function decidingFields({ origin, fields }: Record): { [name: string]: string } {
  const deciding = logsourceMap.fieldsOf(origin.source).map((name) => [name, scalarAt(fields, name)] as const);
  return Object.fromEntries(deciding.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** What a record must be for a rule: it must fulfil one condition of each half. An empty half is one that nothing here reads. */
export function wantedBy(logsource: Logsource): readonly (readonly LogsourceCondition[])[] {
  return logsourceMap.alternatives(logsource).map((entries) => entries.flatMap((entry) => entry.where));
}

/** Keeps the records that came nearest to a rule, the nearest first. */
export class NearestRecords {
  seen = 0;
  own = 0;
  matched = 0;
  readonly #compiled: CompiledRule;
  readonly #most: number;
  #shown: RecordExplanation[] = [];

  constructor(compiled: CompiledRule, most: number) {
    this.#compiled = compiled;
    this.#most = most;
  }

  see(record: Record): void {
    const explanation = explainRecord(this.#compiled, record);
    this.seen++;
    if (explanation.isOwn) this.own++;
    if (explanation.matched) this.matched++;
    this.#shown.push(explanation);
    if (this.#shown.length > 4 * this.#most) this.#cut();
  }

  get nearest(): readonly RecordExplanation[] {
    this.#cut();
    return this.#shown;
  }

  #cut(): void {
    this.#shown = this.#shown.sort(byNearness).slice(0, this.#most);
  }
}

function byNearness(a: RecordExplanation, b: RecordExplanation): number {
  return (
    Number(b.matched) - Number(a.matched) ||
    Number(b.isOwn) - Number(a.isOwn) ||
    b.detection.share - a.detection.share ||
    compareText(a.file, b.file) ||
    a.number - b.number
  );
}
