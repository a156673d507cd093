import type { Atom } from '../expression.ts';
import { fold } from '../fold.ts';
import { cluesOf, type Literal } from '../rule-index/literal.ts';
import type { Value } from '../value.ts';
import type { Demand, Way } from './ways.ts';

/** Values of one comparison that are compared with one another; longer lists are only compared as wholes. */
const MAX_COMPARED = 200;

/** What is known of a comparison, found once. */
interface Known {
  /** Its values as folded texts to be found; undefined where one of them is more than that. */
  readonly literals: readonly Literal[] | undefined;
  /** Equal for comparisons that name the same values. */
  readonly key: string;
}

const known = new WeakMap<Atom, Known>();

function knownOf(atom: Atom): Known {
  let found = known.get(atom);
  if (!found) {
    const { sufficient, residual } = cluesOf(atom);
    found = {
      literals: residual ? undefined : sufficient,
      key: JSON.stringify([atom.key, atom.values.map(textOf).sort()]),
    };
    known.set(atom, found);
  }
  return found;
}

function textOf(value: Value): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'symbol') return { wildcard: part.description };
    return typeof part === 'bigint' ? String(part) : part;
  });
}

/** Whether a text that holds one literal always holds the other. */
export function covers(wide: Literal, narrow: Literal): boolean {
  if (wide.atStart && wide.atEnd) return narrow.atStart && narrow.atEnd && narrow.text === wide.text;
  if (wide.atStart) return narrow.atStart && narrow.text.startsWith(wide.text);
  if (wide.atEnd) return narrow.atEnd && narrow.text.endsWith(wide.text);
  return narrow.text.includes(wide.text);
}

/** Whether a comparison that holds makes another hold, by the values that they name. */
function atomImplies(narrow: Atom, wide: Atom): boolean {
  if (narrow.field !== wide.field) return false;
  const [one, other] = [knownOf(narrow), knownOf(wide)];
  if (one.key === other.key) return true;
  if (!one.literals || !other.literals) return false;
  if (one.literals.length > MAX_COMPARED || other.literals.length > MAX_COMPARED) return false;
  return one.literals.every((literal) => other.literals!.some((above) => covers(above, literal)));
}

/** Whether whatever fulfils one demand fulfils the other. */
function demandImplies(narrow: Demand, wide: Demand): boolean {
  if (narrow.holds !== wide.holds) return false;
  return narrow.holds ? atomImplies(narrow.atom, wide.atom) : atomImplies(wide.atom, narrow.atom);
}

/** Whether whatever fulfils one way fulfils the other. */
export function wayImplies(narrow: Way, wide: Way): boolean {
  return wide.every((demand) => narrow.some((own) => demandImplies(own, demand)));
}

/**
 * Why a way cannot be gone: two of its demands that contradict each other. A field is taken to hold one value, as fields do
 * in all but a few logs.
 */
export function contradictionIn(way: Way): readonly [Demand, Demand] | undefined {
  for (const [index, one] of way.entries()) {
    for (const other of way.slice(index + 1)) if (contradicts(one, other)) return [one, other];
  }
  return undefined;
}

function contradicts(one: Demand, other: Demand): boolean {
  if (one.atom.field !== other.atom.field) return false;
  if (one.holds && !other.holds) return atomImplies(one.atom, other.atom);
  if (other.holds && !one.holds) return atomImplies(other.atom, one.atom);
  if (!one.holds || one.atom.field === undefined) return false;
  const [left, right] = [wholeTexts(one.atom), wholeTexts(other.atom)];
  if (left !== undefined) return !left.some((text) => mayBe(other.atom, text));
  return right !== undefined && !right.some((text) => mayBe(one.atom, text));
}

/** The texts of which the field must be one; undefined where it may be others too. */
function wholeTexts(atom: Atom): readonly string[] | undefined {
  const { literals } = knownOf(atom);
  return literals?.every(({ atStart, atEnd }) => atStart && atEnd) ? literals.map(({ text }) => text) : undefined;
}

/** Whether a comparison may hold for a folded text; true where that is not known. */
function mayBe(atom: Atom, text: string): boolean {
  const { literals } = knownOf(atom);
  if (!literals)
    return !atom.values.every((value) => value.kind === 'null' || (value.kind === 'exists' && !value.value));
  return literals.some((literal) => covers(literal, { text: fold(text), atStart: true, atEnd: true }));
}
