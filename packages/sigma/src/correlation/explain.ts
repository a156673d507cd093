import { elsewhere, type Elsewhere } from './elsewhere.ts';
import { CorrelationState, DEFAULT_MAX_WINDOW, type CorrelationSet } from './correlator.ts';
import { disorderIn, type Disorder } from './disorder.ts';
import { inputOf, textOf, valueOf, type Input } from './entry.ts';
import { Evidence } from './evidence.ts';
import { Group, isOut } from './group.ts';
import type { Reading } from './measure.ts';
import { distanceTo } from './relation.ts';
import type { Bound, CorrelationFinding, Match, MatchSummary, MatchTime, SigmaCorrelation } from './types.ts';

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
  /** The groups that the events asked about are in. Where there are some, turns, counts and windows are told of these alone. */
  readonly about: readonly CorrelationFinding['group'][];
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
  /** Where the rules that are missing occurred instead, in their order; without those that never did. */
  readonly elsewhere: readonly Elsewhere[];
}

/** What to explain, besides the correlation itself. */
export interface ExplainCorrelationOptions {
  readonly maxWindow?: number;
  /** Uids of events: only the groups that they are in are explained, and of their windows rather those that hold the events. */
  readonly about?: ReadonlySet<string>;
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
  { maxWindow = DEFAULT_MAX_WINDOW, about = new Set() }: ExplainCorrelationOptions = {},
): CorrelationExplanation {
  const at = set.correlations.findIndex(({ correlation }) => correlation.uid === uid);
  const correlation = set.correlations[at]?.correlation;
  if (correlation === undefined) throw new RangeError(`no correlation of the set has the uid ${JSON.stringify(uid)}`);
  const below = set.correlations.slice(0, at).map((each) => new CorrelationState(each.correlation, maxWindow));
  const watch = new Watch(correlation, maxWindow, about);
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
  /** The window that ends at each input, where the condition did not hold in it. */
  readonly misses: (Near | undefined)[];
  readonly turned: CorrelationFinding[];
  group: Group;
  turns: number;
  near?: Near;
  /** When it last had an event that is asked about. */
  asked?: MatchTime;
}

/** The window of a group that came nearest so far: it ends at that input. */
interface Near {
  readonly watched: Watched;
  readonly last: number;
  /** Whether it holds an event that is asked about. */
  readonly isAsked: boolean;
  readonly distance: number;
  /** Of windows that lack as much, the fuller one says more. */
  readonly size: number;
  readonly reading: Reading;
}

function isNearer(a: Near, b: Near): boolean {
  if (a.isAsked !== b.isAsked) return a.isAsked;
  return a.distance < b.distance || (a.distance === b.distance && a.size > b.size);
}

class Watch {
  readonly #correlation: SigmaCorrelation;
  readonly #maxWindow: number;
  readonly #about: ReadonlySet<string>;
  readonly #groups = new Map<string, Watched>();
  readonly #rules: ReadonlySet<string>;
  readonly #ungrouped = new Map<string, number>();
  readonly #loose: Input[] = [];

  constructor(correlation: SigmaCorrelation, maxWindow: number, about: ReadonlySet<string>) {
    this.#correlation = correlation;
    this.#maxWindow = maxWindow;
    this.#about = about;
    this.#rules = new Set(correlation.rules);
  }

  see(input: Input): void {
    if (!this.#rules.has(input.rule)) return;
    const { groupBy } = this.#correlation;
    const values = groupBy.map((name) => textOf(valueOf(this.#correlation, name, input)));
    const lacked = values.indexOf(undefined);
    if (lacked < 0) return this.#judge(this.#groupOf(values as string[], input), input);
    this.#ungrouped.set(groupBy[lacked]!, (this.#ungrouped.get(groupBy[lacked]!) ?? 0) + 1);
    this.#loose.push(input);
  }

  explanation(): CorrelationExplanation {
    const all = [...this.#groups.values()];
    const asked = all.filter((watched) => watched.asked);
    const told = asked.length > 0 ? asked : all;
    const inputs = [...told.flatMap((watched) => watched.inputs), ...(asked.length > 0 ? [] : this.#loose)];
    const near = told.map((watched) => watched.near).reduce((a, b) => (a && !(b && isNearer(b, a)) ? a : b), undefined);
    return {
      correlation: this.#correlation,
      turns: told.reduce((sum, { turns }) => sum + turns, 0),
      turned: told
        .flatMap(({ turned }) => turned)
        .sort((a, b) => a.turned.time.ms - b.turned.time.ms || a.turned.time.ns - b.turned.time.ns)
        .slice(0, SHOWN_TURNS),
      inputs: Array.from(this.#rules, (rule) => ({
        rule,
        count: inputs.filter((input) => input.rule === rule).length,
      })),
      ungrouped: Array.from(this.#ungrouped, ([field, count]) => ({ field, count })),
      about: asked.map((watched) => this.#groupText(watched)),
      ...(near ? { nearest: this.#window(this.#towardsMissing(near)) } : {}),
    };
  }

  #groupText({ values }: Watched): CorrelationFinding['group'] {
    return this.#correlation.groupBy.map((field, index) => ({ field, value: values[index]! }));
  }

  #groupOf(values: readonly string[], input: Input): Watched {
    const key = JSON.stringify(values);
    let watched = this.#groups.get(key);
    if (!watched) {
      const group = new Group(this.#correlation, values, this.#maxWindow);
      watched = { values, inputs: [], misses: [], turned: [], group, turns: 0 };
      this.#groups.set(key, watched);
    }
    if (watched.group.isOver(input.match.time)) watched.group = new Group(this.#correlation, values, this.#maxWindow);
    return watched;
  }

  #judge(watched: Watched, input: Input): void {
    const { group, inputs } = watched;
    const { time } = input.match;
    group.add(input);
    inputs.push(input);
    if (input.evidence.some(({ uid }) => this.#about.has(uid))) watched.asked = time;
    const verdict = group.judge();
    if (verdict === 'false') {
      group.close();
      const reading = group.reading();
      const near = {
        watched,
        last: inputs.length - 1,
        isAsked: watched.asked !== undefined && !isOut(watched.asked, time, this.#correlation.timespanMs),
        distance: this.#distance(reading),
        size: group.size,
        reading,
      };
      watched.misses[inputs.length - 1] = near;
      if (!watched.near || isNearer(near, watched.near)) watched.near = near;
    } else if (verdict === 'turned' && ++watched.turns <= SHOWN_TURNS) {
      watched.turned.push(group.finding()!);
    }
  }

  #distance({ figure, missing, unwanted }: Reading): number {
    const { condition } = this.#correlation;
    if (condition.kind === 'expression') return missing.length + unwanted.length;
    if (figure === undefined) return Infinity;
    return condition.bounds.reduce((sum, bound) => sum + distanceTo(figure, bound), 0);
  }

  /** Of windows that lack as much the one that the first missing rule came nearest to. */
  #towardsMissing(near: Near): Near {
    const { inputs, misses } = near.watched;
    const [rule] = this.#missing(near.reading, new Set(this.#inputsOf(near).map((input) => input.rule)));
    let [best, least] = [near, Infinity];
    for (let at = 1; at < inputs.length; at++) {
      const pair = [inputs[at - 1]!, inputs[at]!] as const;
      const gap = pair[1].match.time.ms - pair[0].match.time.ms;
      if (gap >= least || (pair[0].rule === rule) === (pair[1].rule === rule)) continue;
      const other = misses[pair[0].rule === rule ? at : at - 1];
      if (other && !isNearer(near, { ...other, size: near.size }) && other.distance === near.distance)
        [best, least] = [other, gap];
    }
    return best;
  }

  #inputsOf({ watched, last }: Near): readonly Input[] {
    const now = watched.inputs[last]!.match.time;
    return watched.inputs
      .slice(0, last + 1)
      .filter(({ match }) => !isOut(match.time, now, this.#correlation.timespanMs))
      .slice(-this.#maxWindow);
  }

  /** A rule that came too early is not missing: the order tells of it. */
  #missing(reading: Reading, occurring: ReadonlySet<string>): readonly string[] {
    const { condition, type, rules } = this.#correlation;
    const countsRules = condition.kind === 'bounds' && (type === 'temporal' || type === 'temporal_ordered');
    return (countsRules ? rules : reading.missing).filter((rule) => !occurring.has(rule));
  }

  #window(near: Near): NearestWindow {
    const { watched, reading } = near;
    const { condition, timespanMs, type, rules } = this.#correlation;
    const window = this.#inputsOf(near);
    const order = type === 'temporal_ordered' ? rules : undefined;
    const evidence = new Evidence();
    for (const input of window) evidence.add(input.evidence);
    const missing = this.#missing(reading, new Set(window.map(({ rule }) => rule)));
    const { figure, unwanted } = reading;
    const wanted = rules.filter((rule) => !unwanted.includes(rule));
    const others = [...this.#groups.values()].filter((each) => each !== watched).flatMap((each) => each.inputs);
    const disorder = type === 'temporal_ordered' ? disorderIn(window, wanted) : undefined;
    return {
      ...reading,
      missing,
      elsewhere: missing.flatMap((rule) =>
        elsewhere(rule, { window, group: watched.inputs, others, timespanMs, order }),
      ),
      ...(disorder ? { disorder } : {}),
      group: this.#groupText(watched),
      matches: evidence.summary(),
      unkept:
        condition.kind === 'bounds'
          ? condition.bounds.filter((bound) => figure === undefined || distanceTo(figure, bound) > 0)
          : [],
    };
  }
}
