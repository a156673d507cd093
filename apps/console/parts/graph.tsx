import type { Told } from '../data/shapes.ts';
import { useWords } from '../locales/languages.ts';
import { edgesOf, layout, NODE, type Node } from './graph-layout.ts';

const MAX_LABEL = 22;

/** Who and what was involved; nothing where there is one object only. */
export function Graph({ findings, lit, light }: GraphProps) {
  const { t } = useWords();
  const nodes = layout(findings);
  if (nodes.length < 2) return null;
  const width = Math.max(...nodes.map(({ x }) => x)) + NODE.width + 2;
  const height = Math.max(...nodes.map(({ y }) => y)) + NODE.height + 2;
  return (
    <section>
      <h2>{t('incident.graph')}</h2>
      <figure className="scroll" tabIndex={0}>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          role="group"
          aria-label={t('incident.graphLabel', { count: nodes.length })}
        >
          {edgesOf(findings, nodes).map(([from, to]) => (
            <Edge key={`${from.key}|${to.key}`} from={from} to={to} lit={lit.has(from.key) && lit.has(to.key)} />
          ))}
          {nodes.map((node) => (
            <Box key={node.key} node={node} lit={lit.has(node.key)} light={light} />
          ))}
        </svg>
      </figure>
    </section>
  );
}

interface GraphProps {
  readonly findings: readonly Told[];
  /** Keys of the objects that the pointer is at, here or in the story. */
  readonly lit: ReadonlySet<string>;
  readonly light: (keys: readonly string[]) => void;
}

function Edge({ from, to, lit }: { readonly from: Node; readonly to: Node; readonly lit: boolean }) {
  const [x1, y1, x2, y2] = [from.x + NODE.width, from.y + NODE.height / 2, to.x, to.y + NODE.height / 2];
  const bend = (x2 - x1) / 2;
  return (
    <path className={lit ? 'edge lit' : 'edge'} d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`} />
  );
}

function Box({
  node,
  lit,
  light,
}: {
  readonly node: Node;
  readonly lit: boolean;
  readonly light: GraphProps['light'];
}) {
  const { t } = useWords();
  const { kind, label, findings, x, y, key } = node;
  return (
    <g
      className={lit ? 'node lit' : 'node'}
      transform={`translate(${x} ${y})`}
      onMouseEnter={() => light([key])}
      onMouseLeave={() => light([])}
    >
      <title>{label}</title>
      <rect width={NODE.width} height={NODE.height} rx="4" />
      <text x="8" y="16" className="lbl">
        {t(`kind.${kind}` as 'kind.host')} · {findings}
      </text>
      <text x="8" y="32">
        {label.length > MAX_LABEL ? `…${label.slice(1 - MAX_LABEL)}` : label}
      </text>
    </g>
  );
}
