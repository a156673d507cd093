import { enrich } from '../enrich.ts';
import { entitiesOf } from '../entities.ts';
import type { MatchedEvent } from '../match.ts';
import { normalize } from '../normalize.ts';
import type { Batch } from '../ports/journal.ts';
import type { LakeRow } from '../ports/lake.ts';
import type { Record } from '../record.ts';
import type { Setup } from '../setup.ts';
import type { Source } from '../capability.ts';
import type { Answer } from './answers.ts';
import { eventRow, frameRow, isSuspect, type RowPlace } from './lake-row.ts';
import { countAnswers, leaveBatch, readBatch, type ReadBatch } from './read-batch.ts';
import type { StreamState } from './stream-state.ts';

/** What one batch became. */
export interface ProcessedBatch {
  readonly number: number;
  readonly rows: readonly LakeRow[];
  readonly matches: readonly MatchedEvent[];
  readonly stored: number;
  readonly unparsed: number;
  /** Newest event time (ms) that can be believed; absent where none was. */
  readonly newestMs?: number;
  readonly state?: StreamState;
}

/** The first half of the pipeline for one batch: recognise → parse → normalize → enrich → detect. All of it is normalised, for the lake. */
export async function processBatch(
  batch: Batch,
  state: StreamState | undefined,
  setup: Setup,
): Promise<ProcessedBatch> {
  const { capabilities, offsetMinutes } = setup.options;
  const options = { capabilities, offsetMinutes };
  try {
    return finish(batch, await readBatch(batch, state, options), setup);
  } catch {
    // A parser that fails on something is a fault of ours, and no reason to lose it.
    return finish(batch, await leaveBatch(batch, state, options), setup);
  }
}

function finish(batch: Batch, read: ReadBatch, setup: Setup): ProcessedBatch {
  const work = new BatchWork(batch, setup, read.source);
  for (const answer of read.answers) work.take(answer);
  const { rows, matches, newestMs } = work;
  return {
    number: batch.number,
    rows,
    matches,
    ...countAnswers(read.answers),
    ...(newestMs === undefined ? {} : { newestMs }),
    ...(read.state ? { state: read.state } : {}),
  };
}

class BatchWork {
  readonly rows: LakeRow[] = [];
  readonly matches: MatchedEvent[] = [];
  newestMs: number | undefined;
  private readonly batch: Batch;
  private readonly setup: Setup;
  private readonly source: Source | undefined;

  constructor(batch: Batch, setup: Setup, source: Source | undefined) {
    this.batch = batch;
    this.setup = setup;
    this.source = source;
  }

  take(answer: Answer): void {
    if (answer.kind === 'record') return this.record(answer.record, answer.frames);
    const reason = answer.kind === 'unparsed' ? answer.reason : '';
    this.rows.push(frameRow(answer.frame, reason, this.place(answer.frame.number, 1)));
  }

  private record(record: Record, frames: number): void {
    const plain = normalize(record, this.source!);
    const entities = entitiesOf(plain);
    const event = enrich(plain, entities);
    const time = record.assumed?.includes('missing') ? undefined : record.time;
    this.rows.push(eventRow(event, record.raw, { time, entities, ...this.place(record.number, frames) }));
    if (time && !isSuspect(time, this.batch.receivedMs)) this.newestMs = Math.max(this.newestMs ?? time.ms, time.ms);
    const hits = this.setup.detector.detect(record);
    if (hits.length > 0) this.matches.push(this.setup.toMatch(record, hits, event));
  }

  private place(record: number, records: number): RowPlace {
    return { batch: this.batch, position: this.rows.length, record, records };
  }
}
