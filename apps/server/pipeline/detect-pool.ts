import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Batch, StreamState } from '@yuheng/engine';
import type { RuleSet } from '@yuheng/sigma';
import { Thread } from '../thread.ts';
import { Processor, type ProcessorOptions } from './processor.ts';
import { streamId, type ProcessedUnit, type Unit } from './unit.ts';

/** Room for what one unit makes, MiB. */
const YOUNG_MB = 96;

interface Runner {
  process(unit: Unit): Promise<ProcessedUnit>;
  close(): Promise<void>;
}

/** Processes units on so many threads; batches of one stream stay together and in order. */
export class DetectPool {
  private readonly runners: readonly Runner[];

  private constructor(runners: readonly Runner[]) {
    this.runners = runners;
  }

  /** Starts the threads; run from sources, where there is no built worker, the work is done in this thread. */
  static async start(threads: number, options: ProcessorOptions, compiled: RuleSet): Promise<DetectPool> {
    const script = fileURLToPath(new URL('./detect-worker.mjs', import.meta.url));
    if (!existsSync(script)) {
      const processor = new Processor(options, compiled);
      return new DetectPool([{ process: (unit) => processor.process(unit), close: async () => {} }]);
    }
    // Records live for one unit: with room for them, the collector seldom has to look.
    const settings = { workerData: options, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } };
    const started = Array.from({ length: threads }, () => new Thread<Unit, ProcessedUnit>(script, settings).start());
    return new DetectPool(
      (await Promise.all(started)).map((thread) => ({
        process: (unit) => thread.ask(unit),
        close: () => thread.close(),
      })),
    );
  }

  async process(unit: Unit): Promise<ProcessedUnit> {
    if (this.runners.length === 1) return this.runners[0]!.process(unit);
    const parts = this.runners.map(() => ({
      batches: [] as Batch[],
      states: new Map<string, StreamState>(),
      bytes: 0,
    }));
    for (const batch of unit.batches) {
      const stream = streamId(batch);
      const idlest = parts.reduce((least, part) => (part.bytes < least.bytes ? part : least));
      const part = stream === undefined ? idlest : parts[this.shareOf(stream)]!;
      part.batches.push(batch);
      part.bytes += batch.body.byteLength;
      const state = stream === undefined ? undefined : unit.states.get(stream);
      if (state) part.states.set(stream!, state);
    }
    const done = await Promise.all(parts.map((part, index) => this.runners[index]!.process(part)));
    return done.reduce(merge);
  }

  async close(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.close()));
  }

  private shareOf(name: string): number {
    return createHash('sha1').update(name).digest().readUInt32LE(0) % this.runners.length;
  }
}

function merge(a: ProcessedUnit, b: ProcessedUnit): ProcessedUnit {
  const newestMs = new Map(a.newestMs);
  for (const [tenant, ms] of b.newestMs) newestMs.set(tenant, Math.max(newestMs.get(tenant) ?? ms, ms));
  return {
    rows: Buffer.concat([a.rows, b.rows]),
    events: a.events + b.events,
    matches: [...a.matches, ...b.matches],
    settled: [...a.settled, ...b.settled],
    states: new Map([...a.states, ...b.states]),
    tenants: new Set([...a.tenants, ...b.tenants]),
    newestMs,
  };
}
