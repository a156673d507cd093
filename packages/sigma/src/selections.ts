import { parseCondition, type Condition } from './condition.ts';
import { atomsOf, type Expression } from './expression.ts';

/** The selections that a rule's conditions name, in their order and each once, with what each was compiled to. */
export function selectionsOf(conditions: readonly string[], expression: Expression): ReadonlyMap<string, Expression> {
  const parsed = conditions.map((text) => parseCondition(text, Infinity));
  const [only] = parsed;
  const whole: Condition = only && parsed.length === 1 ? only : { kind: 'or', children: parsed };
  return new Map(named(whole, expression));
}

/** An expression has the shape of the condition that it was made of. */
function* named(condition: Condition, expression: Expression): Generator<readonly [string, Expression]> {
  if (condition.kind === 'name') yield [condition.name, expression];
  else if (condition.kind === 'selector') yield* selected(expression);
  else {
    const children = condition.kind === 'not' ? [condition.child] : condition.children;
    const parts = expression.kind === 'not' ? [expression.child] : childrenOf(expression);
    for (const [index, child] of children.entries()) yield* named(child, parts[index]!);
  }
}

/** What `1 of` or `all of` made of several selections, or of the only one. */
function selected(expression: Expression): readonly (readonly [string, Expression])[] {
  const [name, another] = new Set(Array.from(atomsOf(expression), ({ selection }) => selection));
  if (another === undefined) return [[name!, expression]];
  return childrenOf(expression).flatMap(selected);
}

function childrenOf(expression: Expression): readonly Expression[] {
  return expression.kind === 'and' || expression.kind === 'or' ? expression.children : [];
}
