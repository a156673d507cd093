import type { Conclusion } from './conclude.ts';
import { type Decided } from './conclude.ts';
import type { Counts } from './counts.ts';
import { enrich } from './enrich.ts';
import type { MatchedEvent } from './match.ts';
import { normalize } from './normalize.ts';
import { parse } from './parse.ts';
import type { LogFile } from './ports/files.ts';
import { openFile, type FileOutcome, type Setup } from './setup.ts';
import { makeSkim } from './skim.ts';
import { DateWatch } from './survey.ts';

/**
 * The way of an event, first half: one file in, the events that rules matched out.
 *
 * recognise → parse → detect → normalize → enrich. Rules read a source's own fields, so only what matched is normalised.
 * Files of a format without years come back with a survey of their dates, and are given again with `year` once it is known.
 */
export async function* inspect(
  file: LogFile,
  setup: Setup,
  counts: Counts,
  year?: number,
): AsyncGenerator<MatchedEvent[], FileOutcome> {
  const opened = await openFile(file, setup, counts, year);
  if ('outcome' in opened) return opened.outcome;
  const { bytes, source, origin, options } = opened;
  const dates = new DateWatch();
  const skim = makeSkim(source, setup.detector, options, { counts, dates });
  for await (const records of parse(bytes, source, origin, counts, { ...options, skim })) {
    const matched: MatchedEvent[] = [];
    for (const record of records) {
      dates.see(record);
      const hits = setup.detector.detect(record);
      if (hits.length === 0) continue;
      const event = enrich(normalize(record, source));
      matched.push(setup.toMatch(record, hits, event));
    }
    yield matched;
  }
  return { source: source.id, ...dates.survey };
}

/**
 * The way of an event, second half: matches in order, findings and incidents out.
 *
 * store → correlate → decide. Everything with memory is this one ordered consumer.
 */
export async function conclude(matches: AsyncIterable<MatchedEvent>, conclusion: Conclusion): Promise<Decided> {
  for await (const match of matches) await conclusion.store(match);
  await conclusion.correlate();
  return conclusion.decide();
}
