import { atomsOf, evaluate, type Atom, type Expression } from './expression.ts';
import { EventReader } from './reader.ts';
import { isLinear } from './regex/linear.ts';
import { parseRegex } from './regex/parse.ts';
import { cluesOf, type Clues } from './rule-index/literal.ts';
import type { CompiledRule, SigmaEvent } from './types.ts';
import type { Value } from './value.ts';

/** What a rule costs over some events, and why. */
export interface RuleStudy {
  /** Events that the rule was asked about. */
  readonly events: number;
  /** Those in which a literal that it hangs on was found, so that the rest of it has to be looked at. */
  readonly candidates: number;
  readonly matches: number;
  /** Milliseconds that asking it, and nothing but it, took for all events. */
  readonly ms: number;
  /** The comparisons of which one has to hold, the rarest choice; empty where nothing can be looked for. */
  readonly hangsOn: readonly HangingAtom[];
  readonly traits: readonly CostlyTrait[];
}

/** A comparison that a rule hangs on. */
export interface HangingAtom {
  readonly selection: string;
  readonly key: string;
  /** The first few values that the rule names. */
  readonly expected: readonly string[];
}

/**
 * What can make a rule dear:
 *
 * - `text` – it searches the whole text of events (keywords);
 * - `no-literal` – it may match without any text that could be looked for, so that it is asked about every event;
 * - `slow-pattern` – one of its regular expressions is not provably linear in a backtracking engine.
 */
export type CostlyTrait = 'text' | 'no-literal' | 'slow-pattern';

/** Some events about which rules are studied one after another. Reading and folding their fields costs no rule. */
export class EventSample {
  readonly #readers: readonly EventReader[];

  constructor(events: Iterable<SigmaEvent>) {
    this.#readers = Array.from(events, (event) => new EventReader(event));
  }

  /** Studies a rule; `clock` gives milliseconds. */
  study({ detection, readsText }: CompiledRule, clock: () => number): RuleStudy {
    const matches = this.#readers.filter((reader) => evaluate(detection, reader)).length;
    // Everything has been read and folded by now.
    const ms = Math.min(...Array.from({ length: TIMED_PASSES }, () => this.#time(detection, clock)));
    const hanging = new Cover(this.#readers).of(detection, false);
    const patterns = [...atomsOf(detection)].flatMap((atom) => atom.values.filter(isSlow));
    return {
      events: this.#readers.length,
      candidates: hanging ? hanging.found.filter(Boolean).length : this.#readers.length,
      matches,
      ms,
      hangsOn: (hanging?.atoms ?? []).map(({ selection, key, expected }) => ({ selection, key, expected })),
      traits: [
        ...(readsText ? (['text'] as const) : []),
        ...(hanging ? [] : (['no-literal'] as const)),
        ...(patterns.length > 0 ? (['slow-pattern'] as const) : []),
      ],
    };
  }

  #time(detection: Expression, clock: () => number): number {
    const begin = clock();
    for (const reader of this.#readers) evaluate(detection, reader);
    return clock() - begin;
  }
}

/** How often a rule is timed: the shortest is the one that nothing else disturbed. */
const TIMED_PASSES = 3;

/** Comparisons of which one has to hold, and the events in which one may. */
interface Hanging {
  readonly atoms: readonly Atom[];
  readonly found: readonly boolean[];
}

/** Finds the rarest comparisons that a condition cannot do without. */
class Cover {
  readonly #readers: readonly EventReader[];

  constructor(readers: readonly EventReader[]) {
    this.#readers = readers;
  }

  /** Undefined where the condition may hold without any literal; `negated` asks for its opposite. */
  of(expression: Expression, negated: boolean): Hanging | undefined {
    if (expression.kind === 'not') return this.of(expression.child, !negated);
    if (expression.kind === 'atom') return negated ? undefined : this.#ofAtom(expression);
    const parts = expression.children.map((child) => this.of(child, negated));
    if ((expression.kind === 'and') !== negated) return rarest(parts);
    return parts.every((part) => part !== undefined) ? union(parts) : undefined;
  }

  #ofAtom(atom: Atom): Hanging | undefined {
    const clues = cluesOf(atom);
    if (clues.residual && clues.necessary === undefined) return undefined;
    return { atoms: [atom], found: this.#readers.map((reader) => mayHold(atom, clues, reader)) };
  }
}

function mayHold(atom: Atom, { sufficient, residual, necessary = [] }: Clues, reader: EventReader): boolean {
  if (!residual) return atom.test(reader);
  const texts = atom.field === undefined ? reader.texts() : reader.field(atom.field).texts;
  const literals = [...sufficient, ...necessary];
  return texts.some(({ folded }) => literals.some(({ text }) => folded.includes(text)));
}

function rarest(parts: readonly (Hanging | undefined)[]): Hanging | undefined {
  const count = ({ found }: Hanging): number => found.filter(Boolean).length;
  return parts.reduce((best, part) => (part && (!best || count(part) < count(best)) ? part : best), undefined);
}

function union(parts: readonly Hanging[]): Hanging {
  const found = parts[0]!.found.map((_, index) => parts.some((part) => part.found[index]));
  return { atoms: parts.flatMap(({ atoms }) => atoms), found };
}

function isSlow(value: Value): boolean {
  if (value.kind === 'anyOf') return value.values.some(isSlow);
  return value.kind === 'regex' && !isLinear(parseRegex(value.source, value.flags));
}
