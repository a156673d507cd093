import type { RuleHead } from './compiled-rule.ts';
import { evaluate, type Atom, type Expression } from './expression.ts';
import { hitFirst } from './hit.ts';
import { present } from './metadata.ts';
import type { EventReader, EventText } from './reader.ts';
import { selectionsOf } from './selections.ts';
import type { ActualContent, AtomVerdict, Explanation } from './types.ts';

/** Texts of an event that a verdict shows, and how much of each. */
const SHOWN_TEXTS = 3;
const SHOWN_LENGTH = 200;
/** Other fields that a verdict shows. */
const SHOWN_REFERENCES = 5;

/** Says which comparisons decide a rule, filters joined to it, for an event. */
export function explainRule(detection: Expression, { rule, filters }: RuleHead, reader: EventReader): Explanation {
  const { value, atoms } = decide(detection, reader, false);
  const [own, ...others] = partsOf(detection, filters.length);
  return {
    matched: value,
    share: value ? 1 : shareOf(detection, reader, false),
    decisive: atoms(),
    get selections() {
      const selections = Array.from(selectionsOf(rule.conditions, own!));
      return selections.map(([name, expression]) => ({ name, holds: evaluate(expression, reader) }));
    },
    get filters() {
      return filters.map((uid, index) => ({ uid, passes: evaluate(others[index]!, reader) }));
    },
  };
}

/** The rule's own expression, and that of each filter. */
function partsOf(detection: Expression, filters: number): readonly Expression[] {
  return filters > 0 && detection.kind === 'and' ? detection.children : [detection];
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
  /** The comparisons that decided; asked only of what is not decided over. */
  readonly atoms: () => readonly AtomVerdict[];
}

function decide(expression: Expression, reader: EventReader, negated: boolean): Decision {
  if (expression.kind === 'atom') {
    const value = expression.test(reader);
    return { value, atoms: () => [verdict(expression, reader, value, negated)] };
  }
  if (expression.kind === 'not') {
    const { value, atoms } = decide(expression.child, reader, !negated);
    return { value: !value, atoms };
  }
  // One child settles an `and` by failing and an `or` by holding; otherwise all of them together decide.
  const settling = expression.kind === 'or';
  const decisions: Decision[] = [];
  for (const child of expression.children) {
    const decision = decide(child, reader, negated);
    if (decision.value === settling) return decision;
    decisions.push(decision);
  }
  // Of ways that all failed the one that came nearest says most.
  const ordered = () => (settling && !negated ? nearestFirst(decisions, expression.children, reader) : decisions);
  return { value: !settling, atoms: () => ordered().flatMap(({ atoms }) => atoms()) };
}

function nearestFirst(
  decisions: readonly Decision[],
  children: readonly Expression[],
  reader: EventReader,
): readonly Decision[] {
  const shares = children.map((child) => shareOf(child, reader, false));
  const order = decisions.map((_, index) => index).sort((a, b) => shares[b]! - shares[a]!);
  return order.map((index) => decisions[index]!);
}

function verdict(atom: Atom, reader: EventReader, matched: boolean, negated: boolean): AtomVerdict {
  const { selection, key, field, filter } = atom;
  const actual = field === undefined ? shown(reader.texts(), START) : contentOf(field, reader, partAsked(key));
  const references = atom.otherFields
    .slice(0, SHOWN_REFERENCES)
    .map((other) => ({ field: other, actual: contentOf(other, reader, START) }));
  return {
    selection,
    key,
    get expected() {
      return matched ? hitFirst(atom, reader) : atom.expected;
    },
    values: atom.values.length,
    actual,
    matched,
    negated,
    ...present('field', field),
    ...present('filter', filter),
    ...(references.length > 0 ? { references } : {}),
  };
}

/** Of a long text the part that is shown. */
type Part = readonly [from: number, to: number | undefined];

const START: Part = [0, SHOWN_LENGTH];
const END: Part = [-SHOWN_LENGTH, undefined];

/** Where a text ends says nothing of how it begins. */
function partAsked(key: string): Part {
  return key.split('|').includes('endswith', 1) ? END : START;
}

function contentOf(field: string, reader: EventReader, part: Part): ActualContent {
  const { present: isThere, isNull, texts } = reader.field(field);
  if (!isThere) return 'absent';
  if (texts.length > 0) return shown(texts, part);
  return isNull ? 'null' : 'no text';
}

function shown(texts: readonly EventText[], part: Part): readonly string[] {
  return texts.slice(0, SHOWN_TEXTS).map(({ raw }) => raw.slice(...part));
}
