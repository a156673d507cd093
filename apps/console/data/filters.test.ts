import { describe, expect, it } from 'vitest';
import { bound, conditionOf, filtersOf } from './filters.ts';

const at = (query: string) => ({ path: '/events', params: new URLSearchParams(query) });

describe('filters', () => {
  it.each([
    ['', ''],
    ['host=web01', "lower(host) = lower('web01')"],
    ['-source=syslog', "lower(source) != lower('syslog')"],
    ['text=a%27b%5C', "positionCaseInsensitiveUTF8(raw_data, 'a\\'b\\\\') > 0"],
    ['text=+', ''],
    ['user=a&text=b', "lower(user) = lower('a') AND positionCaseInsensitiveUTF8(raw_data, 'b') > 0"],
    ['from=1&to=2', 'time >= fromUnixTimestamp64Milli(toInt64(1)) AND time < fromUnixTimestamp64Milli(toInt64(2))'],
    ['from=1)+OR+(1&nothing=x', ''],
  ])('%s is %s', (query, sql) => expect(conditionOf(at(query))).toBe(sql));

  it('are told one by one, for and against', () =>
    expect(filtersOf(at('host=a&-host=b')).map(({ param, not, value }) => [param, not, value])).toEqual([
      ['host', false, 'a'],
      ['-host', true, 'b'],
    ]));

  it.each([[null], [''], ['-1'], ['1e3'], ['1'.repeat(16)]])('take no bound from %s', (text) =>
    expect(bound(text, '<')).toEqual([]),
  );
});
