import {
  inspect,
  type Counts,
  type FileOutcome,
  type MatchedEvent,
  type Setup,
  type UnreadableFile,
} from '@yuheng/engine';
import { expandFile, type InputFile } from '@yuheng/adapter-files';

/** One input file to read; an archive is one file. */
export interface Task {
  readonly file: InputFile;
  /** Second round: only these log files in it, each with the year of its first line. */
  readonly years?: { readonly [name: string]: number };
}

/** A log file that was read, and where it lies. */
export interface ReadFile extends FileOutcome {
  readonly name: string;
  readonly folder: string;
  readonly modifiedMs: number;
}

/** What came of a task, besides its matches. */
export interface TaskResult {
  readonly files: readonly ReadFile[];
  readonly unreadable: readonly UnreadableFile[];
  /** Records that were refused, for people; bounded. */
  readonly refusals: readonly RefusedRecord[];
}

/** A record that could not be read. */
export interface RefusedRecord {
  readonly file: string;
  readonly reason: string;
  readonly offset: number;
  readonly detail: string;
}

/** Refusals of one task that are told one by one; all are counted. */
export const MAX_REFUSALS_TOLD = 20;

/** Where a task's work goes while it runs. */
export interface TaskOutput {
  matches(events: MatchedEvent[]): Promise<void>;
  progress(bytes: number, records: number): void;
}

/** Reads one input file through the first half of the pipeline. */
export async function runTask(task: Task, setup: Setup, counts: Counts, output: TaskOutput): Promise<TaskResult> {
  const files: ReadFile[] = [];
  const unreadable: UnreadableFile[] = [];
  const onBytes = task.years ? () => {} : (bytes: number) => output.progress(bytes, 0);
  for await (const found of expandFile(task.file, { onBytes })) {
    if ('reason' in found) {
      if (!task.years) unreadable.push(found);
      continue;
    }
    const year = task.years?.[found.name];
    if (task.years && year === undefined) continue;
    const before = counts.read;
    const steps = inspect(found, setup, counts, year);
    let step = await steps.next();
    for (let told = before; !step.done; step = await steps.next()) {
      output.progress(0, counts.read - told);
      told = counts.read;
      if (step.value.length > 0) await output.matches(step.value);
    }
    const { name, folder, modifiedMs } = found;
    files.push({ name, folder, modifiedMs, ...step.value });
  }
  return { files, unreadable, refusals: [] };
}
