import { formatInstant } from '@yuheng/engine';
import { expect, it } from 'vitest';
import { recordsOf } from '../proof/corpus.ts';
import { iisW3c } from './iis-w3c.ts';

it('follows #Fields when they change, and #Date where lines have only a time', async () => {
  const text = [
    '#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status',
    '2026-03-03 10:00:00 GET /a.aspx x=1 203.0.113.5 Mozilla/5.0+(X11) 200',
    '#Date: 2026-03-04 00:00:00',
    '#Fields: time c-ip cs-method cs-uri sc-status',
    '00:00:01 203.0.113.5 GET http://a.example/b?c 404',
  ].join('\n');
  const { records, counts } = await recordsOf(text, iisW3c);
  expect(counts).toMatchObject({ read: 2, parsed: 2, unparsed: 0, balanced: true });
  expect(records.map(({ time }) => formatInstant(time))).toEqual([
    '2026-03-03T10:00:00.000Z',
    '2026-03-04T00:00:01.000Z',
  ]);
  expect(records[0]!.fields).toMatchObject({
    'cs(User-Agent)': 'Mozilla/5.0+(X11)',
    'cs-user-agent': 'Mozilla/5.0 (X11)',
    'cs-uri': '/a.aspx?x=1',
    'cs-uri-extension': 'aspx',
  });
  expect(records.map(({ kind }) => kind)).toEqual(['iis-w3c:access', 'iis-w3c:access:proxy']);
});

it.each([
  ['no-fields-yet', '2026-03-03 10:00:00 GET /'],
  ['other-columns', '#Fields: date time c-ip\n2026-03-03 10:00:00'],
  ['impossible-time', '#Fields: date time c-ip\n2026-02-31 10:00:00 203.0.113.5'],
])('counts what it cannot read: %s', async (reason, text) => {
  const { counts } = await recordsOf(text, iisW3c);
  expect(counts).toMatchObject({ parsed: 0, unparsed: 1, balanced: true });
  expect(JSON.stringify(counts)).toContain(reason);
});
