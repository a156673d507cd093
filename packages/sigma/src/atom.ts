import type { Atom } from './expression.ts';
import type { FieldContent } from './reader.ts';
import type { ContentTest } from './value-test.ts';

/** Everything about a comparison but how it is asked. */
export type AtomData = Omit<Atom, 'test'>;

/** Makes a comparison of its data. Its values are compiled when it is first asked, for an index seldom asks. */
export function makeAtom(data: AtomData, compile: () => ContentTest): Atom {
  const { field } = data;
  let compiled: ContentTest | undefined;
  const test: ContentTest = (content, reader) => (compiled ??= compile())(content, reader);
  if (field === undefined) return { ...data, test: (reader) => test(wholeText(reader.texts()), reader) };
  return { ...data, test: (reader) => test(reader.field(field), reader) };
}

function wholeText(texts: FieldContent['texts']): FieldContent {
  return { present: true, isNull: false, texts };
}
