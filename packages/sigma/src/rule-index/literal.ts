import type { Atom } from '../expression.ts';
import { fold } from '../fold.ts';
import { ANY, joinParts, type Part } from '../pattern.ts';
import { parseRegex } from '../regex/parse.ts';
import type { RegexValue, Value } from '../value.ts';
import { requiredTexts } from './regex-literal.ts';

/** A folded text to be found in a folded text, anywhere or tied to its ends. */
export interface Literal {
  readonly text: string;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** What an index can know of a comparison by looking for literals. */
export interface Clues {
  /** Each of these, found in a text of the field, makes the comparison true. */
  readonly sufficient: readonly Literal[];
  /** Whether the comparison may be true without any of them, so that it has to be asked itself. */
  readonly residual: boolean;
  /** Where residual: without one of these it is false all the same; `undefined` where nothing is known. */
  readonly necessary: readonly Literal[] | undefined;
}

/** Half of a surrogate pair without the other: folding by code points and searching by code units part ways here. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Finds the literals of a comparison. */
export function cluesOf(atom: Atom): Clues {
  const sufficient: Literal[] = [];
  let necessary: Literal[] | undefined = [];
  let residual = false;
  for (const value of flat(atom.values)) {
    const { whole, needed } = literalsOf(value);
    if (whole) sufficient.push(whole);
    else {
      residual = true;
      if (needed) necessary?.push(...needed);
      else necessary = undefined;
    }
  }
  return { sufficient, residual, necessary };
}

function* flat(values: readonly Value[]): Generator<Value> {
  for (const value of values) {
    if (value.kind === 'anyOf') yield* flat(value.values);
    else yield value;
  }
}

/** `whole`: the value is exactly this literal. `needed`: the value cannot hold without one of these. */
function literalsOf(value: Value): { readonly whole?: Literal; readonly needed?: readonly Literal[] } {
  switch (value.kind) {
    case 'boolean':
      return { whole: equal(fold(String(value.value))) };
    case 'number':
      return value.part ? {} : { whole: equal(fold(value.text)) };
    case 'string':
      return stringLiterals(value.parts, value.cased);
    case 'regex':
      return regexLiterals(value);
    default:
      return {};
  }
}

function equal(text: string): Literal {
  return { text, atStart: true, atEnd: true };
}

function stringLiterals(pattern: readonly Part[], cased: boolean): { whole?: Literal; needed?: readonly Literal[] } {
  const parts = joinParts(pattern);
  if (parts.some((part) => typeof part === 'string' && LONE_SURROGATE.test(part))) return {};
  const texts = parts.flatMap((part, index): Literal[] =>
    typeof part === 'string' ? [{ text: fold(part), atStart: index === 0, atEnd: index === parts.length - 1 }] : [],
  );
  const plain = texts.length <= 1 && parts.every((part) => typeof part === 'string' || part === ANY);
  if (plain && !cased) {
    if (texts[0]) return { whole: texts[0] };
    return { whole: { text: '', atStart: parts.length === 0, atEnd: parts.length === 0 } };
  }
  const longest = texts.reduce<Literal | undefined>(
    (best, text) => (best && best.text.length >= text.text.length ? best : text),
    undefined,
  );
  return longest ? { needed: [longest] } : {};
}

function regexLiterals({ source, flags }: RegexValue): { needed?: readonly Literal[] } {
  const texts = requiredTexts(parseRegex(source, flags));
  return texts ? { needed: texts.map((text) => ({ text, atStart: false, atEnd: false })) } : {};
}
