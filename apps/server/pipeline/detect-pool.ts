import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Batch, StreamState } from '@yuheng/engine';
import type { RuleSet } from '@yuheng/sigma';
import type { WorkerAnswer } from './detect-worker.ts';
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
    return new DetectPool(
      await Promise.all(Array.from({ length: threads }, () => ThreadRunner.start(script, options))),
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

class ThreadRunner implements Runner {
  private readonly worker: Worker;
  private readonly waiting: { resolve(unit: ProcessedUnit): void; reject(error: Error): void }[] = [];

  private constructor(worker: Worker) {
    this.worker = worker;
    worker.on('message', (answer: WorkerAnswer) => this.take(answer));
    worker.on('error', (error: Error) => this.fail(error));
    worker.on('exit', () => this.fail(new Error('a detection thread has ended')));
  }

  static start(script: string, options: ProcessorOptions): Promise<ThreadRunner> {
    // Records live for one unit: with room for them, the collector seldom has to look.
    const worker = new Worker(script, {
      workerData: options,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    return new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', () => {
        worker.off('error', reject);
        resolve(new ThreadRunner(worker));
      });
    });
  }

  process(unit: Unit): Promise<ProcessedUnit> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.postMessage(unit);
    });
  }

  async close(): Promise<void> {
    this.worker.removeAllListeners('exit');
    await this.worker.terminate();
  }

  private take(answer: WorkerAnswer): void {
    if (answer.kind === 'ready') return;
    const waiting = this.waiting.shift()!;
    if (answer.kind === 'done') waiting.resolve(answer.unit);
    else waiting.reject(new Error(answer.message));
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
