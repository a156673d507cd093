import { contains, parseAddress } from './cidr.ts';
import type { CompileContext } from './context.ts';
import { compareDecimals, parseDecimal, type Decimal } from './decimal.ts';
import { reject, type Path } from './problem.ts';
import type { EventReader, EventText, FieldContent } from './reader.ts';
import { compileRegex } from './regex/compile.ts';
import { RegexError } from './regex/parse.ts';
import { StringMatcher, type TextTest } from './string-matcher.ts';
import { readTimePart, type TimePart } from './time-part.ts';
import type { FieldReference, RegexValue, Value } from './value.ts';

/** Asks whether what an event holds under a field (or, for keywords, its whole text) satisfies a value of a rule. */
export type ContentTest = (content: FieldContent, reader: EventReader) => boolean;

/** Compiles values joined by OR to one test. Everything that can fail, fails here. */
export function compileValues(values: readonly Value[], path: Path, context: CompileContext): ContentTest {
  const tests = new TestBuilder(path, context);
  for (const value of values) tests.add(value);
  return tests.build();
}

class TestBuilder {
  readonly #path: Path;
  readonly #context: CompileContext;
  readonly #folded = new StringMatcher(false);
  readonly #cased = new StringMatcher(true);
  readonly #texts: TextTest[] = [];
  readonly #contents: ContentTest[] = [];

  constructor(path: Path, context: CompileContext) {
    this.#path = path;
    this.#context = context;
  }

  add(value: Value): void {
    switch (value.kind) {
      case 'anyOf':
        for (const inner of value.values) this.add(inner);
        return;
      case 'string':
        return (value.cased ? this.#cased : this.#folded).add(value.parts);
      case 'boolean':
        return this.#folded.add([String(value.value)]);
      case 'number':
        if (value.part) this.#texts.push(timePartTest(value.part, Number(value.text)));
        else this.#folded.add([value.text]);
        return;
      case 'regex':
        this.#texts.push(regexTest(value, this.#path, this.#context));
        return;
      case 'network':
        this.#texts.push(({ raw }) => {
          const address = parseAddress(raw);
          return address !== undefined && contains(value.network, address);
        });
        return;
      case 'comparison':
        this.#texts.push(({ raw }) => {
          const number = value.part ? timePartOf(raw, value.part) : parseDecimal(raw);
          return number !== undefined && compareDecimals(number, value.comparison, value.limit);
        });
        return;
      case 'null':
        this.#contents.push((content) => content.isNull);
        return;
      case 'exists':
        this.#contents.push((content) => content.present === value.value);
        return;
      case 'fieldref':
        this.#contents.push(referenceTest(value));
    }
  }

  build(): ContentTest {
    const texts = [...this.#texts];
    for (const matcher of [this.#folded, this.#cased]) if (!matcher.isEmpty) texts.push(matcher.test);
    const contents = [...this.#contents];
    if (texts.length === 1) contents.push(anyText(texts[0]!));
    else if (texts.length > 1) contents.push(anyText((text) => texts.some((test) => test(text))));
    return contents.length === 1 ? contents[0]! : (content, reader) => contents.some((test) => test(content, reader));
  }
}

function anyText(test: TextTest): ContentTest {
  return (content) => content.texts.some(test);
}

function timePartOf(text: string, part: TimePart): Decimal | undefined {
  const value = readTimePart(text, part);
  return value === undefined ? undefined : { value };
}

function timePartTest(part: TimePart, expected: number): TextTest {
  return ({ raw }) => readTimePart(raw, part) === expected;
}

function referenceTest({ field, where }: FieldReference): ContentTest {
  const compare: (text: string, other: string) => boolean = {
    equals: (text: string, other: string) => text === other,
    startswith: (text: string, other: string) => text.startsWith(other),
    endswith: (text: string, other: string) => text.endsWith(other),
    contains: (text: string, other: string) => text.includes(other),
  }[where];
  return (content, reader) => {
    const others: readonly EventText[] = content.texts.length > 0 ? reader.field(field).texts : [];
    return content.texts.some((text) => others.some((other) => compare(text.folded, other.folded)));
  };
}

function regexTest(value: RegexValue, path: Path, { limits }: CompileContext): TextTest {
  try {
    const { flags, anchoredStart, anchoredEnd } = value;
    const bounds = { maxLength: limits.regexLength, maxSize: limits.regexSize };
    const search = compileRegex(value.source, { flags, anchoredStart, anchoredEnd, ...bounds });
    return ({ raw }) => search(raw);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    const what = `the regular expression ${JSON.stringify(value.source.slice(0, 80))} cannot be used`;
    if (error.unsupported)
      return reject('regex.unsupported', path, what, error.message, 'write it without, or as several selections');
    return reject('regex.syntax', path, what, error.message, 'correct the expression');
  }
}
