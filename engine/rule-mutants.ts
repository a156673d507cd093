import { dump, loadAll } from 'js-yaml';
import { isObject } from './recognise.ts';

/** A rule file in which one selection says nothing any more. */
export interface Mutant {
  readonly name: string;
  readonly text: string;
}

/** A selection that holds for every event, and one that holds for none: taken away from an AND, and from an OR. */
const ALWAYS = { 'no-such-field': null };
const NEVER = { 'no-such-field|exists': true };

/** Every selection of every rule in the file replaced in turn, once by what always holds and once by what never does. A case beside the rule must notice. */
export function* ruleMutants(text: string): Generator<Mutant> {
  const documents = loadAll(text) as unknown[];
  for (const [index, document] of documents.entries()) {
    const detection = isObject(document) ? document['detection'] : undefined;
    if (!isObject(document) || !isObject(detection)) continue;
    for (const selection of Object.keys(detection)) {
      if (selection === 'condition') continue;
      for (const [how, replacement] of [['always', ALWAYS] as const, ['never', NEVER] as const]) {
        const mutated = documents.with(index, { ...document, detection: { ...detection, [selection]: replacement } });
        yield { name: `${selection} ${how} holds`, text: mutated.map((part) => dump(part)).join('---\n') };
      }
    }
  }
}
