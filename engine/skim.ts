import { JsonLines } from '@yuheng/sigma';
import type { Source } from './capability.ts';
import type { Counts } from './counts.ts';
import type { Detector } from './detect.ts';
import type { Skim } from './framing/skim.ts';
import type { ParseOptions } from './parse.ts';
import type { DateWatch } from './survey.ts';

/** What a skimmed line adds to. */
export interface SkimSinks {
  readonly counts: Counts;
  readonly dates: DateWatch;
}

/**
 * Passes by the lines that no rule is about: most of every log. Their bytes are read without JSON.parse, they are counted
 * and dated, and that is all; a line that a rule matches, or that is anything else than a plain record, goes the whole way.
 * `undefined` where the source or the machine cannot do it.
 */
export function makeSkim(
  source: Source,
  detector: Detector,
  { context }: ParseOptions,
  { counts, dates }: SkimSinks,
): Skim | undefined {
  const reader = source.skim && JsonLines.open();
  if (!reader) return undefined;
  let block: Buffer | undefined;
  return (line) => {
    if (line.block !== block) reader.load((block = line.block));
    const event = reader.read(line.from, line.to);
    const skimmed = event && source.skim!(event, context);
    if (!skimmed || detector.detectEvent(skimmed.kind, skimmed.event)?.length !== 0) return false;
    counts.read++;
    counts.parsed++;
    for (const what of skimmed.assumed ?? []) counts.assume(what);
    dates.see(skimmed);
    return true;
  };
}
