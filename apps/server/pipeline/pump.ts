import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch, Journal, Lake, MatchedEvent, MatchStore, NewBatch, StreamKey, StreamState } from '@yuheng/engine';
import type { Log } from '../log.ts';
import type { DetectPool } from './detect-pool.ts';
import { checkpoints, Streams } from './streams.ts';
import { idOf, keyOf, streamId, type ProcessedUnit, type Unit } from './unit.ts';
import { WaitingRoom } from './waiting-room.ts';

/** Bytes, records and batches that are processed together at most (one batch may be more). */
const UNIT_BYTES = 8 * 2 ** 20;
const UNIT_RECORDS = 20_000;
const UNIT_BATCHES = 1_000;
/** How often the pump looks for parts that have waited and streams that are silent, ms. */
const IDLE_MS = 500;
/** Silence after which an event that is not complete is given as it is, ms. */
export const SILENCE_MS = 5_000;
/** Wait before what failed is tried again, ms. */
const RETRY_MS = 1_000;

/** Where a pump takes from and puts to. */
export interface PumpPorts {
  readonly journal: Journal;
  readonly lake: Lake;
  readonly matches: MatchStore;
  readonly pool: Pick<DetectPool, 'process'>;
  readonly log: Log;
  /** Shows at once what single rules say of matches. */
  show(matches: readonly MatchedEvent[]): Promise<void>;
  /** When what is received now counts as received, ms. */
  receivedAt(): number;
  /** A unit is in the lake and settled. */
  onStored(unit: ProcessedUnit): void;
}

/**
 * Carries batches from the journal through detection into the lake, and settles them. While one unit is stored the next is processed.
 * A batch is settled only after the lake has synced its events, so a crash anywhere is a retry.
 */
export class Pump {
  private readonly ports: PumpPorts;
  private readonly streams: Streams;
  private readonly room = new WaitingRoom();
  /** Streams that hold something open, and when they moved last by a clock that nobody can set. */
  private readonly open = new Map<string, number>();
  /** Numbers up to here were read from the journal. */
  private read = 0;
  /** Batches up to here may be partly in the lake: another process took them up. */
  private readonly replayUntil: number;
  private storing: Promise<void> = Promise.resolve();
  private stopping = false;
  private wake: () => void = () => {};
  private nudged = false;
  private ended: Promise<void> | undefined;

  constructor(ports: PumpPorts, replayUntil: number) {
    this.ports = ports;
    this.streams = new Streams(ports.journal);
    this.replayUntil = replayUntil;
  }

  /** Parts of files that wait for the parts before them. */
  get waiting(): number {
    return this.room.size;
  }

  start(): void {
    this.ended = this.run();
  }

  /** There is something new in the journal. */
  nudge(): void {
    this.nudged = true;
    this.wake();
  }

  /** Ends after the unit at work; the rest stays in the journal. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.ended;
    await this.storing;
  }

  private async run(): Promise<void> {
    await this.learnOpenStreams();
    while (!this.stopping) {
      try {
        const unit = await this.next();
        if (unit) await this.carry(unit);
        else await this.idle();
      } catch (error) {
        this.ports.log.error('YH-PIPELINE', `The pipeline failed and tries again: ${String(error)}`);
        await this.startOver();
      }
    }
  }

  /** What was taken and not stored is still in the journal: it is read again. */
  private async startOver(): Promise<void> {
    await sleep(RETRY_MS);
    await this.storing;
    this.room.clear();
    this.read = 0;
  }

  private async learnOpenStreams(): Promise<void> {
    for (const { state, ...stream } of await this.ports.journal.openStreams()) {
      const id = idOf(stream);
      this.streams.set(id, state);
      this.open.set(id, performance.now());
    }
  }

  /** The next batches whose turn it is. */
  private async next(): Promise<Unit | undefined> {
    this.nudged = false;
    const fresh = await this.ports.journal.pending(this.read, UNIT_BYTES, UNIT_BATCHES);
    const turn = new Turn(this.streams, this.room);
    for (const batch of this.room.impatient(performance.now())) await turn.take(batch);
    let records = 0;
    for (const batch of fresh) {
      records += batch.received;
      if (records > UNIT_RECORDS && records > batch.received) break;
      await turn.offer(batch);
      this.read = batch.number;
    }
    return turn.batches.length > 0 ? { batches: turn.batches, states: turn.states } : undefined;
  }

  private async carry(unit: Unit): Promise<void> {
    const processed = await this.ports.pool.process(unit);
    const now = performance.now();
    for (const [id, state] of processed.states) {
      this.streams.set(id, state);
      if (state.open.length > 0) this.open.set(id, now);
      else this.open.delete(id);
    }
    await this.storing;
    this.storing = this.store(processed);
  }

  /** Tries until it is done: what is accepted is stored. */
  private async store(unit: ProcessedUnit): Promise<void> {
    const { journal, lake, matches, log, onStored } = this.ports;
    const numbers = unit.settled.map(({ number }) => number);
    let replay = numbers.some((number) => number <= this.replayUntil);
    for (;;) {
      try {
        await lake.insert(unit.rows, numbers, replay);
        await matches.addMatches(unit.matches);
        await this.ports.show(unit.matches);
        await journal.settle(unit.settled, checkpoints(unit.states));
        return onStored(unit);
      } catch (error) {
        if (this.stopping) return;
        log.error('YH-STORE', `Events could not be stored and are tried again: ${String(error)}`);
        replay = true;
        await sleep(RETRY_MS);
      }
    }
  }

  private async idle(): Promise<void> {
    await this.closeSilent();
    if (this.nudged || this.stopping) return;
    const timer = new AbortController();
    await Promise.race([
      new Promise<void>((resolve) => (this.wake = resolve)),
      sleep(IDLE_MS, undefined, { signal: timer.signal }).catch(() => {}),
    ]);
    timer.abort();
  }

  /** What a stream holds open when it falls silent is given as it is, by way of the journal like everything else. */
  private async closeSilent(): Promise<void> {
    const silent = [...this.open].filter(([, since]) => performance.now() - since >= SILENCE_MS).map(([id]) => id);
    if (silent.length === 0) return;
    const closings: NewBatch[] = [];
    for (const id of silent) {
      this.open.delete(id);
      const key = keyOf(id);
      const state = await this.streams.state(key);
      if (state) closings.push(closing(key, state, this.ports.receivedAt()));
    }
    if (closings.length > 0) await this.ports.journal.append(closings);
    this.nudged = true;
  }
}

function closing(key: StreamKey, state: StreamState, receivedMs: number): NewBatch {
  return {
    ...key,
    digest: '',
    format: state.format,
    first: state.next,
    span: 0,
    maxRecordBytes: 0,
    last: true,
    receivedMs,
    received: 0,
    rejected: {},
    body: new Uint8Array(),
  };
}

/** The batches of one unit, with the states that their streams begin with. */
class Turn {
  readonly batches: Batch[] = [];
  readonly states = new Map<string, StreamState>();
  /** The line that comes next in each stream, after the batches taken so far. */
  private readonly nexts = new Map<string, number>();
  private readonly streams: Streams;
  private readonly room: WaitingRoom;

  constructor(streams: Streams, room: WaitingRoom) {
    this.streams = streams;
    this.room = room;
  }

  /** Takes a batch when its turn has come, and what waited for it; else it waits itself. */
  async offer(batch: Batch): Promise<void> {
    const id = streamId(batch);
    if (id === undefined) return void this.batches.push(batch);
    if (batch.first! > (await this.next(id, batch))) return this.room.add(id, batch, performance.now());
    await this.take(batch);
  }

  /** Takes a batch, and what waited for it. */
  async take(batch: Batch): Promise<void> {
    const id = streamId(batch)!;
    let next = await this.next(id, batch);
    for (let taken: Batch | undefined = batch; taken; taken = this.room.take(id, next)) {
      this.batches.push(taken);
      next = Math.max(next, taken.first! + taken.span);
    }
    this.nexts.set(id, next);
  }

  private async next(id: string, batch: Batch): Promise<number> {
    const known = this.nexts.get(id);
    if (known !== undefined) return known;
    const state = await this.streams.state(batch);
    if (state) this.states.set(id, state);
    const next = state?.next ?? 1;
    this.nexts.set(id, next);
    return next;
  }
}
