import type { Batch, Journal, StreamCheckpoint, StreamState } from '@yuheng/engine';
import { streamId } from './unit.ts';

/** Streams whose state is remembered; others are asked of the journal again. */
export const MAX_STREAMS = 10_000;

/** Where streams stand: the journal's word, and what was processed since. */
export class Streams {
  private readonly journal: Journal;
  private readonly known = new Map<string, StreamState | undefined>();

  constructor(journal: Journal) {
    this.journal = journal;
  }

  /** The state before a batch; `undefined` where its stream has none yet. */
  async before(batch: Batch): Promise<StreamState | undefined> {
    const id = streamId(batch);
    if (id === undefined) return undefined;
    if (!this.known.has(id)) this.set(id, await this.journal.stream(batch));
    return this.known.get(id);
  }

  set(id: string, state: StreamState | undefined): void {
    this.known.delete(id);
    this.known.set(id, state);
    // What was settled is in the journal; the oldest are forgotten here.
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MAX_STREAMS) return;
      this.known.delete(oldest);
    }
  }
}

/** What the journal keeps of streams that moved on. */
export function checkpoints(states: ReadonlyMap<string, StreamState>): StreamCheckpoint[] {
  return [...states].map(([id, state]) => {
    const [tenant, source, file] = JSON.parse(id) as [string, string, string];
    return { tenant, source, file, state };
  });
}
