import type { Atom } from '../expression.ts';
import type { Value } from '../value.ts';
import { cluesOf, type Clues } from './literal.ts';

/** A comparison that one or more rules make, with its literals. */
export interface IndexedAtom {
  readonly atom: Atom;
  readonly clues: Clues;
}

/** The comparisons of rules; those that ask the same are one. Indexes over the same rules may share it. */
export class AtomTable {
  readonly #atoms: IndexedAtom[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<Atom, number>();

  /** The number of a comparison. */
  numberOf(atom: Atom): number {
    let number = this.#known.get(atom);
    if (number === undefined) this.#known.set(atom, (number = this.#find(atom)));
    return number;
  }

  /** The comparison of a number. */
  get(number: number): IndexedAtom {
    return this.#atoms[number]!;
  }

  #find(atom: Atom): number {
    const key = keyOf(atom);
    const known = key === undefined ? undefined : this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#atoms.push({ atom, clues: cluesOf(atom) }) - 1;
    if (key !== undefined) this.#numbers.set(key, number);
    return number;
  }
}

/** Equal for comparisons that ask the same; `undefined` for the rarer kinds, which are not compared. */
function keyOf(atom: Atom): string | undefined {
  const keys: string[] = [JSON.stringify(atom.field) ?? '*'];
  for (const value of atom.values) {
    const key = keyOfValue(value);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys.join('\n');
}

function keyOfValue(value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
      return `${value.cased ? 'c' : 's'}${JSON.stringify(value.parts.map((part) => (typeof part === 'string' ? part : [part.description])))}`;
    case 'regex':
      return `r${JSON.stringify([value.source, value.flags, value.anchoredStart, value.anchoredEnd])}`;
    case 'number':
      return value.part ? undefined : `s${JSON.stringify([value.text])}`;
    case 'boolean':
      return `s["${value.value}"]`;
    case 'null':
      return 'n';
    case 'exists':
      return `e${value.value}`;
    default:
      return undefined;
  }
}
