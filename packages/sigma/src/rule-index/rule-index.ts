import { atomsOf, type Atom } from '../expression.ts';
import { EventReader } from '../reader.ts';
import type { CompiledRule, SigmaEvent } from '../types.ts';
import { AtomTable } from './atom-table.ts';
import { Bucket, type BucketRules, type IndexCounters } from './bucket.ts';
import { areAlike, joinLessons, MAX_BUCKETS, MAX_KINDS, Origins, type KnownBucket, type Lessons } from './lessons.ts';
import { simplify, type Node } from './node.ts';
import { literalsOf } from './plan.ts';

/** Literals of all buckets together; further combinations share the one that puts no constants in. */
export const MAX_LITERALS = 250_000;
/** The bucket into which no constants are put. */
const GENERAL = '*';
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
  /** What another index over the same rules, with the same constants, found out. */
  readonly lessons?: Lessons | undefined;
}

/** Asks many rules about one event at the cost of a few. */
export interface RuleIndex {
  /** The rules that hold for an event, in the order in which they were given; the same as asking each. */
  match(event: SigmaEvent): readonly CompiledRule[];
  /** What was done so far. */
  readonly counters: Readonly<IndexCounters>;
  /** What was found out so far, what it was given included. Samples that are being taken end with that. */
  lessons(): Lessons;
}

/**
 * Builds an index over rules. Answers never depend on the events that were seen before; speed does, for the index
 * watches what proved to be rare.
 */
export function createRuleIndex(rules: readonly CompiledRule[], options: RuleIndexOptions = {}): RuleIndex {
  return new BucketedIndex(rules, options);
}

/** Constants one after another: the value of the first leads to a map by the value of the second. */
type Kinds = Map<unknown, Kinds | Bucket>;

class BucketedIndex implements RuleIndex {
  readonly counters: IndexCounters = { events: 0, candidates: 0, lessons: 0 };
  readonly #rules: readonly CompiledRule[];
  readonly #names: readonly string[];
  readonly #table: AtomTable;
  /** Comparisons that read nothing but constants, by number. */
  #decided: ReadonlyMap<number, Atom> | undefined;
  readonly #buckets = new Map<string, Bucket>();
  #literals = 0;
  readonly #origins: Origins;
  readonly #given: Lessons | undefined;
  readonly #known: ReadonlyMap<string, KnownBucket>;
  /** The key of each kind's bucket. */
  readonly #keys: Map<string, string>;
  #kinds: Kinds = new Map();
  #count = 0;

  constructor(rules: readonly CompiledRule[], { constants = [], atoms, lessons }: RuleIndexOptions) {
    this.#rules = rules;
    this.#names = constants;
    this.#table = atoms ?? new AtomTable();
    this.#origins = new Origins(rules, this.#table);
    if (lessons && areAlike(lessons, { constants, rules: rules.length })) this.#given = lessons;
    this.#known = new Map(this.#given?.buckets.map((bucket) => [bucket.key, bucket]));
    this.#keys = new Map(this.#given?.kinds);
  }

  match(event: SigmaEvent): readonly CompiledRule[] {
    const matched = this.#bucketOf(event).match(event);
    return matched.length === 0 ? NONE : matched.map((number) => this.#rules[number]!);
  }

  lessons(): Lessons {
    const buckets = new Map<string, KnownBucket>();
    for (const [key, bucket] of this.#buckets) {
      bucket.conclude();
      const { lesson, atoms } = bucket;
      const known = this.#known.get(key);
      if (known?.lesson === lesson) buckets.set(key, known);
      else if (atoms) buckets.set(key, { key, lesson, origins: this.#origins.of(atoms) });
    }
    const kinds = new Map([...this.#keys].filter(([, key]) => buckets.has(key)));
    const own = { constants: this.#names, rules: this.#rules.length, kinds, buckets: [...buckets.values()] };
    // What was not met this time is kept as long as there is room.
    return this.#given ? joinLessons(own, this.#given) : own;
  }

  #bucketOf(event: SigmaEvent): Bucket {
    let found: Kinds | Bucket | undefined = this.#names.length === 0 ? undefined : this.#kinds;
    for (let at = 0; at < this.#names.length && found instanceof Map; at++)
      found = found.get(event.field(this.#names[at]!));
    return found instanceof Bucket ? found : this.#newKind(event);
  }

  #newKind(event: SigmaEvent): Bucket {
    const values = this.#names.map((name) => event.field(name));
    if (values.length === 0 || !values.every(isConstant)) return this.#bucket(GENERAL);
    const bucket = this.#bucket(this.#keyOf(values));
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

  /** Combinations that give the same answers to everything asked of them share a bucket: its key is the answers. */
  #keyOf(values: readonly unknown[]): string {
    const kind = JSON.stringify(values.map((value) => `${typeof value} ${String(value)}`));
    const known = this.#keys.get(kind);
    if (known !== undefined) return known;
    const held = new Map(this.#names.map((name, index) => [name, values[index]]));
    const reader = new EventReader({ field: (name) => held.get(name), texts: () => [] });
    const key = Array.from(this.#asked().values(), (atom) => (atom.test(reader) ? '1' : '0')).join('');
    if (this.#keys.size >= MAX_KINDS) this.#keys.clear();
    this.#keys.set(kind, key);
    return key;
  }

  #bucket(key: string): Bucket {
    const found = this.#buckets.get(key);
    if (found) return found;
    const isFull = this.#buckets.size >= MAX_BUCKETS || this.#literals >= MAX_LITERALS;
    if (key !== GENERAL && isFull) return this.#bucket(GENERAL);
    const gather = (): BucketRules => this.#gather(key);
    const known = this.#known.get(key);
    const bucket = known
      ? Bucket.known(known.lesson, (number) => this.#origins.atom(known.origins, number), gather, this.counters)
      : Bucket.fresh(gather, this.counters);
    this.#buckets.set(key, bucket);
    this.#literals += literalsOf(bucket.lesson.plan);
    return bucket;
  }

  /** Comparisons that constants answer, in a fixed order. */
  #asked(): ReadonlyMap<number, Atom> {
    if (this.#decided) return this.#decided;
    const decided = new Map<number, Atom>();
    const isName = (field: string): boolean => this.#names.includes(field);
    for (const { detection } of this.#rules) {
      for (const atom of atomsOf(detection))
        if (atom.field !== undefined && isName(atom.field) && atom.otherFields.every(isName))
          decided.set(this.#table.numberOf(atom), atom);
    }
    return (this.#decided = decided);
  }

  /** What is left of the rules once a bucket's answers are put in. */
  #gather(key: string): BucketRules {
    const answers = new Map<number, boolean>();
    if (key !== GENERAL)
      for (const [index, number] of [...this.#asked().keys()].entries()) answers.set(number, key[index] === '1');
    const locals = new Map<number, number>();
    const resolve = (atom: Atom): number | boolean => {
      const number = this.#table.numberOf(atom);
      const answer = answers.get(number);
      if (answer !== undefined) return answer;
      let local = locals.get(number);
      if (local === undefined) locals.set(number, (local = locals.size));
      return local;
    };
    const rules: number[] = [];
    const nodes: (Node | true)[] = [];
    for (const [number, { detection }] of this.#rules.entries()) {
      const node = simplify(detection, resolve);
      if (node === false) continue;
      rules.push(number);
      nodes.push(node);
    }
    const atoms = Array.from(locals.keys(), (number) => this.#table.get(number));
    return { rules: Uint32Array.from(rules), nodes, atoms };
  }
}

const NONE: readonly CompiledRule[] = [];

function isConstant(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_CONSTANT_LENGTH;
  return typeof value !== 'object' && typeof value !== 'function';
}
