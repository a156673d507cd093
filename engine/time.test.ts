import { describe, expect, it } from 'vitest';
import { formatInstant, readEpochSeconds, readIsoTime } from './time.ts';
import { firstYear, SURVEY_YEAR, YearCounter } from './year.ts';
import { isZone, zoneOffset } from './zone.ts';

describe('ISO times', () => {
  it.each([
    ['2020-10-18T07:50:06.1234567Z', '2020-10-18T07:50:06.1234567Z', false],
    ['2020-10-18 07:50:06.220', '2020-10-18T07:50:06.220Z', true],
    ['2026-03-01T08:30:00,5+08:00', '2026-03-01T00:30:00.500Z', false],
    ['2026-03-01T08:30', '2026-03-01T08:30:00.000Z', true],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z', false],
    ['0000-02-29T00:00:00Z', '0000-02-29T00:00:00.000Z', false],
    ['0099-12-31T00:00:00Z', '0099-12-31T00:00:00.000Z', false],
  ])('%s is %s', (text, iso, assumed) => {
    const read = readIsoTime(text);
    expect(read && formatInstant(read.time)).toBe(iso);
    expect(read?.zoneAssumed).toBe(assumed);
  });

  it.each([
    '2026-02-31T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01',
    'yesterday',
    '2026-03-01T25:00:00Z',
    '',
  ])('%j is no time', (text) => expect(readIsoTime(text)).toBeUndefined());
});

it('reads epoch seconds without losing digits', () => {
  expect(readEpochSeconds('1692374165.735188')).toEqual({ ms: 1692374165735, ns: 188000 });
  expect(readEpochSeconds('-1')).toBeUndefined();
});

describe('zones', () => {
  it.each([
    ['UTC', Date.UTC(2026, 0, 1), 0],
    ['+08:00', Date.UTC(2026, 0, 1), 480],
    ['Asia/Shanghai', Date.UTC(2026, 6, 1), 480],
    ['America/New_York', Date.UTC(2026, 6, 1), -240],
    ['America/New_York', Date.UTC(2026, 0, 1), -300],
  ])('%s at %i is %i minutes', (zone, ms, minutes) => expect(zoneOffset(zone)(ms)).toBe(minutes));
  it('knows no other', () => expect(isZone('Mars/Olympus')).toBe(false));
});

describe('dates without a year', () => {
  it('counts on at New Year, and not for a line out of order', () => {
    const years = new YearCounter(2025);
    expect([12, 12, 1, 12, 1, 2].map((month) => years.next(month))).toEqual([2025, 2025, 2026, 2025, 2026, 2026]);
  });

  const at = (iso: string) => ({ ms: Date.parse(iso), ns: 0 });
  it.each([
    [
      'the year nearest below the reference',
      { lastUndated: at(`${SURVEY_YEAR}-03-01T00:00Z`) },
      '2026-05-01',
      undefined,
      2026,
    ],
    [
      'the year before when it would lie ahead',
      { lastUndated: at(`${SURVEY_YEAR}-08-01T00:00Z`) },
      '2026-05-01',
      undefined,
      2025,
    ],
    [
      'counted back from the last line',
      { lastUndated: at(`${SURVEY_YEAR + 1}-03-01T00:00Z`) },
      '2026-05-01',
      undefined,
      2025,
    ],
    [
      'the year that is given is the last line’s',
      { lastUndated: at(`${SURVEY_YEAR + 1}-03-01T00:00Z`) },
      '2026-05-01',
      2019,
      2018,
    ],
  ])('%s', (_, survey, reference, year, first) => expect(firstYear(survey, at(reference), year)).toBe(first));
});
