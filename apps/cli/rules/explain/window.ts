import { formatInstant, type MatchedEvent } from '@yuheng/engine';
import type { Elsewhere, Match, MatchSummary, NearestWindow, Stray } from '@yuheng/sigma';

/** A match as it is told. */
interface ToldMatch {
  readonly rule: string;
  readonly file: string;
  readonly record: number | string;
  readonly time: string;
}

/** Matches as they are told: how many, the first and the last. */
export interface ToldMatches {
  readonly count: number;
  readonly first: ToldMatch;
  readonly last: ToldMatch;
}

/** A window that came nearest, as it is told. */
export type ToldWindow = Omit<NearestWindow, 'matches' | 'elsewhere'> & {
  readonly matches: ToldMatches;
  /** Where the rules that are missing occurred instead. */
  readonly elsewhere: readonly ToldElsewhere[];
};

/** Where a rule occurred that a window lacks, as it is told. */
interface ToldElsewhere extends Pick<Elsewhere, 'rule' | 'others'> {
  readonly nearest?: Omit<Stray, 'match'> & { readonly match: ToldMatch };
}

/** A match with the event behind it. */
interface EventMatch extends Match {
  readonly event: MatchedEvent;
}

/** What a correlation is asked over: each rule that matched each event. */
export function* matchesOf(events: readonly MatchedEvent[]): Generator<EventMatch> {
  for (const event of events) {
    for (const rule of [...event.rules].sort())
      yield { rule, uid: event.uid, time: event, field: (name) => event.fields[name], event };
  }
}

/** A window as it is told. */
export function toldWindow(nearest: NearestWindow): ToldWindow {
  return {
    ...nearest,
    matches: told(nearest.matches),
    elsewhere: nearest.elsewhere.map(({ nearest: stray, ...rest }) => ({
      ...rest,
      ...(stray ? { nearest: { ...stray, match: toldMatch(stray.match) } } : {}),
    })),
  };
}

/** Matches as they are told. */
export function told({ count, first, last }: MatchSummary): ToldMatches {
  return { count, first: toldMatch(first[0]!), last: toldMatch(last.at(-1) ?? first.at(-1)!) };
}

function toldMatch(match: Match): ToldMatch {
  const { event } = match as EventMatch;
  const [place] = event.places;
  return { rule: match.rule, file: place!.file, record: place!.record, time: formatInstant(match.time) };
}
