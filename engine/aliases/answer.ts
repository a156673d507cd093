import type { Fields } from '../record.ts';
import { descend, scalarAt } from './field-path.ts';

/** Where what a rule calls by one name stands in records that are written in another schema. */
export interface Answer {
  /** For people: the paths that are read. */
  readonly from: string;
  /** Values that the rule's own source can hold and that come out here as if there had been none. */
  readonly loses: readonly string[];
  /** What a rule reads of a record; `undefined` where it says nothing. Never throws. */
  read(fields: Fields): unknown;
}

/** What sources write for nothing, and other schemas leave out. */
export const NOTHING: readonly string[] = ['', '-'];

/** An attribute as it stands. */
export function path(from: string, loses: readonly string[] = []): Answer {
  return { from, loses: [...NOTHING, ...loses], read: (fields) => descend(fields, from) };
}

/** The first answer that is there. */
export function first(...answers: readonly Answer[]): Answer {
  return {
    from: answers.map((answer) => answer.from).join(', else '),
    loses: [...new Set(answers.flatMap((answer) => answer.loses))],
    read(fields) {
      for (const answer of answers) {
        const value = answer.read(fields);
        if (value !== undefined && value !== null) return value;
      }
      return undefined;
    },
  };
}

/** The parts that say something, one after another with `separator` between. */
export function joined(separator: string, ...paths: readonly string[]): Answer {
  return {
    from: paths.join(` + ${separator} + `),
    loses: NOTHING,
    read(fields) {
      const parts = paths.map((each) => scalarAt(fields, each));
      const told = parts.filter((part) => part !== undefined && !NOTHING.includes(part));
      return told.length > 0 ? told.join(separator) : undefined;
    },
  };
}

/** The source's own word for each value of an enumeration; `loses`: words that the enumeration has no value for. */
export function choice(
  from: string,
  words: { readonly [value: string]: string },
  loses: readonly string[] = [],
): Answer {
  return {
    from,
    loses: [...NOTHING, ...loses],
    read(fields) {
      const value = scalarAt(fields, from);
      return value !== undefined && Object.hasOwn(words, value) ? words[value] : undefined;
    },
  };
}
