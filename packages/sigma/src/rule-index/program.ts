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
 * either answer, or how the program ends.
 */
export interface Steps {
  /** The first step of each rule. */
  readonly entries: Int32Array;
  readonly atoms: Int32Array;
  readonly onTrue: Int32Array;
  readonly onFalse: Int32Array;
}

/** Runs a rule's program. */
export function holds(
  { entries, atoms, onTrue, onFalse }: Steps,
  rule: number,
  ask: { holds(atom: number): boolean },
): boolean {
  let step = entries[rule]!;
  while (step >= 0) step = (ask.holds(atoms[step]!) ? onTrue : onFalse)[step]!;
  return step === MATCH;
}

/** Writes the programs of rules: cheap comparisons that probably decide come first. */
export function programOf(rules: readonly (Node | true)[], odds: Odds): Steps {
  const writer = new Writer(odds);
  const entries = Int32Array.from(rules, (node) => (node === true ? MATCH : writer.write(node, MATCH, MISS)));
  const { atoms, onTrue, onFalse } = writer;
  return { entries, atoms: Int32Array.from(atoms), onTrue: Int32Array.from(onTrue), onFalse: Int32Array.from(onFalse) };
}

class Writer {
  readonly atoms: number[] = [];
  readonly onTrue: number[] = [];
  readonly onFalse: number[] = [];
  readonly #odds: Odds;

  constructor(odds: Odds) {
    this.#odds = odds;
  }

  /** Writes what a node asks; answers its first step. */
  write(node: Node, yes: number, no: number): number {
    switch (node.kind) {
      case 'atom':
        this.onTrue.push(yes);
        this.onFalse.push(no);
        return this.atoms.push(node.atom) - 1;
      case 'not':
        return this.write(node.child, no, yes);
      default: {
        const last = ordered(node.kind, node.children, this.#odds).reverse();
        const settled = node.kind === 'and' ? no : yes;
        return last.reduce(
          (next, child) => (node.kind === 'and' ? this.write(child, next, settled) : this.write(child, settled, next)),
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
