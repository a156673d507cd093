import { join } from 'node:path';
import { missesIn } from '@yuheng/engine/testing';

export { summarise, type Miss } from '@yuheng/engine/testing';

/** The lines of `misses.tsv` of one suite, without their reasons. */
export function knownMisses(suite: string): string[] {
  return missesIn(join(import.meta.dirname, 'misses.tsv'), suite);
}
