import type { Journal, StreamCheckpoint, StreamKey, StreamState } from '@yuheng/engine';
import { idOf, keyOf } from './unit.ts';

/** Streams whose state is remembered; others are asked of the journal again. */
export const MAX_STREAMS = 10_000;

/** Where streams stand: the journal's word, and what was processed since. */
export class Streams {
  private readonly journal: Journal;
  private readonly known = new Map<string, StreamState | undefined>();

  constructor(journal: Journal) {
    this.journal = journal;
  }

  /** Where a stream stands; `undefined` where nothing of it was processed yet. */
  async state(stream: StreamKey): Promise<StreamState | undefined> {
    const id = idOf(stream);
    if (!this.known.has(id)) this.set(id, await this.journal.stream(stream));
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
  return [...states].map(([id, state]) => ({ ...keyOf(id), state }));
}
