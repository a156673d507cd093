import { stretchesOf } from '../data/highlight.ts';
import type { Reason } from '../data/shapes.ts';

/** Raw text, with what made a rule match marked. */
export function Marked({ text, reasons }: { readonly text: string; readonly reasons: readonly Reason[] }) {
  const stretches = stretchesOf(text, reasons);
  return (
    <pre tabIndex={0}>
      {stretches.map(([from, to], index) => (
        <span key={from}>
          {text.slice(stretches[index - 1]?.[1] ?? 0, from)}
          <mark>{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(stretches.at(-1)?.[1] ?? 0)}
    </pre>
  );
}
