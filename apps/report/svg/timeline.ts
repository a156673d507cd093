import { levelName, LEVELS, type Level } from '@yuheng/engine';
import { timeText } from '../numbers.ts';
import { attribute, html, type Html } from '../html.ts';
import { say, type Both } from '../words.ts';

const WIDTH = 1072;
const HEIGHT = 112;
const BARS = 96;
const FLOOR = HEIGHT - 2;

/** Findings over time, one bar a stretch, the worst at the bottom. Counts grow by square root, so that one is seen beside a thousand. */
export function timeline(buckets: ReadonlyMap<number, ReadonlyMap<Level, number>>, bucketMs: number): Html {
  const keys = [...buckets.keys()].sort((a, b) => a - b);
  const first = keys[0]! * bucketMs;
  const last = (keys.at(-1)! + 1) * bucketMs;
  const bars = Array.from({ length: BARS }, () => new Map<Level, number>());
  for (const key of keys) {
    const bar = bars[Math.min(BARS - 1, Math.floor(((key * bucketMs - first) / (last - first)) * BARS))]!;
    for (const [level, count] of buckets.get(key)!) bar.set(level, (bar.get(level) ?? 0) + count);
  }
  const most = Math.max(...bars.map(sum));
  const label = {
    en: `Findings from ${timeText(first)} to ${timeText(last)}`,
    'zh-CN': `${timeText(first)} 至 ${timeText(last)} 的发现`,
  };
  return html`<figure>
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      width="${WIDTH}"
      height="${HEIGHT}"
      role="img"
      aria-label="${attribute(`${label.en} / ${label['zh-CN']}`)}"
    >
      <line class="axis" x1="0" x2="${WIDTH}" y1="${FLOOR + 0.5}" y2="${FLOOR + 0.5}" />
      ${bars.map((bar, index) => column(bar, index, most))}
    </svg>
    <div class="ends"><span>${timeText(first)}</span><span>${timeText(last)}</span></div>
    <figcaption class="legend">${legend(bars)}</figcaption>
  </figure>`;
}

function sum(bar: ReadonlyMap<Level, number>): number {
  return [...bar.values()].reduce((total, count) => total + count, 0);
}

function column(bar: ReadonlyMap<Level, number>, index: number, most: number): Html {
  const total = sum(bar);
  if (total === 0) return html``;
  const height = Math.max(4, Math.sqrt(total / most) * (FLOOR - 8));
  let bottom = FLOOR;
  const step = WIDTH / BARS;
  return html`<g
    >${[...LEVELS].reverse().map((level) => {
      const count = bar.get(level) ?? 0;
      if (count === 0) return undefined;
      const share = (height * count) / total;
      bottom -= share;
      return html`<rect
        class="${level}"
        x="${round(index * step)}"
        y="${round(bottom)}"
        width="${round(step - 2)}"
        height="${round(share)}"
      />`;
    })}</g
  >`;
}

function legend(bars: readonly ReadonlyMap<Level, number>[]): Html[] {
  const present = [...LEVELS].reverse().filter((level) => bars.some((bar) => bar.has(level)));
  return present.map((level) => html`<span class="sev ${level}">${say(levelBoth(level))}</span>`);
}

/** A level's name in both languages. */
export function levelBoth(level: Level): Both {
  return { en: levelName(level, 'en'), 'zh-CN': levelName(level, 'zh-CN') };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
