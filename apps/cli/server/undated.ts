import { expandFile, type InputFile } from '@yuheng/adapter-files';
import { capabilities } from '@yuheng/capabilities';
import { Counts, HEAD_BYTES, peekFile, readHead, recognise } from '@yuheng/engine';
import { loadRules } from '@yuheng/sigma';
import { makeSetup } from '../hunt/setup.ts';
import { runTask } from '../hunt/task.ts';
import { undatedTasks, type ReadFrom } from '../hunt/years.ts';

const READ = { batchSize: 1_000, maxRecordBytes: 1_048_576, timezone: 'UTC' };

/** The year of the first line of every file whose times have none: what a hunt over the same files would take. */
export async function findYears(
  files: readonly InputFile[],
  { encoding, year }: { readonly encoding: string | undefined; readonly year: number | undefined },
): Promise<ReadonlyMap<string, number>> {
  if (!(await anyUndated(files, encoding))) return new Map();
  const options = { ...READ, ...(encoding === undefined ? {} : { encoding }) };
  const setup = makeSetup(loadRules([]), options, () => {});
  const quiet = { matches: async () => {}, progress: () => {} };
  const read: ReadFrom[] = [];
  for (const input of files) {
    const result = await runTask({ file: input }, setup, new Counts(), quiet);
    read.push(...result.files.map((file) => ({ input, file })));
  }
  return new Map(undatedTasks(read, year).flatMap(({ years }) => Object.entries(years ?? {})));
}

/** Only then is it worth reading everything for its dates. */
async function anyUndated(files: readonly InputFile[], encoding: string | undefined): Promise<boolean> {
  for (const input of files) {
    for await (const found of expandFile(input)) {
      if ('reason' in found) continue;
      const { head, complete, close } = await peekFile(found, HEAD_BYTES, HEAD_BYTES);
      await close();
      if (recognise(readHead(head, complete, encoding), capabilities)?.undated) return true;
    }
  }
  return false;
}
