import { RecordView, lackOf } from '@yuheng/engine';
import { EventSample, type CompiledRule, type CostlyTrait, type HangingAtom } from '@yuheng/sigma';
import { logsourceMap } from '../../hunt/setup.ts';
import type { RecordSample, SampledKind } from './sample.ts';

/** Microseconds that a rule may take for an event of its own log source. */
export const BUDGET_US = 5;
/** The share of the events of its log source that may be candidates of a rule which finds few of them. */
const CANDIDATE_BUDGET = 0.5;

/** Why a rule is over its budget; `candidates`: what it hangs on is common. */
export type OverBudget = 'keywords' | 'no-literal' | 'slow-pattern' | 'candidates' | 'cost';

/** What a rule costs. */
export interface RuleEconomy {
  readonly uid: string;
  readonly title: string;
  /** Microseconds for an event of its log source: its detection alone, fields read and folded. */
  readonly usPerEvent: number;
  /** Of a million events of the input, whatever their log source. */
  readonly candidatesPerMillion: number;
  readonly matchesPerMillion: number;
  /** Events of its log source in the input. */
  readonly events: number;
  /** The comparisons of which one has to hold. */
  readonly hangsOn: readonly HangingAtom[];
  readonly over?: OverBudget;
}

const MILLION = 1_000_000;

/** Studies rules over a sample; rules about nothing in it are left out. The dearest come first. */
export function economiesOf(
  rules: readonly CompiledRule[],
  sample: RecordSample,
  clock: () => number,
): readonly RuleEconomy[] {
  const sums = new Map<CompiledRule, Sum>();
  for (const kind of sample.kinds.values()) {
    const samples = new Map<string, EventSample>();
    for (const rule of rules) {
      const events = eventsFor(rule, kind, samples);
      if (!events) continue;
      let sum = sums.get(rule);
      if (!sum) sums.set(rule, (sum = new Sum(rule)));
      sum.add(events.study(rule, clock), kind.count);
    }
  }
  const total = (economy: RuleEconomy): number => economy.usPerEvent * economy.events;
  return Array.from(sums.values(), (sum) => sum.economy(sample.seen)).sort((a, b) => total(b) - total(a));
}

/** The sampled events of a kind as the rule reads them; undefined where it is not about them. */
function eventsFor(
  compiled: CompiledRule,
  { records }: SampledKind,
  samples: Map<string, EventSample>,
): EventSample | undefined {
  const reading = logsourceMap.reading(compiled.rule.logsource, records[0]!);
  if (!reading || (reading.table && lackOf(compiled, reading.table))) return undefined;
  let sample = samples.get(reading.key);
  if (!sample)
    samples.set(reading.key, (sample = new EventSample(records.map((record) => new RecordView(record, reading)))));
  return sample;
}

/** What a rule cost over several kinds of records, each weighed by how many there were. */
class Sum {
  readonly #compiled: CompiledRule;
  #events = 0;
  #candidates = 0;
  #matches = 0;
  #us = 0;
  readonly #hangsOn = new Map<string, HangingAtom>();
  readonly #traits = new Set<CostlyTrait>();

  constructor(compiled: CompiledRule) {
    this.#compiled = compiled;
  }

  add(study: ReturnType<EventSample['study']>, count: number): void {
    const weight = count / study.events;
    this.#events += count;
    this.#candidates += study.candidates * weight;
    this.#matches += study.matches * weight;
    this.#us += study.ms * 1000 * weight;
    for (const trait of study.traits) this.#traits.add(trait);
    for (const atom of study.hangsOn) this.#hangsOn.set(JSON.stringify(atom), atom);
  }

  economy(seen: number): RuleEconomy {
    const { uid, title } = this.#compiled.rule;
    const over = this.#over();
    return {
      uid,
      title,
      usPerEvent: this.#us / this.#events,
      candidatesPerMillion: (this.#candidates / seen) * MILLION,
      matchesPerMillion: (this.#matches / seen) * MILLION,
      events: this.#events,
      hangsOn: [...this.#hangsOn.values()],
      ...(over === undefined ? {} : { over }),
    };
  }

  #over(): OverBudget | undefined {
    if (this.#traits.has('text') && this.#compiled.rule.logsource.service === undefined) return 'keywords';
    const isDear = this.#us / this.#events > BUDGET_US;
    if (isDear && this.#traits.has('slow-pattern')) return 'slow-pattern';
    const wasted = (this.#candidates - this.#matches) / this.#events;
    if (wasted > CANDIDATE_BUDGET) return this.#traits.has('no-literal') ? 'no-literal' : 'candidates';
    return isDear ? 'cost' : undefined;
  }
}
