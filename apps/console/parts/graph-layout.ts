import type { Entity, Told } from '../data/shapes.ts';

/** Objects drawn at most, and per column; what is commoner comes first. */
const MAX_NODES = 24;
const MAX_PER_COLUMN = 6;

/** Columns from outside to inside: where from, who, on what, with what. */
const COLUMNS = [['address', 'domain'], ['user'], ['host'], ['process'], ['file', 'hash']];

/** Sizes of the drawing, px. */
export const NODE = { width: 184, height: 40, gapX: 32, gapY: 16 };

/** An object at its place. */
export interface Node extends Entity {
  readonly key: string;
  readonly findings: number;
  readonly x: number;
  readonly y: number;
}

/** One name for an object, wherever on the page it stands. */
export function entityKey({ kind, value }: Pick<Entity, 'kind' | 'value'>): string {
  return `${kind} ${value}`;
}

/** Objects in columns by kind. */
export function layout(findings: readonly Told[]): Node[] {
  const counted = new Map<string, { entity: Entity; findings: number }>();
  for (const { entities } of findings)
    for (const entity of entities) {
      const before = counted.get(entityKey(entity));
      counted.set(entityKey(entity), { entity, findings: (before?.findings ?? 0) + 1 });
    }
  const commonest = [...counted.values()].sort((a, b) => b.findings - a.findings);
  const nodes: Node[] = [];
  let column = 0;
  for (const kinds of COLUMNS) {
    const room = Math.min(MAX_PER_COLUMN, MAX_NODES - nodes.length);
    const here = commonest.filter(({ entity }) => kinds.includes(entity.kind)).slice(0, room);
    here.forEach(({ entity, findings: count }, row) => {
      const x = column * (NODE.width + NODE.gapX) + 1;
      nodes.push({ ...entity, key: entityKey(entity), findings: count, x, y: row * (NODE.height + NODE.gapY) + 1 });
    });
    if (here.length > 0) column++;
  }
  return nodes;
}

/** Pairs that one finding names: each object with those of the next column that has any. */
export function edgesOf(findings: readonly Told[], nodes: readonly Node[]): [Node, Node][] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const edges = new Map<string, [Node, Node]>();
  for (const { entities } of findings) {
    const here = entities.flatMap((entity) => byKey.get(entityKey(entity)) ?? []).sort((a, b) => a.x - b.x);
    for (const from of here) {
      const next = here.find(({ x }) => x > from.x)?.x;
      for (const to of here) if (to.x === next) edges.set(`${from.key}|${to.key}`, [from, to]);
    }
  }
  return [...edges.values()];
}
