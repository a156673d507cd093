import type { Atom, Expression } from './expression.ts';
import { present } from './metadata.ts';
import type { EventReader, EventText } from './reader.ts';
import type { ActualContent, AtomVerdict, Explanation } from './types.ts';

/** Texts of an event that a verdict shows, and how much of each. */
const SHOWN_TEXTS = 3;
const SHOWN_LENGTH = 200;
/** Other fields that a verdict shows. */
const SHOWN_REFERENCES = 5;

/** Says which comparisons decide an expression for an event. */
export function explainExpression(expression: Expression, reader: EventReader): Explanation {
  const { value, atoms } = decide(expression, reader, false);
  return { matched: value, share: value ? 1 : shareOf(expression, reader, false), decisive: atoms };
}

/** How much of a condition holds: the mean over an `and`, the best of an `or`; `negated` turns these round. */
function shareOf(expression: Expression, reader: EventReader, negated: boolean): number {
  if (expression.kind === 'atom') return expression.test(reader) === negated ? 0 : 1;
  if (expression.kind === 'not') return shareOf(expression.child, reader, !negated);
  const shares = expression.children.map((child) => shareOf(child, reader, negated));
  if ((expression.kind === 'or') !== negated) return shares.reduce((best, share) => Math.max(best, share), 0);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

interface Decision {
  readonly value: boolean;
  readonly atoms: readonly AtomVerdict[];
}

function decide(expression: Expression, reader: EventReader, negated: boolean): Decision {
  if (expression.kind === 'atom') {
    const value = expression.test(reader);
    return { value, atoms: [verdict(expression, reader, value, negated)] };
  }
  if (expression.kind === 'not') {
    const { value, atoms } = decide(expression.child, reader, !negated);
    return { value: !value, atoms };
  }
  // One child settles an `and` by failing and an `or` by holding; otherwise all of them together decide.
  const settling = expression.kind === 'or';
  const atoms: AtomVerdict[] = [];
  for (const child of expression.children) {
    const decision = decide(child, reader, negated);
    if (decision.value === settling) return decision;
    atoms.push(...decision.atoms);
  }
  return { value: !settling, atoms };
}

function verdict(atom: Atom, reader: EventReader, matched: boolean, negated: boolean): AtomVerdict {
  const { selection, key, expected, field, filter } = atom;
  const actual = field === undefined ? shown(reader.texts()) : contentOf(field, reader);
  const references = atom.otherFields
    .slice(0, SHOWN_REFERENCES)
    .map((other) => ({ field: other, actual: contentOf(other, reader) }));
  return {
    selection,
    key,
    expected,
    actual,
    matched,
    negated,
    ...present('field', field),
    ...present('filter', filter),
    ...(references.length > 0 ? { references } : {}),
  };
}

function contentOf(field: string, reader: EventReader): ActualContent {
  const { present: isThere, isNull, texts } = reader.field(field);
  if (!isThere) return 'absent';
  if (texts.length > 0) return shown(texts);
  return isNull ? 'null' : 'no text';
}

function shown(texts: readonly EventText[]): readonly string[] {
  return texts.slice(0, SHOWN_TEXTS).map(({ raw }) => raw.slice(0, SHOWN_LENGTH));
}
