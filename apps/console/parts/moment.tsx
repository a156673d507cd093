import { timeText, utcText } from '../data/text.ts';

/** A moment in the viewer's zone; UTC on hover. */
export function Moment({ ms }: { readonly ms: number }) {
  return (
    <time dateTime={new Date(ms).toISOString()} title={utcText(ms)}>
      {timeText(ms)}
    </time>
  );
}
