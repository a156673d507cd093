import { Presets, SingleBar } from 'cli-progress';
import type { Language } from '@yuheng/engine';
import { atExit } from '@yuheng/adapter-files';
import { bytesText, countText } from '@yuheng/report';
import { counted } from '../text/hunt.ts';

/** Shows how far a hunt is: a bar on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  start(bytes: number, files: number): void;
  /** What follows reads files for the second time, so many bytes. */
  again(bytes: number): void;
  advance(bytes: number, records: number, matches: number): void;
  stop(): void;
}

/** What the line and the bar show. */
interface Shown {
  readonly read: string;
  readonly size: string;
  readonly events: string;
  readonly rate: string;
  readonly matches: string;
}

const WORDS: {
  readonly [language in Language]: {
    readonly bar: string;
    readonly line: (shown: Shown) => string;
    readonly events: (count: number) => string;
    readonly rate: (count: number) => string;
    readonly matches: (count: number) => string;
    /** Lines without a year are read twice: for their dates, then for what they say. */
    readonly dates: string;
  };
} = {
  en: {
    bar: ' {bar} {percentage}% · {read} of {size} · {rate} · {matches}',
    line: ({ read, size, events, rate, matches }) => `read ${read} of ${size}, ${events}, ${rate}, ${matches}`,
    events: (count) => counted(count, 'event'),
    rate: (count) => `${counted(count, 'event')}/s`,
    matches: (count) => counted(count, 'hit'),
    dates: 'reading dates first',
  },
  'zh-CN': {
    bar: ' {bar} {percentage}% · {read} / {size} · {rate} · {matches}',
    line: ({ read, size, events, rate, matches }) => `已读 ${read} / ${size}，${events}，${rate}，${matches}`,
    events: (count) => `事件 ${countText(count)}`,
    rate: (count) => `${countText(count)} 事件/秒`,
    matches: (count) => `命中 ${countText(count)}`,
    dates: '先读取日期',
  },
};

/** How often plain lines are printed. */
const LINE_EVERY_MS = 5_000;

/** Progress on stderr; none when asked to be quiet. */
export function makeProgress(quiet: boolean, language: Language): Progress {
  if (quiet) return { start() {}, again() {}, advance() {}, stop() {} };
  return new StderrProgress(language);
}

class StderrProgress implements Progress {
  private readonly words;
  private readonly bar: SingleBar | undefined;
  private size = 0;
  private read = 0;
  private records = 0;
  private matches = 0;
  private startedMs = 0;
  private toldMs = 0;
  private callOff: () => void = () => {};

  constructor(language: Language) {
    this.words = WORDS[language];
    if (process.stderr.isTTY) {
      this.bar = new SingleBar(
        { format: this.words.bar, stream: process.stderr, clearOnComplete: true, hideCursor: true },
        Presets.shades_classic,
      );
    }
  }

  start(bytes: number): void {
    this.size = bytes;
    this.startedMs = this.toldMs = performance.now();
    // Whoever stops a hunt half-way gets the cursor back, and lines that wrap.
    this.callOff = atExit(() => this.bar?.stop());
    this.bar?.start(Math.max(bytes, 1), 0, this.shown());
  }

  again(bytes: number): void {
    this.size = bytes;
    this.read = 0;
    this.startedMs = performance.now();
    this.bar?.setTotal(Math.max(bytes, 1));
    this.bar?.update(0, this.shown());
  }

  advance(bytes: number, records: number, matches: number): void {
    this.read = Math.min(this.size, this.read + bytes);
    this.records += records;
    this.matches += matches;
    if (this.bar) return this.bar.update(this.read, this.shown());
    if (performance.now() - this.toldMs < LINE_EVERY_MS) return;
    this.toldMs = performance.now();
    process.stderr.write(`${this.words.line(this.shown())}\n`);
  }

  stop(): void {
    this.bar?.stop();
    this.callOff();
  }

  private shown(): Shown {
    const { words } = this;
    const seconds = Math.max((performance.now() - this.startedMs) / 1000, 0.001);
    return {
      read: bytesText(this.read),
      size: bytesText(this.size),
      events: words.events(this.records),
      rate: this.read > 0 && this.records === 0 ? words.dates : words.rate(Math.round(this.records / seconds)),
      matches: words.matches(this.matches),
    };
  }
}
