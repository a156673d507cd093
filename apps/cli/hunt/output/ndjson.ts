import { openOutput } from '@yuheng/adapter-files';
import type { FindingSink } from './sink.ts';

/** One OCSF Detection Finding a line. */
export async function ndjsonSink(path: string): Promise<FindingSink> {
  const output = await openOutput(path);
  return {
    add: ({ finding }) => output.write(`${JSON.stringify(finding)}\n`),
    end: () => output.close(),
    discard: () => output.discard(),
  };
}

/** One OCSF Incident Finding a line. */
export async function incidentsSink(path: string): Promise<FindingSink> {
  const output = await openOutput(path);
  return {
    async add() {},
    async end({ incidents }) {
      for (const incident of incidents) await output.write(`${JSON.stringify(incident)}\n`);
      await output.close();
    },
    discard: () => output.discard(),
  };
}
