import { CorrelationState, DEFAULT_MAX_WINDOW, type CorrelationSet } from './correlator.ts';
import { disorderIn, type Disorder } from './disorder.ts';
import { inputOf, textOf, valueOf, type Input } from './entry.ts';
import { Evidence } from './evidence.ts';
import { Group, isOut } from './group.ts';
import type { Reading } from './measure.ts';
import { distanceTo } from './relation.ts';
import type { Bound, CorrelationFinding, Match, MatchSummary, SigmaCorrelation } from './types.ts';

/** How often a correlation's condition turned true, and else which window came nearest and what it lacked. */
export interface CorrelationExplanation {
  readonly correlation: SigmaCorrelation;
  /** How often the condition turned true. */
  readonly turns: number;
  /** The first {@link SHOWN_TURNS} of these, as they stood when they turned. */
  readonly turned: readonly CorrelationFinding[];
  /** For each rule that it looks at, in its order, how often it matched (or held, for a correlation). */
  readonly inputs: readonly { readonly rule: string; readonly count: number }[];
  /** Matches that are in no group because they lack a field to group by; the first one that they lack. */
  readonly ungrouped: readonly { readonly field: string; readonly count: number }[];
  /** Of the windows in which the condition did not hold the one that lacked least; absent where there was none. */
  readonly nearest?: NearestWindow;
}

/** A window in which a correlation did not hold. */
export interface NearestWindow extends Reading {
  readonly group: CorrelationFinding['group'];
  readonly matches: MatchSummary;
  /** The bounds that its figure does not keep. */
  readonly unkept: readonly Bound[];
  /** For `temporal_ordered`: how its rules came, where that is what stopped it. */
  readonly disorder?: Disorder;
}

/** Turns that an explanation shows. */
export const SHOWN_TURNS = 10;

/**
 * Says why a correlation holds or not over some matches, which come in the order that {@link createCorrelator} asks for.
 * For people, not for the hot path: it keeps all of them. Throws RangeError when the set has no such correlation.
 */
export function explainCorrelation(
  set: CorrelationSet,
  uid: string,
  matches: Iterable<Match>,
  maxWindow: number = DEFAULT_MAX_WINDOW,
): CorrelationExplanation {
  const at = set.correlations.findIndex(({ correlation }) => correlation.uid === uid);
  const correlation = set.correlations[at]?.correlation;
  if (correlation === undefined) throw new RangeError(`no correlation of the set has the uid ${JSON.stringify(uid)}`);
  const below = set.correlations.slice(0, at).map((each) => new CorrelationState(each.correlation, maxWindow));
  const watch = new Watch(correlation, maxWindow);
  for (const match of matches) {
    const inputs = [inputOf(match)];
    for (const state of below) {
      for (const input of [...inputs]) {
        const derived = state.accept(input, []);
        if (derived) inputs.push(derived);
      }
    }
    for (const input of inputs) watch.see(input);
  }
  return watch.explanation();
}

/** The inputs of one group, in order, and its state. */
interface Watched {
  readonly values: readonly string[];
  readonly inputs: Input[];
  group: Group;
}

/** The window that came nearest so far: it ends at that input of its group. */
interface Near {
  readonly watched: Watched;
  readonly last: number;
  readonly distance: number;
  /** Of windows that lack as much, the fuller one says more. */
  readonly size: number;
  readonly reading: Reading;
}

function isNearer(a: Near, b: Near): boolean {
  return a.distance < b.distance || (a.distance === b.distance && a.size > b.size);
}

class Watch {
  readonly #correlation: SigmaCorrelation;
  readonly #maxWindow: number;
  readonly #groups = new Map<string, Watched>();
  readonly #counts: Map<string, number>;
  readonly #ungrouped = new Map<string, number>();
  readonly #turned: CorrelationFinding[] = [];
  #turns = 0;
  #near: Near | undefined;

  constructor(correlation: SigmaCorrelation, maxWindow: number) {
    this.#correlation = correlation;
    this.#maxWindow = maxWindow;
    this.#counts = new Map(correlation.rules.map((rule) => [rule, 0]));
  }

  see(input: Input): void {
    const count = this.#counts.get(input.rule);
    if (count === undefined) return;
    this.#counts.set(input.rule, count + 1);
    const { groupBy } = this.#correlation;
    const values = groupBy.map((name) => textOf(valueOf(this.#correlation, name, input)));
    const lacked = values.indexOf(undefined);
    if (lacked >= 0) this.#ungrouped.set(groupBy[lacked]!, (this.#ungrouped.get(groupBy[lacked]!) ?? 0) + 1);
    else this.#judge(this.#groupOf(values as string[], input), input);
  }

  explanation(): CorrelationExplanation {
    return {
      correlation: this.#correlation,
      turns: this.#turns,
      turned: this.#turned,
      inputs: Array.from(this.#counts, ([rule, count]) => ({ rule, count })),
      ungrouped: Array.from(this.#ungrouped, ([field, count]) => ({ field, count })),
      ...(this.#near ? { nearest: this.#window(this.#near) } : {}),
    };
  }

  #groupOf(values: readonly string[], input: Input): Watched {
    const key = JSON.stringify(values);
    let watched = this.#groups.get(key);
    if (!watched) {
      watched = { values, inputs: [], group: new Group(this.#correlation, values, this.#maxWindow) };
      this.#groups.set(key, watched);
    }
    if (watched.group.isOver(input.match.time)) watched.group = new Group(this.#correlation, values, this.#maxWindow);
    return watched;
  }

  #judge(watched: Watched, input: Input): void {
    const { group, inputs } = watched;
    group.add(input);
    inputs.push(input);
    const verdict = group.judge();
    if (verdict === 'false') {
      group.close();
      const reading = group.reading();
      const near = { watched, last: inputs.length - 1, distance: this.#distance(reading), size: group.size, reading };
      if (!this.#near || isNearer(near, this.#near)) this.#near = near;
    } else if (verdict === 'turned' && ++this.#turns <= SHOWN_TURNS) {
      this.#turned.push(group.finding()!);
    }
  }

  #distance({ figure, missing, unwanted }: Reading): number {
    const { condition } = this.#correlation;
    if (condition.kind === 'expression') return missing.length + unwanted.length;
    if (figure === undefined) return Infinity;
    return condition.bounds.reduce((sum, bound) => sum + distanceTo(figure, bound), 0);
  }

  #window({ watched, last, reading }: Near): NearestWindow {
    const { condition, groupBy, timespanMs, type, rules } = this.#correlation;
    const now = watched.inputs[last]!.match.time;
    const window = watched.inputs
      .slice(0, last + 1)
      .filter(({ match }) => !isOut(match.time, now, timespanMs))
      .slice(-this.#maxWindow);
    const evidence = new Evidence();
    for (const input of window) evidence.add(input.evidence);
    const occurring = new Set(window.map(({ rule }) => rule));
    const countsRules = condition.kind === 'bounds' && (type === 'temporal' || type === 'temporal_ordered');
    const { figure, unwanted } = reading;
    const wanted = rules.filter((rule) => !unwanted.includes(rule));
    const disorder = type === 'temporal_ordered' ? disorderIn(window, wanted) : undefined;
    return {
      ...reading,
      // A rule that came too early is not missing: the order tells of it.
      missing: (countsRules ? rules : reading.missing).filter((rule) => !occurring.has(rule)),
      ...(disorder ? { disorder } : {}),
      group: groupBy.map((field, index) => ({ field, value: watched.values[index]! })),
      matches: evidence.summary(),
      unkept:
        condition.kind === 'bounds'
          ? condition.bounds.filter((bound) => figure === undefined || distanceTo(figure, bound) > 0)
          : [],
    };
  }
}
