import { Column } from './column.ts';
import type { Node } from './node.ts';

/** Where a program ends. */
const MATCH = -1;
const MISS = -2;

/** What each comparison costs to ask, and how likely it holds. */
export interface Odds {
  cost(atom: number): number;
  probability(atom: number): number;
}

/**
 * The detections of many rules as flat decision programs: each step asks one comparison and names the next step for
 * either answer. Cheap comparisons that probably decide come first.
 */
export class Programs {
  /** The first step of each rule; -1 where nothing is to be asked. */
  readonly entries: Int32Array;
  readonly #atoms = new Column();
  readonly #onTrue = new Column();
  readonly #onFalse = new Column();

  constructor(rules: readonly (Node | true)[], odds: Odds) {
    this.entries = Int32Array.from(rules, (node) => (node === true ? MATCH : this.#write(node, MATCH, MISS, odds)));
  }

  /** Runs a rule's program. */
  holds(rule: number, ask: { holds(atom: number): boolean }): boolean {
    let step = this.entries[rule]!;
    while (step >= 0) step = (ask.holds(this.#atoms.get(step)) ? this.#onTrue : this.#onFalse).get(step);
    return step === MATCH;
  }

  #write(node: Node, yes: number, no: number, odds: Odds): number {
    switch (node.kind) {
      case 'atom':
        this.#onTrue.push(yes);
        this.#onFalse.push(no);
        return this.#atoms.push(node.atom);
      case 'not':
        return this.#write(node.child, no, yes, odds);
      default: {
        const last = ordered(node.kind, node.children, odds).reverse();
        const settled = node.kind === 'and' ? no : yes;
        return last.reduce(
          (next, child) =>
            node.kind === 'and' ? this.#write(child, next, settled, odds) : this.#write(child, settled, next, odds),
          node.kind === 'and' ? yes : no,
        );
      }
    }
  }
}

/** Children by what it costs until they settle the node. */
function ordered(kind: 'and' | 'or', children: readonly Node[], odds: Odds): Node[] {
  const ranked = children.map((child) => {
    const { cost, probability } = oddsOf(child, odds);
    return { child, rank: cost / Math.max(kind === 'and' ? 1 - probability : probability, 1e-3) };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ child }) => child);
}

function oddsOf(node: Node, odds: Odds): { cost: number; probability: number } {
  switch (node.kind) {
    case 'atom':
      return { cost: odds.cost(node.atom), probability: odds.probability(node.atom) };
    case 'not': {
      const { cost, probability } = oddsOf(node.child, odds);
      return { cost, probability: 1 - probability };
    }
    default: {
      // The sum is an upper bound: an early answer spares the rest.
      let cost = 0;
      let product = 1;
      for (const child of node.children) {
        const inner = oddsOf(child, odds);
        cost += inner.cost;
        product *= node.kind === 'and' ? inner.probability : 1 - inner.probability;
      }
      return { cost, probability: node.kind === 'and' ? product : 1 - product };
    }
  }
}
