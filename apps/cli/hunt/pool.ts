import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { MatchedEvent } from '@yuheng/engine';
import type { RuleSet } from '@yuheng/sigma';
import { Inspector, type Inspected } from './inspector.ts';
import type { RuleTexts } from './rules.ts';
import type { ReadOptions } from './setup.ts';
import type { Task, TaskOutput } from './task.ts';

/** What a worker thread starts with. */
export interface WorkerData {
  readonly rules: RuleTexts;
  readonly options: ReadOptions;
}

export type ToWorker =
  { readonly kind: 'task'; readonly task: Task } | { readonly kind: 'taken' } | { readonly kind: 'end' };

export type ToMain =
  | { readonly kind: 'matches'; readonly events: MatchedEvent[] }
  | { readonly kind: 'progress'; readonly bytes: number; readonly records: number }
  | { readonly kind: 'done'; readonly result: Inspected }
  | { readonly kind: 'failed'; readonly message: string };

interface Runner {
  run(task: Task, output: TaskOutput): Promise<Inspected>;
  close(): Promise<void>;
}

/** Runs tasks on so many threads; one runs in this thread. Which worker reads which file never changes what is found. */
export class Pool {
  private readonly runners: readonly Runner[];

  constructor(workers: number, data: WorkerData, compiled: RuleSet) {
    const script = fileURLToPath(new URL('./worker.mjs', import.meta.url));
    const threads = workers > 1 && existsSync(script) ? workers : 1;
    this.runners =
      threads === 1
        ? [new LocalRunner(compiled, data)]
        : Array.from({ length: threads }, () => new ThreadRunner(script, data));
  }

  /** All tasks, begun in their order; `done` is called for each, in the order in which they end. */
  async run(
    tasks: AsyncGenerator<Task>,
    output: TaskOutput,
    done: (task: Task, result: Inspected) => void,
  ): Promise<void> {
    const work = async (runner: Runner): Promise<void> => {
      // Not `for await`: it would end the generator for all where one fails, while others wait for it.
      for (let step = await tasks.next(); !step.done; step = await tasks.next())
        done(step.value, await runner.run(step.value, output));
    };
    await Promise.all(this.runners.map(work)).finally(() => tasks.return(undefined));
  }

  /** Ends all threads, one after the other: each keeps what it has learned beside what the one before it has. */
  async close(): Promise<void> {
    for (const runner of this.runners) await runner.close();
  }
}

class LocalRunner implements Runner {
  private readonly inspector: Inspector;

  constructor(compiled: RuleSet, { rules, options }: WorkerData) {
    this.inspector = new Inspector(compiled, rules, options);
  }

  run(task: Task, output: TaskOutput): Promise<Inspected> {
    return this.inspector.run(task, output);
  }

  async close(): Promise<void> {
    this.inspector.close();
  }
}

class ThreadRunner implements Runner {
  private readonly worker: Worker;
  private readonly ended: Promise<unknown>;

  constructor(script: string, data: WorkerData) {
    this.worker = new Worker(script, { workerData: data });
    this.ended = new Promise((resolve) => this.worker.once('exit', resolve));
  }

  run(task: Task, output: TaskOutput): Promise<Inspected> {
    const { worker } = this;
    return new Promise((resolve, reject) => {
      const finish = (end: () => void): void => {
        worker.off('message', receive).off('error', reject).off('exit', gone);
        end();
      };
      const receive = (message: ToMain): void => {
        if (message.kind === 'progress') output.progress(message.bytes, message.records);
        else if (message.kind === 'done') finish(() => resolve(message.result));
        else if (message.kind === 'failed') finish(() => reject(new Error(message.message)));
        else
          output.matches(message.events).then(
            () => this.post({ kind: 'taken' }),
            (error: Error) => finish(() => reject(error)),
          );
      };
      const gone = (): void => reject(new Error('A thread ended before its file was read.'));
      worker.on('message', receive).on('error', reject).on('exit', gone);
      this.post({ kind: 'task', task });
    });
  }

  async close(): Promise<void> {
    this.post({ kind: 'end' });
    await this.ended;
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}
