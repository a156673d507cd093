import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { RuleSet } from '@yuheng/sigma';
import { Conclusions, type ConcludeOptions } from './conclusions.ts';

/** What came of one round. */
export type Concluded = Awaited<ReturnType<Conclusions['concludeUntil']>>;

export interface ConcludeTask {
  readonly id: number;
  readonly tenant: string;
  readonly untilMs: number;
}

export interface ConcludeAnswer {
  readonly id: number;
  readonly concluded?: NonNullable<Concluded>;
  readonly failed?: string;
}

/** Draws conclusions away from the thread that answers requests. */
export interface Consumer {
  concludeUntil(tenant: string, untilMs: number): Promise<Concluded>;
  close(): Promise<void>;
}

/** Starts the consumer in a thread of its own; run from sources, where there is no built one, in this thread. */
export function startConsumer(options: ConcludeOptions, compiled: RuleSet): Consumer {
  const script = fileURLToPath(new URL('./conclude-worker.mjs', import.meta.url));
  return existsSync(script)
    ? new ThreadConsumer(new Worker(script, { workerData: options }))
    : new Conclusions(options, compiled);
}

class ThreadConsumer implements Consumer {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { resolve(concluded: Concluded): void; reject(error: Error): void }>();
  private id = 0;

  constructor(worker: Worker) {
    this.worker = worker;
    worker.on('message', (answer: ConcludeAnswer) => this.take(answer));
    worker.on('error', (error: Error) => this.fail(error));
    worker.on('exit', () => this.fail(new Error('the thread that draws conclusions has ended')));
  }

  concludeUntil(tenant: string, untilMs: number): Promise<Concluded> {
    return new Promise((resolve, reject) => {
      const id = this.id++;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, tenant, untilMs } satisfies ConcludeTask);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private take({ id, concluded, failed }: ConcludeAnswer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (failed === undefined) waiting?.resolve(concluded);
    else waiting?.reject(new Error(failed));
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
