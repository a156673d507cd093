import type { LogsourceCondition } from '@yuheng/engine';
import type { CompiledRule, RuleSet, SigmaRule } from '@yuheng/sigma';
import { AskedRecords } from './asked.ts';
import { appliedFilters, type AppliedFilter } from './filters.ts';
import { watchRecords, type EventPlace, type Losses } from './read.ts';
import { NearestRecords, SHOWN_RECORDS, wantedBy, type RecordExplanation } from './record.ts';

/** What a rule is called in the answer. */
export type TitleOf = (rule: Pick<SigmaRule, 'uid' | 'title'>) => string;

/** Why a rule matched or not. */
export interface RuleExplanation {
  readonly kind: 'rule';
  readonly rule: Pick<SigmaRule, 'uid' | 'title' | 'file' | 'logsource' | 'conditions'>;
  /** The filters that tune it. */
  readonly filters: readonly AppliedFilter[];
  /** What its log source asks of records such as were read; of any, where none of these could answer it. */
  readonly wants: readonly (readonly LogsourceCondition[])[];
  /** Whether records of such a format as was read could answer its log source. */
  readonly isAnswerable: boolean;
  /** The record that was asked about; absent where all of them were. */
  readonly asked?: string;
  /** Records that were looked at, those of the rule's own logsource among them, and those that matched. */
  readonly seen: number;
  readonly own: number;
  readonly matched: number;
  /** What stood there besides and did not become a record. */
  readonly losses: Losses;
  /** Those that came nearest, the nearest first. */
  readonly records: readonly RecordExplanation[];
}

/** Explains a detection rule over the record that is asked about, or all of the file. */
export async function explainRule(
  compiled: CompiledRule,
  set: RuleSet,
  place: EventPlace,
  titleOf: TitleOf,
): Promise<RuleExplanation> {
  const nearest = new NearestRecords(compiled, SHOWN_RECORDS);
  const asked = new AskedRecords(place);
  const sources = new Set<string>();
  const losses = await watchRecords(place.path, (record) => {
    sources.add(record.origin.source);
    if (place.record === undefined) nearest.see(record);
    else asked.see(record);
  });
  if (place.record !== undefined) for (const record of asked.found(losses)) nearest.see(record);
  const { uid, file, logsource, conditions } = compiled.rule;
  return {
    kind: 'rule',
    rule: { uid, title: titleOf(compiled.rule), file, logsource, conditions },
    filters: appliedFilters([compiled], set),
    ...wantedOf(wantedBy(logsource), sources),
    ...(place.record === undefined ? {} : { asked: place.record }),
    seen: nearest.seen,
    own: nearest.own,
    matched: nearest.matched,
    losses,
    records: nearest.nearest,
  };
}

/** Of what a log source asks for what is about the formats that were read. */
function wantedOf(
  halves: readonly (readonly LogsourceCondition[])[],
  sources: ReadonlySet<string>,
): Pick<RuleExplanation, 'wants' | 'isAnswerable'> {
  const wants = halves.map((half) =>
    half.flatMap(({ source, ...condition }) => {
      const read = source?.filter((one) => sources.has(one));
      return read === undefined ? [condition] : read.length > 0 ? [{ ...condition, source: read }] : [];
    }),
  );
  const isAnswerable = wants.every((half) => half.length > 0);
  return { wants: isAnswerable ? wants : halves, isAnswerable };
}
