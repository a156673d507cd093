import { parentPort, workerData } from 'node:worker_threads';
import { Conclusions, type ConcludeOptions } from './conclusions.ts';
import type { ConcludeAnswer, ConcludeTask } from './conclude-thread.ts';

// The thread of the one ordered consumer: one task at a time.

const port = parentPort!;
const conclusions = new Conclusions(workerData as ConcludeOptions);
let tail: Promise<unknown> = Promise.resolve();

port.on('message', (task: ConcludeTask) => {
  tail = tail
    .then(() => conclusions.concludeUntil(task.tenant, task.untilMs))
    .then(
      (concluded): ConcludeAnswer => ({ id: task.id, ...(concluded ? { concluded } : {}) }),
      (error: unknown): ConcludeAnswer => ({
        id: task.id,
        failed: error instanceof Error ? error.message : String(error),
      }),
    )
    .then((answer) => port.postMessage(answer));
});
