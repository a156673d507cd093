import type { Batch } from '@yuheng/engine';

/** How long a part of a file waits for the part before it, ms. */
export const PATIENCE_MS = 5_000;
/** Bytes that wait at most; beyond, the oldest go on without what they wait for. */
export const MAX_WAITING_BYTES = 64 * 2 ** 20;

interface Waiting {
  readonly batch: Batch;
  readonly sinceMs: number;
}

/** Parts of files that arrived before the parts in front of them. Times are of a clock that nobody can set. */
export class WaitingRoom {
  /** By the number of the line that they begin with. */
  private readonly streams = new Map<string, Waiting[]>();
  private bytes = 0;

  /** Parts that went on because their time was over or the room was full. */
  gaveUp = 0;

  get size(): number {
    let size = 0;
    for (const waiting of this.streams.values()) size += waiting.length;
    return size;
  }

  add(stream: string, batch: Batch, steadyMs: number): void {
    const waiting = this.streams.get(stream) ?? [];
    waiting.push({ batch, sinceMs: steadyMs });
    waiting.sort((a, b) => a.batch.first! - b.batch.first! || a.batch.number - b.batch.number);
    this.streams.set(stream, waiting);
    this.bytes += batch.body.byteLength;
  }

  /** The part that begins at this line, or at one that has passed. */
  take(stream: string, next: number): Batch | undefined {
    const waiting = this.streams.get(stream);
    if (!waiting || waiting[0]!.batch.first! > next) return undefined;
    return this.shift(stream, waiting);
  }

  /** The first parts of all streams that have waited long enough. */
  impatient(steadyMs: number): Batch[] {
    const gone: Batch[] = [];
    for (const [stream, waiting] of [...this.streams]) {
      const oldest = Math.min(...waiting.map(({ sinceMs }) => sinceMs));
      if (steadyMs - oldest < PATIENCE_MS && this.bytes <= MAX_WAITING_BYTES) continue;
      this.gaveUp++;
      gone.push(this.shift(stream, waiting));
    }
    return gone;
  }

  /** Forgets all: the journal still has them. */
  clear(): void {
    this.streams.clear();
    this.bytes = 0;
  }

  private shift(stream: string, waiting: Waiting[]): Batch {
    const { batch } = waiting.shift()!;
    if (waiting.length === 0) this.streams.delete(stream);
    this.bytes -= batch.body.byteLength;
    return batch;
  }
}
