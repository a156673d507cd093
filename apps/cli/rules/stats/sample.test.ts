import type { Record } from '@yuheng/engine';
import { expect, it } from 'vitest';
import { KEPT_KINDS, KEPT_RECORDS, RecordSample } from './sample.ts';

function record(kind: string, number: number): Record {
  const origin = { tenant: 't', source: 's', file: 'f' };
  return { origin, number, raw: `raw ${number}`, fields: {}, time: { ms: 0, ns: 0 }, kind };
}

it('keeps the first records of each kind, and counts the others', () => {
  const sample = new RecordSample();
  for (let number = 1; number <= KEPT_RECORDS + 10; number++) sample.see(record('a', number));
  const kind = sample.kinds.get('a');
  expect([sample.seen, kind?.count, kind?.records.length]).toEqual([
    KEPT_RECORDS + 10,
    KEPT_RECORDS + 10,
    KEPT_RECORDS,
  ]);
  expect(kind?.records.at(-1)).toMatchObject({ number: KEPT_RECORDS, raw: `raw ${KEPT_RECORDS}` });
});

it('tells no more kinds apart than it keeps', () => {
  const sample = new RecordSample();
  for (let number = 0; number < KEPT_KINDS + 10; number++) sample.see(record(`kind ${number}`, number));
  expect([sample.seen, sample.kinds.size]).toEqual([KEPT_KINDS + 10, KEPT_KINDS]);
});
