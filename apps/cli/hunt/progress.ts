import { Presets, SingleBar } from 'cli-progress';
import type { Language } from '@yuheng/engine';
import { bytesText, countText } from '@yuheng/report';

/** Shows how far a hunt is: a bar on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  start(bytes: number, files: number): void;
  advance(bytes: number, records: number, matches: number): void;
  stop(): void;
}

const WORDS: {
  readonly [language in Language]: {
    readonly bar: string;
    readonly line: (read: string, of: string, records: string, rate: string, hits: string) => string;
  };
} = {
  en: {
    bar: ' {bar} {percentage}% · {read} of {size} · {rate} events/s · {matches} hits',
    line: (read, of, records, rate, hits) => `read ${read} of ${of}, ${records} events, ${rate} events/s, ${hits} hits`,
  },
  'zh-CN': {
    bar: ' {bar} {percentage}% · {read} / {size} · {rate} 事件/秒 · 命中 {matches}',
    line: (read, of, records, rate, hits) => `已读 ${read} / ${of}，事件 ${records}，${rate} 事件/秒，命中 ${hits}`,
  },
};

/** How often plain lines are printed. */
const LINE_EVERY_MS = 5_000;

/** Progress on stderr; none when asked to be quiet. */
export function makeProgress(quiet: boolean, language: Language): Progress {
  if (quiet) return { start() {}, advance() {}, stop() {} };
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
    this.bar?.start(Math.max(bytes, 1), 0, this.payload());
  }

  advance(bytes: number, records: number, matches: number): void {
    this.read = Math.min(this.size, this.read + bytes);
    this.records += records;
    this.matches += matches;
    if (this.bar) return this.bar.update(this.read, this.payload());
    if (performance.now() - this.toldMs < LINE_EVERY_MS) return;
    this.toldMs = performance.now();
    const { read, size, rate, matches: hits } = this.payload();
    process.stderr.write(`${this.words.line(read, size, countText(this.records), rate, hits)}\n`);
  }

  stop(): void {
    this.bar?.stop();
  }

  private payload(): { read: string; size: string; rate: string; matches: string } {
    const seconds = Math.max((performance.now() - this.startedMs) / 1000, 0.001);
    return {
      read: bytesText(this.read),
      size: bytesText(this.size),
      rate: countText(Math.round(this.records / seconds)),
      matches: countText(this.matches),
    };
  }
}
