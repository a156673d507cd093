import { formatInstant, type MatchedEvent, type Record } from '@yuheng/engine';
import {
  explainCorrelation,
  type CompiledCorrelation,
  type CompiledRule,
  type CorrelationFinding,
  type RuleSet,
  type SigmaCorrelation,
  type SigmaRule,
} from '@yuheng/sigma';
import { AskedRecords } from './asked.ts';
import { appliedFilters, type AppliedFilter } from './filters.ts';
import { matchesIn, watchRecords, type EventPlace, type Losses } from './read.ts';
import { NearestRecords, type RecordExplanation } from './record.ts';
import type { TitleOf } from './rule.ts';
import { matchesOf, told, toldWindow, type ToldMatches, type ToldWindow } from './window.ts';

type Group = CorrelationFinding['group'];

/** A record that was asked about. */
interface AboutRecord {
  readonly file: string;
  readonly record: number | string;
  readonly time: string;
  /** The rules below the correlation that it matches. */
  readonly matches: readonly Pick<SigmaRule, 'uid' | 'title'>[];
}

/** Why a correlation held or not. */
export interface CorrelationAnswer {
  readonly kind: 'correlation';
  readonly rule: Pick<SigmaCorrelation, 'uid' | 'title' | 'file' | 'type' | 'timespanMs' | 'groupBy' | 'condition'>;
  /** The filters that tune the rules below it. */
  readonly filters: readonly AppliedFilter[];
  /** The records that were asked about, and their groups: the rest is told of these groups alone, where there are some. */
  readonly about?: { readonly records: readonly AboutRecord[]; readonly groups: readonly Group[] };
  readonly turns: number;
  readonly turned: readonly { readonly group: Group; readonly matches: ToldMatches }[];
  /** What it looks at: how often each matched; for a rule that never did, the record that came nearest, or was asked about. */
  readonly inputs: readonly {
    readonly uid: string;
    readonly title: string;
    readonly count: number;
    readonly nearest?: RecordExplanation;
  }[];
  readonly ungrouped: readonly { readonly field: string; readonly count: number }[];
  readonly nearest?: ToldWindow;
  /** What stood there besides and did not become a record. */
  readonly losses: Losses;
}

/** Explains a correlation over the group of the record that is asked about, or all of a file: a window is made of many records. */
export async function explainCorrelationIn(
  { correlation }: CompiledCorrelation,
  set: RuleSet,
  place: EventPlace,
  titleOf: TitleOf,
): Promise<CorrelationAnswer> {
  const below = reachedFrom(correlation.uid, set);
  const rules = { ...set, rules: set.rules.filter(({ rule }) => below.has(rule.uid)) };
  const events = await matchesIn(place.path, rules);
  const silent = rules.rules.filter(({ rule }) => !events.some((event) => event.rules.includes(rule.uid)));
  const { losses, nearest, asked } = await lookAgain(place, silent);
  const about = asked?.map((record) => ({ record, event: events.find((event) => isOf(event, record)) }));
  const uids = about?.flatMap(({ event }) => (event ? [event.uid] : []));
  const explained = explainCorrelation(set, correlation.uid, matchesOf(events), { about: new Set(uids) });
  const called = calledIn(set, titleOf);
  const { uid, file, type, timespanMs, groupBy, condition } = correlation;
  return {
    kind: 'correlation',
    rule: { uid, title: titleOf(correlation), file, type, timespanMs, groupBy, condition },
    filters: appliedFilters(rules.rules, set),
    ...(about ? { about: { records: about.map((each) => aboutRecord(each, called)), groups: explained.about } } : {}),
    turns: explained.turns,
    turned: explained.turned.map(({ group, matches }) => ({ group, matches: told(matches) })),
    inputs: explained.inputs.map(({ rule, count }) => {
      const near = nearest.get(rule);
      return { ...called(rule), count, ...(near ? { nearest: near } : {}) };
    }),
    ungrouped: explained.ungrouped,
    ...(explained.nearest ? { nearest: toldWindow(explained.nearest) } : {}),
    losses,
  };
}

/** What a rule or correlation is called, by its uid. */
type Called = (uid: string) => Pick<SigmaRule, 'uid' | 'title'>;

function calledIn({ rules, correlations }: RuleSet, titleOf: TitleOf): Called {
  const all = [...rules.map(({ rule }) => rule), ...correlations.map(({ correlation }) => correlation)];
  const known = new Map(all.map((rule) => [rule.uid, rule]));
  return (uid) => ({ uid, title: titleOf(known.get(uid)!) });
}

function isOf({ file, number }: MatchedEvent, { origin, ...record }: Record): boolean {
  return file === origin.file && number === record.number;
}

interface About {
  readonly record: Record;
  readonly event: MatchedEvent | undefined;
}

function aboutRecord({ record: { origin, number, recordId, time }, event }: About, called: Called): AboutRecord {
  return {
    file: origin.file,
    record: recordId ?? number,
    time: formatInstant(time),
    matches: (event?.rules ?? []).map(called),
  };
}

/** Uids of all rules and correlations that a correlation is made of. */
function reachedFrom(uid: string, set: RuleSet): ReadonlySet<string> {
  const reached = new Set([uid]);
  // Those that others refer to come first, so one way back meets them all.
  for (const { correlation } of set.correlations.toReversed()) {
    if (reached.has(correlation.uid)) for (const rule of correlation.rules) reached.add(rule);
  }
  return reached;
}

/** Looks at all records, for the one that is asked about, and what rules that never matched came nearest to. */
async function lookAgain(place: EventPlace, silent: readonly CompiledRule[]) {
  const near = silent.map((compiled) => ({ uid: compiled.rule.uid, records: new NearestRecords(compiled, 1) }));
  const asked = new AskedRecords(place);
  const see = (record: Record): void => {
    for (const { records } of near) records.see(record);
  };
  const losses = await watchRecords(place.path, place.record === undefined ? see : (record) => asked.see(record));
  const found = place.record === undefined ? undefined : asked.found(losses);
  found?.forEach(see);
  const nearest = new Map(near.flatMap(({ uid, records }) => records.nearest.map((each) => [uid, each] as const)));
  return { losses, nearest, asked: found };
}
