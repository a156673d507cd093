import { inputOf, textOf, valueOf, type Input } from './entry.ts';
import { Group } from './group.ts';
import type { CompiledCorrelation, CorrelationFinding, Match, MatchTime, SigmaCorrelation } from './types.ts';

/** What a correlator reads of a rule set. */
export interface CorrelationSet {
  /** Correlations, those that others refer to first. */
  readonly correlations: readonly CompiledCorrelation[];
  /** Uids of rules and correlations that give no findings of their own. */
  readonly silent: ReadonlySet<string>;
}

/** What a correlator may cost. */
export interface CorrelatorOptions {
  /** Entries in the window of one group; beyond it the oldest are evicted, in the order of events, and counted. */
  readonly maxWindow?: number;
}

/** What a correlator left out. */
export interface CorrelatorCounters {
  /** Entries that left a window because it was full, not because their time had come. */
  readonly evicted: number;
  /** Matches that lacked a group-by field of a correlation and so belong to none of its groups. */
  readonly ungrouped: number;
}

/** Correlates matches. */
export interface Correlator {
  /**
   * Takes the next match; returns the findings that it completes. Matches come in their total order: by time, and the
   * matches of one event next to one another, by rule uid. Throws RangeError when time runs backwards.
   */
  push(match: Match): readonly CorrelationFinding[];
  /** No match before this time will come any more: the findings that are complete by that. */
  advance(time: MatchTime): readonly CorrelationFinding[];
  /** The findings that are still growing, as they stand. */
  open(): readonly CorrelationFinding[];
  /** Completes what is still growing. */
  end(): readonly CorrelationFinding[];
  readonly counters: CorrelatorCounters;
}

/** The bound of a window that holds unless the caller sets another. */
export const DEFAULT_MAX_WINDOW = 100_000;

/**
 * Makes a correlator. A correlation is judged at each match over those matches of its group that are later than the
 * match's time less the timespan. A finding begins when the condition turns true and grows while it stays true; the
 * same group can begin another only after the condition was false, or after no match for a timespan. A correlation
 * that holds at a match is itself a match, at that moment, for the correlations that refer to it; as long as it stays
 * true it is one and the same.
 */
export function createCorrelator(set: CorrelationSet, options: CorrelatorOptions = {}): Correlator {
  return new MatchCorrelator(set, options.maxWindow ?? DEFAULT_MAX_WINDOW);
}

class MatchCorrelator implements Correlator {
  readonly #states: readonly CorrelationState[];
  /** For each base rule the correlations that its matches can reach, those referred to first. */
  readonly #reachable = new Map<string, readonly CorrelationState[]>();
  readonly #silent: ReadonlySet<string>;
  #now: MatchTime = { ms: -Infinity, ns: 0 };

  constructor({ correlations, silent }: CorrelationSet, maxWindow: number) {
    this.#states = correlations.map(({ correlation }) => new CorrelationState(correlation, maxWindow));
    this.#silent = silent;
  }

  push(match: Match): readonly CorrelationFinding[] {
    const { time } = match;
    if (time.ms < this.#now.ms || (time.ms === this.#now.ms && time.ns < this.#now.ns))
      throw new RangeError('matches have to be pushed in the order of their times: sort them first');
    this.#now = time;
    const inputs: Input[] = [inputOf(match)];
    const completed: CorrelationFinding[] = [];
    for (const state of this.#reachableFrom(match.rule)) {
      for (const input of [...inputs]) {
        const derived = state.accept(input, completed);
        if (derived) inputs.push(derived);
      }
    }
    return this.#audible(completed);
  }

  advance(time: MatchTime): readonly CorrelationFinding[] {
    return this.#audible(this.#states.flatMap((state) => state.advance(time)));
  }

  open(): readonly CorrelationFinding[] {
    return this.#audible(this.#states.flatMap((state) => [...state.findings()]));
  }

  end(): readonly CorrelationFinding[] {
    return this.#audible(this.#states.flatMap((state) => state.end()));
  }

  get counters(): CorrelatorCounters {
    const sum = (key: 'evicted' | 'ungrouped') => this.#states.reduce((total, state) => total + state[key], 0);
    return { evicted: sum('evicted'), ungrouped: sum('ungrouped') };
  }

  #audible(findings: readonly CorrelationFinding[]): readonly CorrelationFinding[] {
    return findings.filter(({ correlation }) => !this.#silent.has(correlation.uid));
  }

  #reachableFrom(rule: string): readonly CorrelationState[] {
    let reachable = this.#reachable.get(rule);
    if (!reachable) {
      const reached = new Set([rule]);
      reachable = this.#states.filter(({ correlation }) => {
        const refers = correlation.rules.some((uid) => reached.has(uid));
        if (refers) reached.add(correlation.uid);
        return refers;
      });
      this.#reachable.set(rule, reachable);
    }
    return reachable;
  }
}

/** All groups of one correlation. */
export class CorrelationState {
  readonly correlation: SigmaCorrelation;
  readonly #rules: ReadonlySet<string>;
  readonly #maxWindow: number;
  /** By values; the group whose last input is the oldest comes first. */
  readonly #groups = new Map<string, Group>();
  evicted = 0;
  ungrouped = 0;

  constructor(correlation: SigmaCorrelation, maxWindow: number) {
    this.correlation = correlation;
    this.#rules = new Set(correlation.rules);
    this.#maxWindow = maxWindow;
  }

  /** Takes an input; adds what it completes to `completed`, and returns what others see of this correlation. */
  accept(input: Input, completed: CorrelationFinding[]): Input | undefined {
    if (!this.#rules.has(input.rule)) return undefined;
    this.#endOver(input.match.time, completed);
    const values = this.correlation.groupBy.map((name) => textOf(valueOf(this.correlation, name, input)));
    if (!values.every((value) => value !== undefined)) {
      this.ungrouped++;
      return undefined;
    }
    const group = this.#groupOf(values);
    this.evicted += group.add(input);
    const verdict = group.judge();
    if (verdict !== 'false') return this.#derive(group, values, input, verdict === 'turned');
    const finding = group.close();
    if (finding) completed.push(finding);
    return undefined;
  }

  *findings(): Generator<CorrelationFinding> {
    for (const group of this.#groups.values()) {
      const finding = group.finding();
      if (finding) yield finding;
    }
  }

  /** Completes the groups that had no input for a timespan at this time. */
  advance(time: MatchTime): readonly CorrelationFinding[] {
    const completed: CorrelationFinding[] = [];
    this.#endOver(time, completed);
    return completed;
  }

  end(): readonly CorrelationFinding[] {
    const findings = [...this.findings()];
    this.#groups.clear();
    return findings;
  }

  #groupOf(values: readonly string[]): Group {
    const key = JSON.stringify(values);
    const group = this.#groups.get(key) ?? new Group(this.correlation, values, this.#maxWindow);
    this.#groups.delete(key);
    this.#groups.set(key, group);
    return group;
  }

  /** Lets go of groups that had no input for a timespan; what they had found is complete. */
  #endOver(time: MatchTime, completed: CorrelationFinding[]): void {
    for (const [key, group] of this.#groups) {
      if (!group.isOver(time)) return;
      const finding = group.close();
      if (finding) completed.push(finding);
      this.#groups.delete(key);
    }
  }

  /** This correlation as an input of others: its group's values under its own names, else the fields of the input. */
  #derive(group: Group, values: readonly string[], input: Input, turned: boolean): Input {
    const summary = turned ? group.finding()?.matches : undefined;
    const { groupBy, uid } = this.correlation;
    return {
      rule: uid,
      uid: group.key,
      match: input.match,
      evidence: summary ? [...summary.first, ...summary.last] : input.evidence,
      field: (name) => {
        const at = groupBy.indexOf(name);
        return at >= 0 ? values[at] : input.field(name);
      },
    };
  }
}
