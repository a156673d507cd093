import { availableParallelism } from 'node:os';
import {
  compareOrder,
  compareText,
  Conclusion,
  conclude,
  Counts,
  ExternalSort,
  type Decided,
  type MatchedEvent,
  type PlacedFinding,
  type UnreadableFile,
} from '@yuheng/engine';
import { createSpill, type InputFile } from '@yuheng/adapter-files';
import type { RuleSet } from '@yuheng/sigma';
import type { HuntOptions } from './options.ts';
import { divide } from './divide.ts';
import type { HuntInput } from './input.ts';
import type { Inspected } from './inspector.ts';
import { Pool } from './pool.ts';
import type { RuleTexts } from './rules.ts';
import type { RefusedRecord, Task } from './task.ts';
import { undatedTasks, type ReadFrom } from './years.ts';

/** What a hunt tells while it runs. */
export interface HuntListener {
  started(files: number, bytes: number): void;
  progress(bytes: number, records: number, matches: number): void;
  /** So many bytes are read for the second time: their dates are known now. */
  again(bytes: number): void;
  finding(found: PlacedFinding): Promise<void>;
}

/** A hunt's outcome, besides the findings that the listener got in order. */
export interface HuntResult extends Decided {
  readonly files: number;
  readonly bytes: number;
  readonly counts: Counts;
  readonly sources: ReadonlyMap<string, number>;
  readonly unreadable: readonly UnreadableFile[];
  readonly refusals: readonly RefusedRecord[];
  /** Files that an earlier hunt wrote: not read. */
  readonly earlier: readonly string[];
  /** Matches outside the time asked for: nothing was made of them. */
  readonly outside: number;
}

/** Threads that a hunt takes by itself at most. */
const MAX_WORKERS = 8;

/** Bytes that are worth another thread: each makes itself ready for the same rules and kinds of records, which takes seconds of CPU and 150 MB. */
const BYTES_A_WORKER = 256 * 2 ** 20;

/** Threads that a hunt over these files takes by itself. */
function workersFor(files: readonly InputFile[]): number {
  return Math.max(1, Math.min(availableParallelism(), MAX_WORKERS, Math.ceil(bytesOf(files) / BYTES_A_WORKER)));
}

/** Bytes of all files together. */
function bytesOf(files: readonly InputFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** Reads the input that was found, then draws the conclusion. */
export async function runHunt(
  options: HuntOptions,
  texts: RuleTexts,
  rules: RuleSet,
  { files, unreadable, earlier }: HuntInput,
  listener: HuntListener,
): Promise<HuntResult> {
  const bytes = bytesOf(files);
  listener.started(files.length, bytes);
  const spill = createSpill();
  try {
    const matches = new ExternalSort<MatchedEvent>(compareOrder, spill);
    const counts = new Counts();
    const read: ReadFrom[] = [];
    let outside = 0;
    const refusals: RefusedRecord[] = [];
    const problems: UnreadableFile[] = [...unreadable];
    const output = {
      async matches(events: MatchedEvent[]): Promise<void> {
        listener.progress(0, 0, events.length);
        for (const event of events) await matches.push(event);
      },
      progress: (read: number, records: number) => listener.progress(read, records, 0),
    };
    const workers = options.workers ?? workersFor(files);
    const pool = new Pool(workers, { rules: texts, options }, rules);
    try {
      const take = (task: Task, result: Inspected): void => {
        counts.add(result.counts);
        outside += result.outside;
        refusals.push(...result.refusals);
        read.push(...result.files.map((file) => ({ input: task.file, file })));
        const isRest = task.years !== undefined || task.file.piece !== undefined;
        problems.push(...(isRest ? result.unreadable.filter((one) => !isTold(one, problems)) : result.unreadable));
      };
      await pool.run(firstRound(files, options), output, take);
      const undated = undatedTasks(read, options.year);
      if (undated.length > 0) listener.again(bytesOf(undated.map(({ file }) => file)));
      await pool.run(secondRound(undated), output, take);
    } finally {
      await pool.close();
    }
    for (const problem of problems) counts.refuse(problem.reason);
    // Threads end in any order; what is told comes in one.
    problems.sort((a, b) => compareText(a.name, b.name));
    refusals.sort((a, b) => compareText(a.file, b.file) || a.offset - b.offset);
    const conclusion = new Conclusion(rules, spill, (found) => listener.finding(found));
    const decided = await conclude(matches.sorted(), conclusion);
    return {
      ...decided,
      bytes,
      counts,
      ...countFiles(read),
      unreadable: problems,
      refusals,
      earlier,
      outside,
    };
  } finally {
    await spill.clear();
  }
}

/** A file that is read twice, or in pieces, has one trouble. */
function isTold({ name, reason }: UnreadableFile, problems: readonly UnreadableFile[]): boolean {
  return problems.some((told) => told.name === name && told.reason === reason);
}

/** Every file; large ones in pieces. */
async function* firstRound(files: readonly InputFile[], options: HuntOptions): AsyncGenerator<Task> {
  for (const file of largestFirst(files, (file) => file.size))
    for await (const part of divide(file, options)) yield { file: part };
}

/** Files that could not be read without knowing their year. */
async function* secondRound(tasks: readonly Task[]): AsyncGenerator<Task> {
  yield* largestFirst(tasks, ({ file }) => file.size);
}

/** So that no thread is left alone with a large one at the end. */
function largestFirst<Item>(items: readonly Item[], sizeOf: (item: Item) => number): Item[] {
  return items.toSorted((a, b) => sizeOf(a) - sizeOf(b)).reverse();
}

/** Each file counts once, in however many pieces or rounds it was read. */
function countFiles(read: readonly ReadFrom[]): Pick<HuntResult, 'files' | 'sources'> {
  const sources = new Map(read.map(({ file }) => [file.name, file.source ?? 'unknown']));
  const counts = new Map<string, number>();
  for (const source of [...sources.values()].sort(compareText)) counts.set(source, (counts.get(source) ?? 0) + 1);
  return { files: sources.size, sources: counts };
}
