import {
  inspect,
  type Counts,
  type FileOutcome,
  type LogFile,
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

/** What happened to a file that is not there any more when it is read for the second time. */
const GONE = 'It was there when its dates were read, and is gone or changed now. Hunt on a copy that does not change.';

/** A parser that failed on a file: that file's loss, not the hunt's. */
class ParserFailure extends Error {}

async function inspectFile(
  file: LogFile,
  setup: Setup,
  counts: Counts,
  year: number | undefined,
  output: TaskOutput,
): Promise<FileOutcome> {
  const steps = inspect(file, setup, counts, year);
  const next = () =>
    steps.next().catch((error: unknown) => {
      throw new ParserFailure(`Its reader failed (${String(error)}). Please report this with the file.`);
    });
  let told = counts.read;
  let step = await next();
  for (; !step.done; step = await next()) {
    output.progress(0, counts.read - told);
    told = counts.read;
    if (step.value.length > 0) await output.matches(step.value);
  }
  return step.value;
}

/** Reads one input file through the first half of the pipeline. */
export async function runTask(task: Task, setup: Setup, counts: Counts, output: TaskOutput): Promise<TaskResult> {
  const files: ReadFile[] = [];
  const unreadable: UnreadableFile[] = [];
  const onBytes = (bytes: number): void => output.progress(bytes, 0);
  for await (const found of expandFile(task.file, { onBytes })) {
    if ('reason' in found) {
      unreadable.push(found);
      continue;
    }
    const year = task.years?.[found.name];
    if (task.years && year === undefined) continue;
    const outcome = await inspectFile(found, setup, counts, year, output).catch((error: unknown) => {
      if (!(error instanceof ParserFailure)) throw error;
      counts.settle('internal-error');
      unreadable.push({ name: found.name, reason: 'internal-error', detail: error.message });
      return {};
    });
    const { name, folder, modifiedMs } = found;
    files.push({ name, folder, modifiedMs, ...outcome });
  }
  const seen = new Set(files.map((file) => file.name));
  for (const name of Object.keys(task.years ?? {})) {
    if (!seen.has(name)) unreadable.push({ name, reason: 'missing', detail: GONE });
  }
  return { files, unreadable, refusals: [] };
}
