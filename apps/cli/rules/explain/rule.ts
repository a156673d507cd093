import type { LogsourceCondition, Record } from '@yuheng/engine';
import type { CompiledRule, RuleSet, SigmaRule } from '@yuheng/sigma';
import { YuhengError } from '../../errors.ts';
import { appliedFilters, type AppliedFilter } from './filters.ts';
import { watchRecords, type EventPlace } from './read.ts';
import { NearestRecords, SHOWN_RECORDS, wantedBy, type RecordExplanation } from './record.ts';

/** Why a rule matched or not. */
export interface RuleExplanation {
  readonly kind: 'rule';
  readonly rule: Pick<SigmaRule, 'uid' | 'title' | 'file' | 'logsource'>;
  /** The filters that tune it. */
  readonly filters: readonly AppliedFilter[];
  readonly wants: readonly (readonly LogsourceCondition[])[];
  /** Records that were looked at, those of the rule's own logsource among them, and those that matched. */
  readonly seen: number;
  readonly own: number;
  readonly matched: number;
  /** Those that came nearest, the nearest first. */
  readonly records: readonly RecordExplanation[];
}

/** Explains a detection rule over the record that is asked about, or all of the file. */
export async function explainRule(compiled: CompiledRule, set: RuleSet, place: EventPlace): Promise<RuleExplanation> {
  const nearest = new NearestRecords(compiled, SHOWN_RECORDS);
  const asked = new AskedRecords(place);
  await watchRecords(place.path, (record) => {
    if (place.record === undefined) nearest.see(record);
    else asked.see(record);
  });
  for (const record of asked.found) nearest.see(record);
  const { uid, title, file, logsource } = compiled.rule;
  return {
    kind: 'rule',
    rule: { uid, title, file, logsource },
    filters: appliedFilters([compiled], set),
    wants: wantedBy(logsource),
    seen: nearest.seen,
    own: nearest.own,
    matched: nearest.matched,
    records: nearest.nearest,
  };
}

/** Finds the record of a number: EventRecordID, as findings name it, else the position in its file. */
class AskedRecords {
  readonly #place: EventPlace;
  readonly #byId: Record[] = [];
  readonly #byNumber: Record[] = [];

  constructor(place: EventPlace) {
    this.#place = place;
  }

  see(record: Record): void {
    const asked = this.#place.record;
    if (String(record.recordId) === asked && this.#byId.length < SHOWN_RECORDS) this.#byId.push(record);
    if (String(record.number) === asked && this.#byNumber.length < SHOWN_RECORDS) this.#byNumber.push(record);
  }

  get found(): readonly Record[] {
    const { path, record } = this.#place;
    const found = this.#byId.length > 0 ? this.#byId : this.#byNumber;
    if (record === undefined || found.length > 0) return found;
    throw new YuhengError('YH-NO-RECORD', {
      en: `There is no record ${record} in ${JSON.stringify(path)}. Give an EventRecordID or a position that is in the file, or leave it out.`,
      'zh-CN': `${JSON.stringify(path)} 中没有第 ${record} 条记录。请给出文件中存在的 EventRecordID 或序号，或省略它。`,
    });
  }
}
