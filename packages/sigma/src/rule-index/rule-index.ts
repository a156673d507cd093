import { atomsOf, type Atom } from '../expression.ts';
import { EventReader } from '../reader.ts';
import type { CompiledRule, SigmaEvent } from '../types.ts';
import { AtomTable } from './atom-table.ts';
import { Bucket, type BucketRule, type IndexCounters } from './bucket.ts';
import { simplify } from './node.ts';

/** Combinations of constants whose bucket is remembered; beyond, they are forgotten and found again. */
export const MAX_KINDS = 4_096;
/** Buckets that are made for constants; further combinations share the one that puts no constants in. */
export const MAX_BUCKETS = 512;
/** Longer texts are not worth being told apart. */
const MAX_CONSTANT_LENGTH = 256;

/** What an index is told beside its rules. */
export interface RuleIndexOptions {
  /**
   * Fields that have few values over all events and that many rules ask for (`Channel`, `EventID`). Rules are cut down
   * to each combination of their values when it is first seen; those that can no longer hold are not looked at.
   */
  readonly constants?: readonly string[];
  /** What is known of comparisons, where several indexes over some of the same rules are to share it. */
  readonly atoms?: AtomTable;
}

/** Asks many rules about one event at the cost of a few. */
export interface RuleIndex {
  /** The rules that hold for an event, in the order in which they were given; the same as asking each. */
  match(event: SigmaEvent): readonly CompiledRule[];
  /** What was done so far. */
  readonly counters: Readonly<IndexCounters>;
}

/**
 * Builds an index over rules. Answers never depend on the events that were seen before; speed does, for the index
 * watches what proved to be rare.
 */
export function createRuleIndex(rules: readonly CompiledRule[], options: RuleIndexOptions = {}): RuleIndex {
  return new BucketedIndex(rules, options.constants ?? [], options.atoms ?? new AtomTable());
}

/** Constants one after another: the value of the first leads to a map by the value of the second. */
type Kinds = Map<unknown, Kinds | Bucket>;

class BucketedIndex implements RuleIndex {
  readonly counters: IndexCounters = { events: 0, candidates: 0 };
  readonly #rules: readonly CompiledRule[];
  readonly #names: readonly string[];
  readonly #table: AtomTable;
  /** Comparisons that read nothing but constants, by number. */
  #decided: ReadonlyMap<number, Atom> | undefined;
  readonly #byAnswers = new Map<string, Bucket>();
  #kinds: Kinds = new Map();
  #count = 0;
  #plain: Bucket | undefined;

  constructor(rules: readonly CompiledRule[], names: readonly string[], table: AtomTable) {
    this.#rules = rules;
    this.#names = names;
    this.#table = table;
  }

  match(event: SigmaEvent): readonly CompiledRule[] {
    return this.#bucketOf(event).match(event);
  }

  #bucketOf(event: SigmaEvent): Bucket {
    let found: Kinds | Bucket | undefined = this.#names.length === 0 ? undefined : this.#kinds;
    for (const name of this.#names) {
      if (!(found instanceof Map)) break;
      found = found.get(event.field(name));
    }
    return found instanceof Bucket ? found : this.#newKind(event);
  }

  #newKind(event: SigmaEvent): Bucket {
    const values = this.#names.map((name) => event.field(name));
    if (values.length === 0 || !values.every(isConstant)) return this.#general();
    const bucket = this.#specialised(values);
    if (this.#count >= MAX_KINDS) {
      this.#kinds = new Map();
      this.#count = 0;
    }
    this.#count++;
    let kinds = this.#kinds;
    for (const value of values.slice(0, -1)) {
      const below = (kinds.get(value) as Kinds | undefined) ?? (new Map() as Kinds);
      kinds.set(value, below);
      kinds = below;
    }
    kinds.set(values.at(-1), bucket);
    return bucket;
  }

  /** Combinations that give the same answers to everything asked of them share a bucket. */
  #specialised(values: readonly unknown[]): Bucket {
    const held = new Map(this.#names.map((name, index) => [name, values[index]]));
    const reader = new EventReader({ field: (name) => held.get(name), texts: () => [] });
    this.#decided ??= this.#findDecided();
    const answers = new Map([...this.#decided].map(([number, atom]) => [number, atom.test(reader)]));
    const key = [...answers.values()].map(Number).join('');
    let bucket = this.#byAnswers.get(key);
    if (bucket) return bucket;
    if (this.#byAnswers.size >= MAX_BUCKETS) return this.#general();
    bucket = this.#makeBucket((number) => answers.get(number));
    this.#byAnswers.set(key, bucket);
    return bucket;
  }

  /** The bucket into which no constants are put. */
  #general(): Bucket {
    return (this.#plain ??= this.#makeBucket(() => undefined));
  }

  #findDecided(): ReadonlyMap<number, Atom> {
    const decided = new Map<number, Atom>();
    const isName = (field: string): boolean => this.#names.includes(field);
    for (const { detection } of this.#rules) {
      for (const atom of atomsOf(detection))
        if (atom.field !== undefined && isName(atom.field) && atom.otherFields.every(isName))
          decided.set(this.#table.numberOf(atom), atom);
    }
    return decided;
  }

  #makeBucket(answerOf: (number: number) => boolean | undefined): Bucket {
    const locals = new Map<number, number>();
    const resolve = (atom: Atom): number | boolean => {
      const number = this.#table.numberOf(atom);
      const answer = answerOf(number);
      if (answer !== undefined) return answer;
      let local = locals.get(number);
      if (local === undefined) locals.set(number, (local = locals.size));
      return local;
    };
    const rules: BucketRule[] = [];
    for (const rule of this.#rules) {
      const node = simplify(rule.detection, resolve);
      if (node !== false) rules.push({ rule, node });
    }
    const atoms = [...locals.keys()].map((number) => this.#table.get(number));
    return new Bucket(rules, atoms, this.counters);
  }
}

function isConstant(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_CONSTANT_LENGTH;
  return typeof value !== 'object' && typeof value !== 'function';
}
