import { expect, it } from 'vitest';
import { mendRows } from './mend-rows.ts';
import { eventRow, ndjson } from './testing/rows.ts';

it('leaves rows alone in which nothing is to be mended', () => {
  expect(mendRows(ndjson([eventRow(1), eventRow(2, { raw_data: 'zh 玉衡 \u{1f600} \0' })]))).toBeUndefined();
  expect(mendRows(Buffer.from(''))).toBeUndefined();
});

it('changes the rows only in which something is', () => {
  const rows = [eventRow(1), eventRow(2, { severity_id: 300, position: -1 }), eventRow(3)];
  const mended = Buffer.from(mendRows(ndjson(rows))!)
    .toString('utf8')
    .split('\n');
  expect(mended.map((line) => JSON.parse(line) as unknown)).toEqual([
    rows[0],
    { ...rows[1], severity_id: 255, position: 0 },
    rows[2],
  ]);
});

it('keeps a row’s keys, whatever they are', () => {
  const line = '{"__proto__":"a\\ud800","time":1}';
  expect(Buffer.from(mendRows(Buffer.from(line))!).toString('utf8')).toBe('{"__proto__":"a\ufffd","time":1}');
});
