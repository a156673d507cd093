import { parentPort, workerData } from 'node:worker_threads';
import { Processor, type ProcessorOptions } from './processor.ts';
import type { ProcessedUnit, Unit } from './unit.ts';

// A worker thread: one unit at a time, in the order in which they come.

/** What a detect worker answers. */
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly unit: ProcessedUnit }
  | { readonly kind: 'failed'; readonly message: string };

const port = parentPort!;
const processor = new Processor(workerData as ProcessorOptions);
const answer = (message: WorkerAnswer): void => port.postMessage(message);
let tail: Promise<void> = Promise.resolve();

port.on('message', (unit: Unit) => {
  tail = tail
    .then(() => processor.process(unit))
    .then(
      (done) => answer({ kind: 'done', unit: done }),
      (error: unknown) =>
        answer({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
});
answer({ kind: 'ready' });
