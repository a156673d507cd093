import { describe, expect, it } from 'vitest';
import { filtersIn, listQueryOf } from './incident-list.ts';

const read = (query: string) => listQueryOf({ params: new URLSearchParams(query) });

describe('what the address asks of the list of incidents', () => {
  it.each([
    ['', { tab: 'new', severity: undefined, text: '', order: 'desc' }, ''],
    ['status=all&order=asc', { tab: 'all', severity: undefined, text: '', order: 'asc' }, ''],
    ['status=false-positive', { tab: 'false-positive', severity: undefined, text: '', order: 'desc' }, ''],
    [
      'severity=high&text=+a%26b+',
      { tab: 'new', severity: 'high', text: 'a&b', order: 'desc' },
      'severity=high&text=a%26b',
    ],
    ['status=__proto__&severity=worst&order=up', { tab: 'new', severity: undefined, text: '', order: 'desc' }, ''],
  ])('%j', (query, asked, filters) => {
    expect(read(query)).toEqual(asked);
    expect(filtersIn(read(query)).toString()).toBe(filters);
  });
});
