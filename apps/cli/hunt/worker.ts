import { parentPort, workerData } from 'node:worker_threads';
import { Inspector } from './inspector.ts';
import { compileRules } from './rules.ts';
import type { ToMain, ToWorker, WorkerData } from './pool.ts';

// A worker thread: reads one input file at a time and waits until its matches are taken before it sends more.

const port = parentPort!;
const { rules, options } = workerData as WorkerData;
const inspector = new Inspector(compileRules(rules), rules, options);
let taken: () => void = () => {};

const send = (message: ToMain): void => port.postMessage(message);

port.on('message', (message: ToWorker) => {
  if (message.kind === 'taken') return taken();
  if (message.kind === 'end') {
    inspector.close();
    process.exit();
  }
  inspector
    .run(message.task, {
      matches: (events) =>
        new Promise((resolve) => {
          taken = resolve;
          send({ kind: 'matches', events });
        }),
      progress: (bytes, records) => send({ kind: 'progress', bytes, records }),
    })
    .then(
      (result) => send({ kind: 'done', result }),
      (error: unknown) =>
        send({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
});
