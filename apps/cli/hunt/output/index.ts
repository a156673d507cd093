import { csvSink } from './csv.ts';
import { ndjsonSink } from './ndjson.ts';
import type { FindingSink } from './sink.ts';

/** Opens what `--out` names, by its ending. */
export async function openSink(path: string): Promise<FindingSink> {
  if (path.endsWith('.csv')) return csvSink(path);
  if (path.endsWith('.ndjson')) return ndjsonSink(path);
  const { htmlSink } = await import('../../report/sink.ts');
  return htmlSink(path);
}
