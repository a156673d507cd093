import type { Journal, NewBatch, Receipt } from '@yuheng/engine';

/** How long a request waits for others to share its commit, ms. */
const GATHER_MS = 5;
/** Bytes that are committed together at most. */
const COMMIT_BYTES = 4 * 2 ** 20;

interface Waiting {
  readonly batch: NewBatch;
  resolve(receipt: Receipt | 'conflict'): void;
  reject(error: unknown): void;
}

/** Many requests in one commit: each is answered when its records are durable. */
export class GroupCommit {
  private readonly journal: Journal;
  private queue: Waiting[] = [];
  private committing = false;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  append(batch: NewBatch): Promise<Receipt | 'conflict'> {
    return new Promise((resolve, reject) => {
      this.queue.push({ batch, resolve, reject });
      if (this.committing) return;
      this.committing = true;
      setTimeout(() => void this.commitAll(), GATHER_MS);
    });
  }

  /** Commits until nothing waits; what comes meanwhile gathers for the next commit. */
  private async commitAll(): Promise<void> {
    while (this.queue.length > 0) {
      const group = this.take();
      try {
        const receipts = await this.journal.append(group.map(({ batch }) => batch));
        group.forEach(({ resolve }, index) => resolve(receipts[index]!));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.committing = false;
  }

  private take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    do bytes += this.queue[count++]!.batch.body.byteLength;
    while (count < this.queue.length && bytes < COMMIT_BYTES);
    return this.queue.splice(0, count);
  }
}
