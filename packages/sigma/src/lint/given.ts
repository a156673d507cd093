import type { Atom } from '../expression.ts';
import type { Way } from './ways.ts';

/** What records of one kind say of themselves: fields, and the texts of which each is one. */
export interface Given {
  readonly [field: string]: readonly string[];
}

/** The selection that is named where the log source itself demands something. */
export const LOG_SOURCE = 'log source';

/** Kinds of records as demands that hold for them. */
export function givenWays(kinds: readonly Given[]): readonly Way[] {
  return kinds.map((given) =>
    Object.entries(given).map(([field, texts]) => ({ atom: givenAtom(field, texts), holds: true })),
  );
}

function givenAtom(field: string, texts: readonly string[]): Atom {
  return {
    kind: 'atom',
    selection: LOG_SOURCE,
    key: field,
    field,
    otherFields: [],
    expected: texts,
    values: texts.map((text) => ({ kind: 'string', parts: [text], cased: false })),
    test: () => true,
  };
}
