import type { Node } from './node.ts';

/** What the choice of covers needs to know. */
export interface Coverage {
  /** Signals of which at least one is found whenever the comparison holds; `undefined` where there are none. */
  signalsOf(atom: number): readonly number[] | undefined;
  /** The slot (field) whose scan finds the signals of a comparison. */
  slotOf(atom: number): number;
  /** How likely a signal is found in an event. */
  probability(signal: number): number;
  /** What scanning each slot costs an event, in nanoseconds. */
  readonly slotCosts: readonly number[];
}

/** What every rule watches (`undefined`: it is asked about every event), and which slots are scanned for that. */
export interface Watches {
  readonly signals: readonly (readonly number[] | undefined)[];
  readonly slots: readonly number[];
  /** Rules that are to be asked about an event, on average. */
  readonly candidates: number;
}

/** Nanoseconds that asking one rule takes, as measured on a desktop of 2024; only proportions matter. */
const CANDIDATE_COST = 250;

interface Cover {
  readonly signals: readonly number[];
  readonly slots: ReadonlySet<number>;
  readonly cost: number;
}

/**
 * Chooses the cheapest cover of each rule: of an `and` the rarest child, of an `or` all children, of a `not` nothing.
 * Then fields are left out of the scan, the dearest first, wherever asking some rules more often costs less.
 */
export function chooseWatches(rules: readonly (Node | true)[], coverage: Coverage): Watches {
  const open = new Set(coverage.slotCosts.keys());
  const covers = rules.map((node) => coverOf(node, coverage, open));
  const byCost = [...open].sort((a, b) => coverage.slotCosts[b]! - coverage.slotCosts[a]!);
  for (const slot of byCost) {
    const affected = [...covers.keys()].filter((rule) => covers[rule]?.slots.has(slot));
    open.delete(slot);
    const others = affected.map((rule) => coverOf(rules[rule]!, coverage, open));
    const scan = coverage.slotCosts[slot]!;
    const dearer = affected.reduce((sum, rule, index) => {
      const often = others[index]?.cost ?? 1;
      return sum + often * (CANDIDATE_COST + scan) - covers[rule]!.cost * CANDIDATE_COST;
    }, 0);
    if (dearer <= scan) for (const [index, rule] of affected.entries()) covers[rule] = others[index];
    else open.add(slot);
  }
  const candidates = covers.reduce((sum, cover) => sum + (cover?.cost ?? 1), 0);
  return { signals: covers.map((cover) => cover?.signals), slots: [...open].sort((a, b) => a - b), candidates };
}

function coverOf(node: Node | true, coverage: Coverage, open: ReadonlySet<number>): Cover | undefined {
  return node === true ? undefined : coverOfNode(node, false, coverage, open);
}

function coverOfNode(node: Node, negated: boolean, coverage: Coverage, open: ReadonlySet<number>): Cover | undefined {
  if (node.kind === 'not') return coverOfNode(node.child, !negated, coverage, open);
  if (node.kind === 'atom') return negated ? undefined : coverOfAtom(node.atom, coverage, open);
  const joined = (node.kind === 'and') !== negated;
  let rarest: Cover | undefined;
  const all: Cover[] = [];
  for (const child of node.children) {
    const cover = coverOfNode(child, negated, coverage, open);
    if (joined) rarest = cover && (!rarest || cover.cost < rarest.cost) ? cover : rarest;
    else if (!cover) return undefined;
    else all.push(cover);
  }
  return joined ? rarest : union(all);
}

function coverOfAtom(atom: number, coverage: Coverage, open: ReadonlySet<number>): Cover | undefined {
  const slot = coverage.slotOf(atom);
  const signals = coverage.signalsOf(atom);
  if (!signals || !open.has(slot)) return undefined;
  const cost = signals.reduce((sum, signal) => sum + coverage.probability(signal), 0);
  return { signals, slots: new Set([slot]), cost: Math.min(1, cost) };
}

function union(covers: readonly Cover[]): Cover {
  const signals = [...new Set(covers.flatMap((cover) => cover.signals))];
  const slots = new Set(covers.flatMap((cover) => [...cover.slots]));
  return {
    signals,
    slots,
    cost: Math.min(
      1,
      covers.reduce((sum, cover) => sum + cover.cost, 0),
    ),
  };
}
