import { formatInstant, type MatchedEvent } from '@yuheng/engine';
import {
  explainCorrelation,
  type CompiledCorrelation,
  type CorrelationFinding,
  type Match,
  type MatchSummary,
  type NearestWindow,
  type RuleSet,
  type SigmaCorrelation,
} from '@yuheng/sigma';
import { appliedFilters, type AppliedFilter } from './filters.ts';
import { matchesIn, watchRecords, type EventPlace } from './read.ts';
import { NearestRecords, type RecordExplanation } from './record.ts';

/** A match as it is told. */
interface ToldMatch {
  readonly rule: string;
  readonly file: string;
  readonly record: number | string;
  readonly time: string;
}

/** Matches as they are told: how many, the first and the last. */
interface ToldMatches {
  readonly count: number;
  readonly first: ToldMatch;
  readonly last: ToldMatch;
}

type Group = CorrelationFinding['group'];

/** Why a correlation held or not. */
export interface CorrelationAnswer {
  readonly kind: 'correlation';
  readonly rule: Pick<SigmaCorrelation, 'uid' | 'title' | 'file' | 'type' | 'timespanMs' | 'groupBy'>;
  /** The filters that tune the rules below it. */
  readonly filters: readonly AppliedFilter[];
  readonly turns: number;
  readonly turned: readonly { readonly group: Group; readonly matches: ToldMatches }[];
  /** What it looks at: how often each matched; for a rule that never did, the record that came nearest. */
  readonly inputs: readonly {
    readonly uid: string;
    readonly title: string;
    readonly count: number;
    readonly nearest?: RecordExplanation;
  }[];
  readonly ungrouped: readonly { readonly field: string; readonly count: number }[];
  readonly nearest?: Omit<NearestWindow, 'matches'> & { readonly matches: ToldMatches };
}

/** A match with the event behind it. */
interface EventMatch extends Match {
  readonly event: MatchedEvent;
}

/** Explains a correlation over all of a file: a window is made of many records. */
export async function explainCorrelationIn(
  { correlation }: CompiledCorrelation,
  set: RuleSet,
  place: EventPlace,
): Promise<CorrelationAnswer> {
  const below = reachedFrom(correlation.uid, set);
  const rules = { ...set, rules: set.rules.filter(({ rule }) => below.has(rule.uid)) };
  const events = await matchesIn(place.path, rules);
  const explained = explainCorrelation(set, correlation.uid, matchesOf(events));
  const counts = explained.inputs.filter(({ count }) => count === 0).map(({ rule }) => rule);
  const nearest = await nearestOf(counts, set, place);
  const titles = new Map(
    [...set.rules.map(({ rule }) => rule), ...set.correlations.map((each) => each.correlation)].map((rule) => [
      rule.uid,
      rule.title,
    ]),
  );
  const { uid, title, file, type, timespanMs, groupBy } = correlation;
  return {
    kind: 'correlation',
    rule: { uid, title, file, type, timespanMs, groupBy },
    filters: appliedFilters(rules.rules, set),
    turns: explained.turns,
    turned: explained.turned.map(({ group, matches }) => ({ group, matches: told(matches) })),
    inputs: explained.inputs.map(({ rule, count }) => {
      const near = nearest.get(rule);
      return { uid: rule, title: titles.get(rule) ?? rule, count, ...(near ? { nearest: near } : {}) };
    }),
    ungrouped: explained.ungrouped,
    ...(explained.nearest ? { nearest: { ...explained.nearest, matches: told(explained.nearest.matches) } } : {}),
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

function* matchesOf(events: readonly MatchedEvent[]): Generator<EventMatch> {
  for (const event of events) {
    for (const rule of [...event.rules].sort())
      yield { rule, uid: event.uid, time: event, field: (name) => event.fields[name], event };
  }
}

async function nearestOf(
  uids: readonly string[],
  set: RuleSet,
  place: EventPlace,
): Promise<ReadonlyMap<string, RecordExplanation>> {
  const near = set.rules
    .filter(({ rule }) => uids.includes(rule.uid))
    .map((compiled) => ({ uid: compiled.rule.uid, records: new NearestRecords(compiled, 1) }));
  if (near.length > 0) {
    await watchRecords(place.path, (record) => {
      for (const { records } of near) records.see(record);
    });
  }
  return new Map(near.flatMap(({ uid, records }) => records.nearest.map((explanation) => [uid, explanation] as const)));
}

function told({ count, first, last }: MatchSummary): ToldMatches {
  return { count, first: toldMatch(first[0]!), last: toldMatch(last.at(-1) ?? first.at(-1)!) };
}

function toldMatch(match: Match): ToldMatch {
  const { event } = match as EventMatch;
  const [place] = event.places;
  return { rule: match.rule, file: place!.file, record: place!.record, time: formatInstant(match.time) };
}
