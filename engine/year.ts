import type { Instant } from './time.ts';

const DAY_MS = 86_400_000;

/** Gives years to times without one. */
export interface Years {
  /** The year of the next line, whose month (1–12) is given. */
  next(month: number): number;
}

/** Where a `YearCounter` stands. */
export interface YearState {
  readonly year: number;
  /** Of the last line; absent before the first. */
  readonly month?: number;
}

/**
 * Gives years to dates without one (RFC 3164). Lines of a file follow each other, so a month that falls by more than half a year
 * is a new year (December → January), and one that rises as much is a line out of order (January → December).
 */
export class YearCounter implements Years {
  private year: number;
  private month: number | undefined;

  /** `firstYear` is the year of the first line; `month` that of the line before, where there was one. */
  constructor(firstYear: number, month?: number) {
    this.year = firstYear;
    this.month = month;
  }

  get state(): YearState {
    return { year: this.year, ...(this.month === undefined ? {} : { month: this.month }) };
  }

  next(month: number): number {
    const step = this.month === undefined ? 0 : month - this.month;
    if (step < -6) this.year++;
    if (step > 6) this.year--;
    this.month = month;
    return this.year;
  }
}

/** Gives each date the year that lies nearest below the moment at which it was received (a day above is let pass). */
export class NearestYears implements Years {
  private readonly latest: Date;

  constructor(receivedMs: number) {
    this.latest = new Date(receivedMs + DAY_MS);
  }

  next(month: number): number {
    return this.latest.getUTCFullYear() - (month > this.latest.getUTCMonth() + 1 ? 1 : 0);
  }
}

/** What one look through a file says about its dates. */
export interface DateSurvey {
  /** The last time without a year, as if the file's first line stood in `SURVEY_YEAR`. */
  readonly lastUndated?: Instant;
  /** The newest time that came with its year. */
  readonly newestDated?: Instant;
}

/** The year that a survey counts from: a leap year, so that 29 February is a day. */
export const SURVEY_YEAR = 2000;

/**
 * The year of a file's first line, so that its last line stands in the year that lies nearest below `reference`
 * (a day above is let pass, for the zone may be unknown), or in the year that is given.
 */
export function firstYear(survey: DateSurvey, reference: Instant, year?: number): number {
  const last = new Date(survey.lastUndated?.ms ?? Date.UTC(SURVEY_YEAR, 0, 1));
  const turns = last.getUTCFullYear() - SURVEY_YEAR;
  if (year !== undefined) return year - turns;
  const newest = new Date(reference.ms + DAY_MS).getUTCFullYear();
  const inNewest = Date.UTC(newest, last.getUTCMonth(), last.getUTCDate(), last.getUTCHours(), last.getUTCMinutes());
  return (inNewest <= reference.ms + DAY_MS ? newest : newest - 1) - turns;
}
