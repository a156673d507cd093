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
import { createSpill, findFiles, type InputFile } from '@yuheng/adapter-files';
import type { RuleSet } from '@yuheng/sigma';
import type { HuntOptions } from './options.ts';
import { Pool } from './pool.ts';
import type { RuleTexts } from './rules.ts';
import type { RefusedRecord } from './task.ts';
import { undatedTasks, type ReadFrom } from './years.ts';

/** What a hunt tells while it runs. */
export interface HuntListener {
  started(files: number, bytes: number): void;
  progress(bytes: number, records: number, matches: number): void;
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
}

/** Threads that a hunt takes by itself at most. */
const MAX_WORKERS = 8;

/** Bytes that are worth another thread: each makes itself ready for the same rules and kinds of records, which takes seconds of CPU and 150 MB. */
const BYTES_A_WORKER = 256 * 2 ** 20;

/** Threads that a hunt over these files takes by itself. */
function workersFor(files: readonly InputFile[]): number {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return Math.max(1, Math.min(availableParallelism(), MAX_WORKERS, files.length, Math.ceil(bytes / BYTES_A_WORKER)));
}

/** Reads the input, then draws the conclusion. */
export async function runHunt(
  options: HuntOptions,
  texts: RuleTexts,
  rules: RuleSet,
  listener: HuntListener,
): Promise<HuntResult> {
  const { files, unreadable } = await findFiles(options.paths);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  listener.started(files.length, bytes);
  const spill = createSpill();
  try {
    const matches = new ExternalSort<MatchedEvent>(compareOrder, spill);
    const counts = new Counts();
    const read: ReadFrom[] = [];
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
      const firstRound = files.map((file) => ({ file }));
      await pool.run(firstRound, output, (task, result) => {
        counts.add(result.counts);
        problems.push(...result.unreadable);
        refusals.push(...result.refusals);
        read.push(...result.files.map((file) => ({ input: task.file, file })));
      });
      await pool.run(undatedTasks(read, options.year), output, (_, result) => {
        counts.add(result.counts);
        refusals.push(...result.refusals);
        const told = new Set(problems.map(({ name, reason }) => `${reason} ${name}`));
        problems.push(...result.unreadable.filter(({ name, reason }) => !told.has(`${reason} ${name}`)));
      });
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
      files: read.length,
      bytes,
      counts,
      sources: countSources(read),
      unreadable: problems,
      refusals,
    };
  } finally {
    await spill.clear();
  }
}

function countSources(read: readonly ReadFrom[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { file } of read) counts.set(file.source ?? 'unknown', (counts.get(file.source ?? 'unknown') ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
