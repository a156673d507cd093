import type { Source } from '@yuheng/engine';
import { sourceIn } from '@yuheng/engine/testing';
import { webLog } from '../capability.ts';

export { corpus, corpusFile, corpusFiles, hasCorpus, recordsOf } from '@yuheng/engine/testing';

/** What this capability takes a file for. */
export function sourceOf(bytes: Uint8Array): Source | undefined {
  return sourceIn(webLog, bytes);
}
