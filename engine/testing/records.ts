import type { Capability, Source } from '../capability.ts';
import { Counts } from '../counts.ts';
import { HEAD_BYTES, readHead } from '../head.ts';
import { memoryFile } from '../memory.ts';
import { parse } from '../parse.ts';
import { recognise } from '../recognise.ts';
import type { Record } from '../record.ts';
import { YearCounter } from '../year.ts';

/** What a capability takes a file for. */
export function sourceIn(capability: Capability, bytes: Uint8Array): Source | undefined {
  return recognise(readHead(bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES), [capability]);
}

/** Records of a file, and what became of its lines. Dates without a year begin in `year`. */
export async function recordsOf(
  content: string | Uint8Array,
  source: Source,
  year = 2026,
  maxRecordBytes = 1 << 20,
): Promise<{ records: Record[]; counts: Counts }> {
  const counts = new Counts();
  const origin = { tenant: 'default', source: source.id, file: 'sample' };
  const context = { offsetMinutes: () => 0, years: new YearCounter(year) };
  const options = { batchSize: 1000, maxRecordBytes, context };
  const records: Record[] = [];
  for await (const batch of parse(memoryFile('sample', content).bytes(), source, origin, counts, options)) {
    records.push(...batch);
  }
  return { records, counts };
}
