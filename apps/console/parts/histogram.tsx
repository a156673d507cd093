import { go, useAddress, withParams } from '../data/address.ts';
import type { Matching } from '../data/event-search.ts';
import { countText, timeText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';

const HEIGHT = 96;
const MIN_BAR = 2;

/** Events over time; a bar narrows the search to its time. */
export function Histogram({ matching }: { readonly matching: Matching }) {
  const { t } = useWords();
  const address = useAddress();
  const { bars, barMs } = matching;
  const first = bars[0]?.ms ?? 0;
  const slots = ((bars.at(-1)?.ms ?? first) - first) / barMs + 1;
  const most = Math.max(...bars.map(({ n }) => n));
  return (
    <figure>
      <figcaption className="dim">{t('events.overTime')}</figcaption>
      <div className="bars" style={{ height: HEIGHT }}>
        {bars.map(({ ms, n }) => {
          const words = t('events.bar', { count: n, from: timeText(ms) });
          const style = {
            left: `${(((ms - first) / barMs) * 100) / slots}%`,
            width: `max(2px, calc(${100 / slots}% - 1px))`,
            height: Math.max(MIN_BAR, (n / most) * HEIGHT),
          };
          const narrow = (): void =>
            go(withParams(address, { from: String(ms), to: String(ms + barMs), before: undefined }));
          return <button key={ms} type="button" style={style} title={words} aria-label={words} onClick={narrow} />;
        })}
      </div>
      <div className="ends dim">
        <span>{timeText(matching.fromMs)}</span>
        <span>{countText(most)} ↑</span>
        <span>{timeText(matching.toMs)}</span>
      </div>
    </figure>
  );
}
