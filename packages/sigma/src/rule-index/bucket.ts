import type { Atom } from '../expression.ts';
import type { SigmaEvent } from '../types.ts';
import type { IndexedAtom } from './atom-table.ts';
import { Learner } from './learner.ts';
import type { Node } from './node.ts';
import type { Plan } from './plan.ts';
import { Runner } from './runner.ts';

/** Events that are matched before sampling begins: a kind of record that is seldom seen is not worth the trouble. */
const FIRST_SAMPLE = 32;
/** Logs change: a sample is taken again after this many times the events, or sooner where rules are asked more often than was expected. */
const SAMPLE_AGAIN = 16;
const SAMPLE_SOONER = 2;
/** Events over which that is watched, and how many more candidates an event are let pass. */
const WATCH = 1_024;
const TOLERATED = 0.25;
/** Events of a sample from which covers are chosen, and those after it from which the literals are that prove useful with them. */
const COVER_SAMPLE = 128;
const KEEP_SAMPLE = 256;

/** Rules about events of one kind: what is left of each once the constants are put in. */
export interface BucketRules {
  /** Their numbers in the index. */
  readonly rules: Uint32Array;
  readonly nodes: readonly (Node | true)[];
  readonly atoms: readonly IndexedAtom[];
}

/** What a bucket is at: events by guesses, by everything, by covers chosen then, and by what was settled on. */
type Phase = 'guessing' | 'looking' | 'covering' | 'watching';

/** What a bucket has settled on. */
export interface Lesson {
  readonly rules: Uint32Array;
  readonly plan: Plan;
  /** Events that were seen until then; 0 where it was guessed. */
  readonly seen: number;
  /** The event at which its sample began; 0 where it was guessed. */
  readonly sampleAt: number;
}

/** What an index did so far. */
export interface IndexCounters {
  events: number;
  /** Rules whose detection was evaluated. */
  candidates: number;
  /** Buckets that were made, and samples that were begun. */
  lessons: number;
}

/** Rules about events of one kind. It learns which of them to ask about an event; what they answer does not depend on that. */
export class Bucket {
  readonly #gather: () => BucketRules;
  readonly #counters: IndexCounters;
  #rules: Uint32Array;
  /** The comparisons, where they were gathered here. */
  #atoms: readonly IndexedAtom[] | undefined;
  #learner: Learner | undefined;
  #runner: Runner;
  #lesson: Lesson;
  #phase: Phase;
  #seen: number;
  #sampleAt: number;
  #nextStep: number;
  /** Rules asked so far, and when the watch began. */
  #asks = 0;
  #asksBefore = 0;
  readonly #matched: number[] = [];

  private constructor(gather: () => BucketRules, counters: IndexCounters, lesson: Lesson, runner: Runner) {
    this.#gather = gather;
    this.#counters = counters;
    this.#rules = lesson.rules;
    this.#lesson = lesson;
    this.#runner = runner;
    this.#seen = lesson.seen;
    this.#sampleAt = lesson.sampleAt;
    this.#phase = lesson.seen === 0 ? 'guessing' : 'watching';
    this.#nextStep = lesson.seen === 0 ? FIRST_SAMPLE : lesson.seen + WATCH;
  }

  /** A bucket that knows nothing yet. */
  static fresh(gather: () => BucketRules, counters: IndexCounters): Bucket {
    const gathered = gather();
    const learner = new Learner(gathered.nodes, gathered.atoms);
    const lesson = { rules: gathered.rules, plan: learner.covers(), seen: 0, sampleAt: 0 };
    const bucket = new Bucket(gather, counters, lesson, runnerOf(lesson.plan, gathered.atoms));
    bucket.#learner = learner;
    bucket.#atoms = gathered.atoms;
    counters.lessons++;
    return bucket;
  }

  /** A bucket that goes on with what another one settled on; its rules are gathered when there is something to learn. `atomOf`: the plan's comparisons. */
  static known(
    lesson: Lesson,
    atomOf: (number: number) => Atom,
    gather: () => BucketRules,
    counters: IndexCounters,
  ): Bucket {
    return new Bucket(gather, counters, lesson, new Runner(lesson.plan, atomOf));
  }

  /** What it has settled on. */
  get lesson(): Lesson {
    return this.#lesson;
  }

  /** The comparisons of its lesson, by number; `undefined` where it is that of another bucket. */
  get atoms(): readonly IndexedAtom[] | undefined {
    return this.#atoms;
  }

  /** The numbers of the rules that hold for an event, in their order; to be used before the next event. */
  match(event: SigmaEvent): readonly number[] {
    const matched = this.#matched;
    if (matched.length > 0) matched.length = 0;
    this.#counters.events++;
    this.#seen++;
    if (this.#seen >= this.#nextStep) this.#step();
    const asks = this.#runner.match(event, matched);
    this.#asks += asks;
    this.#counters.candidates += asks;
    if (matched.length === 0) return matched;
    matched.sort((a, b) => a - b);
    for (const [index, rule] of matched.entries()) matched[index] = this.#rules[rule]!;
    return matched;
  }

  /** Settles with what a sample has shown so far, where one is being taken. */
  conclude(): void {
    if (this.#phase === 'looking') this.#chooseCovers();
    if (this.#phase === 'covering') this.#settle();
  }

  /** Takes the next step: look at everything, choose covers, keep what proved useful, watch. */
  #step(): void {
    if (this.#phase === 'looking') this.#chooseCovers();
    else if (this.#phase === 'covering') this.#settle();
    else if (this.#phase === 'guessing' || this.#isDue()) this.#look();
    else this.#watch();
  }

  /** Begins a sample. */
  #look(): void {
    this.#counters.lessons++;
    this.#phase = 'looking';
    this.#sampleAt = this.#seen;
    this.#nextStep = this.#seen + COVER_SAMPLE;
    const learner = this.#learn();
    this.#use(learner.everything());
  }

  #chooseCovers(): void {
    const learner = this.#learn();
    learner.chooseCovers(this.#runner.sample);
    this.#phase = 'covering';
    this.#nextStep = this.#seen + KEEP_SAMPLE;
    this.#use(learner.covers());
  }

  #settle(): void {
    const learner = this.#learn();
    // Where no event came since covers were chosen, nothing is known of what they leave idle.
    const { sample } = this.#runner;
    const plan = sample.events === 0 ? learner.covers() : learner.withoutIdle(sample);
    this.#use(plan);
    this.#lesson = { rules: this.#rules, plan, seen: this.#seen, sampleAt: this.#sampleAt };
    this.#watch();
  }

  #watch(): void {
    this.#phase = 'watching';
    this.#nextStep = this.#seen + WATCH;
    this.#asksBefore = this.#asks;
  }

  /** Whether another sample is due: with time, or where rules were asked much more often than the last one promised. */
  #isDue(): boolean {
    if (this.#seen >= this.#sampleAt * SAMPLE_AGAIN) return true;
    const rate = (this.#asks - this.#asksBefore) / WATCH;
    const { expected } = this.#lesson.plan;
    return this.#seen >= this.#sampleAt * SAMPLE_SOONER && rate > expected * 2 + TOLERATED;
  }

  /** What makes plans. What the rules are is found out now where a known lesson has spared it so far, and may be numbered otherwise. */
  #learn(): Learner {
    if (this.#learner) return this.#learner;
    const { rules, nodes, atoms } = this.#gather();
    this.#learner = new Learner(nodes, atoms);
    this.#rules = rules;
    this.#atoms = atoms;
    this.#runner = runnerOf(this.#learner.covers(), atoms);
    return this.#learner;
  }

  #use(plan: Plan): void {
    this.#runner.use(plan);
    this.#runner.beginSample();
  }
}

function runnerOf(plan: Plan, atoms: readonly IndexedAtom[]): Runner {
  return new Runner(plan, (number) => atoms[number]!.atom);
}
