/** A condition string taken apart; identifiers are not looked up yet. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly children: readonly Condition[] }
  | { readonly kind: 'not'; readonly child: Condition }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'selector'; readonly quantifier: 'one' | 'all'; readonly pattern: string };

/** A condition that cannot be read, and what to do about it. */
export class ConditionError extends Error {
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

const TOKEN = /\s*(?:([()])|([A-Za-z0-9_*.-]+)|(\S))/y;
const OPERATORS: readonly string[] = ['and', 'or', 'not', 'of'];
const GRAMMAR = 'use names of selections, and, or, not, brackets, "1 of …" and "all of …"';

/**
 * Parses a condition (rules specification, "Condition"): `not` binds tighter than `and`, `and` tighter than `or`.
 * Throws {@link ConditionError}.
 */
export function parseCondition(text: string, maxDepth: number): Condition {
  if (text.includes('|')) {
    const fix = 'write the aggregation as a correlation rule';
    throw new ConditionError('the pipe syntax for aggregations is no longer part of Sigma', fix);
  }
  return new ConditionParser(tokenize(text), maxDepth).parse();
}

function tokenize(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    if (match[3] !== undefined) throw new ConditionError(`"${match[3]}" has no meaning in a condition`, GRAMMAR);
    tokens.push((match[1] ?? match[2])!);
  }
  if (tokens.length === 0) throw new ConditionError('it is empty', GRAMMAR);
  return tokens;
}

class ConditionParser {
  readonly #tokens: readonly string[];
  readonly #maxDepth: number;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[], maxDepth: number) {
    this.#tokens = tokens;
    this.#maxDepth = maxDepth;
  }

  parse(): Condition {
    const condition = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new ConditionError(`"${rest}" stands where "and", "or" or the end is due`, GRAMMAR);
    return condition;
  }

  #or(): Condition {
    return this.#list('or', () => this.#list('and', () => this.#not()));
  }

  #list(kind: 'and' | 'or', operand: () => Condition): Condition {
    const children = [operand()];
    while (this.#take(kind)) children.push(operand());
    return children.length === 1 ? children[0]! : { kind, children };
  }

  #not(): Condition {
    if (++this.#depth > this.#maxDepth) {
      throw new ConditionError(`it nests deeper than ${this.#maxDepth} levels`, 'split it into selections');
    }
    const condition: Condition = this.#take('not') ? { kind: 'not', child: this.#not() } : this.#operand();
    this.#depth--;
    return condition;
  }

  #operand(): Condition {
    if (this.#take('(')) {
      const inner = this.#or();
      if (!this.#take(')')) throw new ConditionError('a bracket is never closed', 'close it');
      return inner;
    }
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new ConditionError('it ends where a selection is due', GRAMMAR);
    if (this.#tokens[this.#at] === 'of') return this.#selector(token);
    if (!/^[A-Za-z0-9_.-]+$/.test(token) || OPERATORS.includes(token))
      throw new ConditionError(`"${token}" stands where a selection is due`, GRAMMAR);
    return { kind: 'name', name: token };
  }

  #selector(quantifier: string): Condition {
    if (!['1', 'any', 'all'].includes(quantifier))
      throw new ConditionError(`"${quantifier} of" is not known`, 'write "1 of" or "all of"');
    this.#at++;
    const pattern = this.#tokens[this.#at++];
    if (pattern === undefined || pattern === '(' || pattern === ')')
      throw new ConditionError(`"${quantifier} of" names no selections`, 'name a pattern such as selection_*, or them');
    return { kind: 'selector', quantifier: quantifier === 'all' ? 'all' : 'one', pattern };
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}
