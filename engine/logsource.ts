import { scalarAt } from './aliases/field-path.ts';
import { readingOf, type Reading } from './aliases/reading.ts';
import type { LogsourceCondition, LogsourceEntry } from './capability.ts';
import type { Record } from './record.ts';

/** A rule's logsource as Sigma writes it. */
export interface Logsource {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
}

/** Entries by half; each half is answered by any of its entries. */
type Alternatives = readonly (readonly LogsourceEntry[])[];

const ATTRIBUTES = ['category', 'product', 'service'] as const;

/**
 * Which records answer a logsource. An entry answers when it has everything that the rule names; where none has category and
 * service together, a record must answer both halves.
 */
export class LogsourceMap {
  private readonly entries: readonly LogsourceEntry[];
  private readonly conditions: readonly LogsourceCondition[];
  private readonly found = new WeakMap<Logsource, Alternatives>();

  constructor(entries: readonly LogsourceEntry[]) {
    this.entries = entries;
    this.conditions = entries.flatMap((entry) => entry.where);
  }

  /** The fields that decide which logsources a source's records answer. */
  fieldsOf(source: string): readonly string[] {
    const own = this.conditions.filter((condition) => condition.source?.includes(source) ?? true);
    return [...new Set(own.flatMap(({ fields }) => Object.keys(fields ?? {})))];
  }

  /** Whether any source of ours could ever answer. */
  knows(logsource: Logsource): boolean {
    return this.alternatives(logsource).every((entries) => entries.length > 0);
  }

  /** The conditions that hold for this record, one from each half; `undefined` when the record is not what the rule is about. */
  answer(logsource: Logsource, record: Record): readonly LogsourceCondition[] | undefined {
    const answers: LogsourceCondition[] = [];
    for (const entries of this.alternatives(logsource)) {
      const found = entries.flatMap((entry) => entry.where).find((condition) => holds(condition, record));
      if (!found) return undefined;
      answers.push(found);
    }
    return answers;
  }

  /** How rules about a logsource read a record; `undefined` where they are not about it. */
  reading(logsource: Logsource, record: Record): Reading | undefined {
    const answers = this.answer(logsource, record);
    return answers && readingOf(answers);
  }

  /** Equal for records that answer the same conditions: the same rules are about them. */
  signature(record: Record): string {
    let held = '';
    this.conditions.forEach((condition, index) => {
      if (holds(condition, record)) held += `${index} `;
    });
    return held;
  }

  /** The entries that a record may answer, by half: it must answer one of each. An empty half means that no source of ours does. */
  alternatives(logsource: Logsource): Alternatives {
    let alternatives = this.found.get(logsource);
    if (!alternatives) this.found.set(logsource, (alternatives = this.findAlternatives(logsource)));
    return alternatives;
  }

  private findAlternatives(logsource: Logsource): Alternatives {
    const whole = this.entries.filter((entry) => has(entry, logsource));
    const { category, product, service } = logsource;
    if (whole.length > 0 || category === undefined || service === undefined) return [whole];
    const shared = product === undefined ? {} : { product };
    return [
      { ...shared, category },
      { ...shared, service },
    ].map((half) => this.entries.filter((entry) => has(entry, half)));
  }
}

function has(entry: LogsourceEntry, logsource: Logsource): boolean {
  return ATTRIBUTES.every((name) => logsource[name] === undefined || logsource[name] === entry[name]);
}

function holds(condition: LogsourceCondition, record: Record): boolean {
  if (condition.source && !condition.source.includes(record.origin.source)) return false;
  return Object.entries(condition.fields ?? {}).every(([name, allowed]) => {
    const found = scalarAt(record.fields, name)?.toLowerCase();
    return allowed.some((value) => (value === null ? undefined : String(value).toLowerCase()) === found);
  });
}
