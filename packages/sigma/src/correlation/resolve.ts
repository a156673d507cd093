import { reject } from '../problem.ts';
import { alternativesOf, MAX_ALTERNATIVES } from './alternatives.ts';
import type { Condition } from '../condition.ts';
import type { ParsedCorrelation } from './parse.ts';
import type { CorrelationCondition, SigmaCorrelation } from './types.ts';

/** Finds the uid behind an id or name; rejects the document when there is none, or more than one. */
export type Resolver = (reference: string, path: readonly string[]) => string;

/** Replaces the references of a correlation by uids. */
export function resolveCorrelation(parsed: ParsedCorrelation, uidOf: Resolver): SigmaCorrelation {
  const { metadata, type, references, groupBy, timespanMs, generate } = parsed;
  const rules = references.map((reference) => uidOf(reference, ['correlation', 'rules']));
  if (new Set(rules).size < rules.length)
    reject(
      'correlation.rules',
      ['correlation', 'rules'],
      'a rule is named twice',
      'each rule counts once',
      'leave one out',
    );
  const aliases = new Map(
    Array.from(parsed.aliases, ([alias, fields]) => [
      alias,
      new Map(
        Array.from(fields, ([reference, field]) => [
          uidOf(reference, ['correlation', 'aliases', alias, reference]),
          field,
        ]),
      ),
    ]),
  );
  const condition = resolveCondition(parsed.condition, rules, uidOf);
  return { kind: 'correlation', ...metadata, type, rules, groupBy, timespanMs, aliases, condition, generate };
}

function resolveCondition(
  condition: ParsedCorrelation['condition'],
  rules: readonly string[],
  uidOf: Resolver,
): CorrelationCondition {
  if (condition.kind === 'bounds') return condition;
  const path = ['correlation', 'condition'];
  const alternatives = alternativesOf(
    rename(condition.parsed, (name) => uidOf(name, path)),
    rules,
  );
  if (alternatives?.length === 0)
    reject(
      'correlation.condition',
      path,
      'the condition can never be true',
      'it asks for a rule and forbids the same',
      'leave one of the two out',
    );
  if (alternatives) return { kind: 'expression', text: condition.text, alternatives };
  return reject(
    'correlation.condition',
    path,
    'the condition is too wide',
    `there are more than ${MAX_ALTERNATIVES} ways to fulfil it`,
    'split the correlation',
  );
}

function rename(condition: Condition, nameOf: (name: string) => string): Condition {
  switch (condition.kind) {
    case 'name':
      return { kind: 'name', name: nameOf(condition.name) };
    case 'not':
      return { kind: 'not', child: rename(condition.child, nameOf) };
    case 'selector':
      return condition;
    default:
      return { kind: condition.kind, children: condition.children.map((child) => rename(child, nameOf)) };
  }
}
