import type { CompiledRule, RuleIndex, SigmaEvent } from '@yuheng/sigma';
import type { Reading } from './aliases/reading.ts';
import { lackOf } from './aliases/lack.ts';
import { Indexes } from './indexes.ts';
import type { Logsource, LogsourceMap } from './logsource.ts';
import type { Record } from './record.ts';
import { EventView } from './event-view.ts';
import { RecordView } from './view.ts';

/** Kinds of records whose plan is remembered. */
export const MAX_KINDS = 10_000;

/** A rule that matched, and how it reads that record. */
export interface Hit {
  readonly rule: CompiledRule;
  readonly reading: Reading;
}

/** Finds the rules that hold for an event, in their order. */
export type Matcher = Pick<RuleIndex, 'match'>;

/**
 * Makes a matcher of the rules about one kind of record. `constants`: fields that tell such kinds apart; `name`: the same for the same rules
 * of a detector.
 */
export type MakeMatcher = (rules: readonly CompiledRule[], constants: readonly string[], name: string) => Matcher;

/** Asks every rule, one after another: the plain twin of the index, for tests and figures. */
export const askEach: MakeMatcher = (rules) => ({ match: (event) => rules.filter((rule) => rule.matches(event)) });

/** Rules that read a kind of record in the same way. */
interface Plan {
  readonly reading: Reading;
  readonly matcher: Matcher;
}

/** All plans for a kind of record. */
interface Plans {
  readonly all: readonly Plan[];
  /** Whether none reads the record by other names than its source's own. */
  readonly areDirect: boolean;
}

/**
 * Which rules match a record. The rules that can match a kind of record are found once for each kind,
 * so a record meets only rules about its own logsource.
 */
export class Detector {
  private readonly rules: readonly CompiledRule[];
  private readonly logsources: LogsourceMap;
  /** The logsources that rules name, and which of them each rule does. */
  private readonly distinct: Logsource[] = [];
  private readonly logsourceOf: readonly number[];
  private readonly makeMatcher: MakeMatcher;
  private readonly plans = new Map<string, Plans>();
  private readonly shared = new Map<string, Plans>();

  constructor(rules: readonly CompiledRule[], logsources: LogsourceMap, makeMatcher: MakeMatcher = new Indexes().make) {
    this.rules = rules;
    this.logsources = logsources;
    this.logsourceOf = this.numberLogsources();
    this.makeMatcher = makeMatcher;
  }

  /** The rules that match, in the order they were loaded (those that read the record by other names apart). */
  detect(record: Record): readonly Hit[] {
    return ask(this.plansFor(record).all, (reading) => new RecordView(record, reading));
  }

  /** {@link detect} for an event that answers by its source's own names; `undefined` where the record itself is needed: the first of its kind is. */
  detectEvent(kind: string, event: SigmaEvent): readonly Hit[] | undefined {
    const plans = this.plans.get(kind);
    if (!plans?.areDirect) return undefined;
    return ask(plans.all, (reading) => new EventView(event, reading));
  }

  /** Kinds are remembered up to a bound, for a log can name any number of channels; plans are as many as logsources can tell apart. */
  private plansFor(record: Record): Plans {
    let plans = this.plans.get(record.kind);
    if (plans) return plans;
    const signature = this.logsources.signature(record);
    plans = this.shared.get(signature);
    if (!plans) this.shared.set(signature, (plans = this.plan(record, signature)));
    if (this.plans.size >= MAX_KINDS) this.plans.clear();
    this.plans.set(record.kind, plans);
    return plans;
  }

  private numberLogsources(): readonly number[] {
    const numbers = new Map<string, number>();
    return this.rules.map(({ rule: { logsource } }) => {
      const { category, product, service } = logsource;
      const key = JSON.stringify([category, product, service]);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, this.distinct.length);
      return this.distinct.push(logsource) - 1;
    });
  }

  private plan(record: Record, signature: string): Plans {
    const readings = this.distinct.map((logsource) => this.logsources.reading(logsource, record));
    const groups = new Map<string, { reading: Reading; rules: CompiledRule[] }>();
    this.rules.forEach((rule, index) => {
      const reading = readings[this.logsourceOf[index]!];
      if (!reading || (reading.table && lackOf(rule, reading.table))) return;
      const group = groups.get(reading.key);
      if (group) group.rules.push(rule);
      else groups.set(reading.key, { reading, rules: [rule] });
    });
    const constants = this.logsources.fieldsOf(record.origin.source);
    const all = Array.from(groups.values(), ({ reading, rules }) => {
      const name = `${record.origin.source} ${signature}${reading.key}`;
      return { reading, matcher: this.makeMatcher(rules, reading.table ? [] : constants, name) };
    });
    return { all, areDirect: all.every(({ reading }) => !reading.table) };
  }
}

const NONE: readonly Hit[] = [];

/** Asked of every record, and mostly by code that V8 has not optimised yet: there each turn of a `for … of` costs two objects. */
function ask(plans: readonly Plan[], view: (reading: Reading) => SigmaEvent): readonly Hit[] {
  let hits: Hit[] | undefined;
  for (let at = 0; at < plans.length; at++) {
    const { reading, matcher } = plans[at]!;
    const matched = matcher.match(view(reading));
    if (matched.length > 0) addHits((hits ??= []), matched, reading);
  }
  return hits ?? NONE;
}

function addHits(hits: Hit[], matched: readonly CompiledRule[], reading: Reading): void {
  for (const rule of matched) hits.push({ rule, reading });
}
