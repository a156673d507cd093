import type { Counts, Record, Source } from '@yuheng/engine';
import { recordsOf as recordsIn, sourceIn } from '@yuheng/engine/testing';
import { linuxLog } from '../capability.ts';

export { corpus, corpusText, hasCorpus } from '@yuheng/engine/testing';

/** What this capability takes a text for. */
export function sourceOf(bytes: Uint8Array): Source | undefined {
  return sourceIn(linuxLog, bytes);
}

/** A source by its id. */
export function sourceById(id: string): Source {
  const source = linuxLog.sources.find((each) => each.id === id);
  if (!source) throw new Error(`linux-log has no source ${id}`);
  return source;
}

/** Records of a text, read as the source of that id. */
export function recordsOf(
  text: string | Uint8Array,
  id: string,
  ...how: readonly [year?: number, maxRecordBytes?: number]
): Promise<{ records: Record[]; counts: Counts }> {
  return recordsIn(text, sourceById(id), ...how);
}
