import { parentPort, Worker, workerData, type ResourceLimits } from 'node:worker_threads';

interface Call {
  readonly id: number;
  readonly task: unknown;
}

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly failed?: string;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

const STOPPED = 'the thread was stopped';
/** The first reply of a thread: it stands. */
const READY = 0;

/** A thread that answers tasks in the order in which they are put. One that dies fails what it had, and the next task begins another. */
export class Thread<Task, Answer> {
  private readonly script: string;
  private readonly options: { readonly workerData: unknown; readonly resourceLimits?: ResourceLimits };
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private lastId = READY;
  private closed = false;

  /** `workerData` is plain data: every start of the thread gets it. */
  constructor(script: string, options: { readonly workerData: unknown; readonly resourceLimits?: ResourceLimits }) {
    this.script = script;
    this.options = options;
  }

  /** Starts the thread and waits until it stands. */
  async start(): Promise<this> {
    await this.wait(READY, () => this.begin());
    return this;
  }

  ask(task: Task): Promise<Answer> {
    if (this.closed) return Promise.reject(new Error(STOPPED));
    const id = ++this.lastId;
    return this.wait(id, () =>
      (this.worker ?? this.begin()).postMessage({ id, task } satisfies Call),
    ) as Promise<Answer>;
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.closed = true;
    this.worker = undefined;
    this.fail(new Error(STOPPED));
    await worker?.terminate();
  }

  private wait(id: number, send: () => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      send();
    });
  }

  private begin(): Worker {
    const worker = new Worker(this.script, this.options);
    worker.on('message', (reply: Reply) => this.take(reply));
    const ended = (why: unknown): void => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      this.fail(why instanceof Error ? why : new Error(`a thread has ended (${String(why)})`));
    };
    worker.on('error', ended);
    worker.on('exit', ended);
    return (this.worker = worker);
  }

  private take({ id, answer, failed }: Reply): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (failed === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(failed));
  }

  private fail(error: Error): void {
    const left = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of left) reject(error);
  }
}

/** The thread's own side: opens what does the work, and answers task after task. */
export function answerTasks<Options, Task>(open: (options: Options) => (task: Task) => Promise<unknown>): void {
  const port = parentPort!;
  const work = open(workerData as Options);
  let tail = Promise.resolve();
  port.on('message', ({ id, task }: { readonly id: number; readonly task: Task }) => {
    tail = tail
      .then(() => work(task))
      .then(
        (answer): Reply => ({ id, answer }),
        (error: unknown): Reply => ({
          id,
          failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
      )
      .then((reply) => port.postMessage(reply));
  });
  port.postMessage({ id: READY } satisfies Reply);
}
