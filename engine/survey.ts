import { Counts } from './counts.ts';
import { parse, type ParseOptions } from './parse.ts';
import type { Record } from './record.ts';
import { compareInstants, type Instant } from './time.ts';
import type { Origin } from './record.ts';
import type { Source } from './capability.ts';
import { SURVEY_YEAR, YearCounter, type DateSurvey } from './year.ts';

/** Follows the dates of a file's records. */
export class DateWatch {
  private newestDated: Instant | undefined;
  private lastUndated: Instant | undefined;

  see({ time, assumed }: Pick<Record, 'time' | 'assumed'>): void {
    if (assumed?.includes('missing')) return;
    if (assumed?.includes('year')) this.lastUndated = time;
    else if (!this.newestDated || compareInstants(time, this.newestDated) > 0) this.newestDated = time;
  }

  get survey(): DateSurvey {
    const { newestDated, lastUndated } = this;
    return { ...(newestDated ? { newestDated } : {}), ...(lastUndated ? { lastUndated } : {}) };
  }
}

/** Reads a file only for its dates; nothing is counted. */
export async function surveyDates(
  bytes: AsyncIterable<Uint8Array>,
  source: Source,
  origin: Origin,
  options: ParseOptions,
): Promise<DateSurvey> {
  const watch = new DateWatch();
  const context = { ...options.context, years: new YearCounter(SURVEY_YEAR) };
  const quiet: ParseOptions = { ...options, context, onRefusal: () => {} };
  for await (const records of parse(bytes, source, origin, new Counts(), quiet))
    for (const record of records) watch.see(record);
  return watch.survey;
}
