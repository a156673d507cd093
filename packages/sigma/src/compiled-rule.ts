import { explainRule } from './explain.ts';
import { atomsOf, evaluate, join, type Expression } from './expression.ts';
import { appliesTo, type ParsedFilter } from './filter.ts';
import { EventReader } from './reader.ts';
import type { ParsedRule } from './rule.ts';
import type { CompiledRule, SigmaEvent } from './types.ts';

/** Gives the reader of an event; rules that are asked about the same event one after the other share it. */
export class ReaderCache {
  #last: EventReader | undefined;

  readerOf(event: SigmaEvent): EventReader {
    if (this.#last?.event !== event) this.#last = new EventReader(event);
    return this.#last;
  }
}

/** Joins a rule with the filters that apply to it. */
export function compileRule(parsed: ParsedRule, filters: readonly ParsedFilter[], readers: ReaderCache): CompiledRule {
  const applied = filters.filter(({ filter }) => appliesTo(filter, parsed.rule));
  const detection = join('and', [parsed.expression, ...applied.map((filter) => filter.expression)]);
  const read = { ...whatIsRead(detection), filters: applied.map(({ filter }) => filter.uid) };
  return makeRule({ rule: parsed.rule, ...read }, () => detection, readers);
}

/** What is known of a rule without its detection. */
export type RuleHead = Pick<CompiledRule, 'rule' | 'fields' | 'readsText' | 'filters'>;

/** Makes a rule whose detection is there when it is first asked for. */
export function makeRule(head: RuleHead, detectionOf: () => Expression, readers: ReaderCache): CompiledRule {
  let detection: Expression | undefined;
  const known = (): Expression => (detection ??= detectionOf());
  return {
    ...head,
    get detection() {
      return known();
    },
    matches: (event) => evaluate(known(), readers.readerOf(event)),
    explain: (event) => explainRule(known(), head, new EventReader(event)),
  };
}

function whatIsRead(expression: Expression): Pick<CompiledRule, 'fields' | 'readsText'> {
  const fields = new Set<string>();
  let readsText = false;
  for (const atom of atomsOf(expression)) {
    if (atom.field === undefined) readsText = true;
    else fields.add(atom.field);
    for (const field of atom.otherFields) fields.add(field);
  }
  return { fields: [...fields].sort(), readsText };
}
