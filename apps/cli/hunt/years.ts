import { compareInstants, firstYear, type Instant } from '@yuheng/engine';
import type { InputFile } from '@yuheng/adapter-files';
import type { ReadFile, Task } from './task.ts';

/** A file that was read and the input it came from. */
export interface ReadFrom {
  readonly input: InputFile;
  readonly file: ReadFile;
}

/**
 * The second round: files without years, now that the dates around them are known.
 * The reference is the newest dated record of the same folder, else the file's own time; a year that was given beats both.
 */
export function undatedTasks(read: readonly ReadFrom[], year: number | undefined): Task[] {
  const newest = new Map<string, Instant>();
  for (const { file } of read) {
    const known = newest.get(file.folder);
    if (file.newestDated && (!known || compareInstants(file.newestDated, known) > 0))
      newest.set(file.folder, file.newestDated);
  }
  const tasks = new Map<InputFile, { [name: string]: number }>();
  for (const { input, file } of read) {
    if (!file.needsYear) continue;
    const reference = newest.get(file.folder) ?? { ms: file.modifiedMs, ns: 0 };
    const years = tasks.get(input) ?? (Object.create(null) as { [name: string]: number });
    years[file.name] = firstYear(file, reference, year);
    tasks.set(input, years);
  }
  return [...tasks].map(([file, years]) => ({ file, years }));
}
