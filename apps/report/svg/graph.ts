import type { EntityKind, IncidentFinding } from '@yuheng/engine';
import { attribute, html, type Html } from '../html.ts';
import { KINDS } from '../words.ts';
import type { ShownFinding } from '../shown-finding.ts';

/** Objects drawn at most, and per kind; what is commoner comes first. */
const MAX_NODES = 24;
const MAX_PER_COLUMN = 7;

/** Columns from outside to inside: where from, who, on what, with what. */
const COLUMNS: readonly (readonly EntityKind[])[] = [
  ['address', 'domain'],
  ['user'],
  ['host'],
  ['process'],
  ['file', 'hash'],
];

const NODE = { width: 192, height: 40, gapX: 28, gapY: 16 };
const MAX_LABEL = 23;

interface Node {
  readonly key: string;
  readonly id: string;
  readonly kind: EntityKind;
  readonly label: string;
  readonly count: number;
  readonly x: number;
  readonly y: number;
}

/** A short, stable name of an entity within a page, to light up the same object elsewhere. */
export function entityId(kind: string, value: string): string {
  let hash = 5381;
  for (const character of `${kind} ${value}`) hash = (hash * 33 + character.codePointAt(0)!) >>> 0;
  return `e${hash.toString(36)}`;
}

/** Who and what was involved: objects in columns, a line where a finding names both. Nothing where there is one object only. */
export function graph(incident: IncidentFinding, findings: readonly ShownFinding[]): Html | undefined {
  const nodes = layout(incident, labelsOf(findings));
  if (nodes.length < 2) return undefined;
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const width = Math.max(...nodes.map((node) => node.x)) + NODE.width + 2;
  const height = Math.max(...nodes.map((node) => node.y)) + NODE.height + 2;
  return html`<figure class="scroll" tabindex="0"><svg
      viewBox="0 0 ${width} ${height}"
      width="${width}"
      height="${height}"
      role="group"
      aria-label="${attribute(`Entities / 实体: ${nodes.length}`)}"
    >
      ${edgesOf(findings, byKey).map(([from, to]) => edge(from, to))} ${nodes.map(drawn)}
    </svg>
  </figure>`;
}

function layout(incident: IncidentFinding, labels: ReadonlyMap<string, string>): Node[] {
  const nodes: Node[] = [];
  let column = 0;
  for (const kinds of COLUMNS) {
    const here = incident.unmapped.entities.filter(
      (entity) => kinds.includes(entity.kind) && labels.has(`${entity.kind} ${entity.value}`),
    );
    const room = Math.min(MAX_PER_COLUMN, MAX_NODES - nodes.length);
    here.slice(0, room).forEach(({ kind, value, findings }, row) => {
      const key = `${kind} ${value}`;
      const x = column * (NODE.width + NODE.gapX) + 1;
      nodes.push({
        key,
        id: entityId(kind, value),
        kind,
        label: labels.get(key)!,
        count: findings,
        x,
        y: row * (NODE.height + NODE.gapY) + 1,
      });
    });
    if (here.length > 0) column++;
  }
  return nodes;
}

function labelsOf(findings: readonly ShownFinding[]): Map<string, string> {
  return new Map(
    findings.flatMap(({ entities }) => entities.map(({ kind, value, label }) => [`${kind} ${value}`, label] as const)),
  );
}

/** Pairs of neighbours that one finding names: each object with those of the next column that has any. */
function edgesOf(findings: readonly ShownFinding[], nodes: ReadonlyMap<string, Node>): [Node, Node][] {
  const edges = new Map<string, [Node, Node]>();
  for (const { entities } of findings) {
    const here = entities
      .flatMap(({ kind, value }) => nodes.get(`${kind} ${value}`) ?? [])
      .sort((a, b) => a.x - b.x || a.y - b.y);
    for (const from of here) {
      const next = here.find((node) => node.x > from.x)?.x;
      for (const to of here) if (to.x === next) edges.set(`${from.key}|${to.key}`, [from, to]);
    }
  }
  return [...edges.values()];
}

function edge(from: Node, to: Node): Html {
  const [x1, y1, x2, y2] = [from.x + NODE.width, from.y + NODE.height / 2, to.x, to.y + NODE.height / 2];
  const bend = (x2 - x1) / 2;
  return html`<path
    class="edge"
    data-e="${from.id} ${to.id}"
    d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"
  />`;
}

function drawn({ id, kind, label, count, x, y }: Node): Html {
  const kindWords = KINDS[kind]!;
  const short = label.length > MAX_LABEL ? `…${label.slice(1 - MAX_LABEL)}` : label;
  return html`<g class="node" data-e="${id}" transform="translate(${x} ${y})"
    ><title>${attribute(label)}</title><rect width="${NODE.width}" height="${NODE.height}" rx="4" /><text
      x="8"
      y="16"
      class="lbl"
      lang="en"
      >${kindWords.en} · ${count}</text
    ><text x="8" y="16" class="lbl" lang="zh-CN">${kindWords['zh-CN']} · ${count}</text
    ><text x="8" y="32">${attribute(short)}</text></g
  >`;
}
