import { loadRules } from '@yuheng/sigma';
import { expect, it } from 'vitest';
import { Detector } from '../detect.ts';
import { LogsourceMap } from '../logsource.ts';
import { newFields, type Record } from '../record.ts';
import { path } from './answer.ts';
import { coverageOf } from './coverage.ts';
import { FieldTable } from './field-table.ts';

const LAUNCH = new FieldTable('launch', { Image: path('process.path'), User: path('user.name', ['nobody']) });
const LOG = new FieldTable('log', { EventID: path('metadata.code') });
const SHARE = new FieldTable('share', { EventID: path('metadata.code'), ShareName: path('share') });
const MAP = new LogsourceMap([
  { product: 'demo', category: 'launch', where: [{ source: ['told'], fields: { class: [1] }, table: LAUNCH }] },
  {
    product: 'demo',
    service: 'audit',
    where: [
      { source: ['told'], fields: { class: [2], 'metadata.code': [10, 11] }, table: SHARE },
      { source: ['told'], fields: { class: [2] }, table: LOG },
    ],
  },
]);

function ruleOf(logsource: string, selection: string) {
  const text = `title: t\nlogsource: {product: demo, ${logsource}}\ndetection: {s: ${selection}, condition: s}\n`;
  return loadRules([{ file: 'r.yml', text }]).rules[0]!;
}

it.each([
  ['category: launch', '{Image|endswith: cmd.exe, User: eve}', undefined],
  ['category: launch', '{Image|endswith: cmd.exe, Hash: a}', { why: 'field', what: ['Hash'] }],
  ['category: launch', '[whoami]', { why: 'text', what: [] }],
  ['category: launch', '{Image|fieldref: User}', { why: 'reference', what: ['Image|fieldref'] }],
  ['category: launch', '{Image: null}', { why: 'value', what: ['Image'] }],
  ['category: launch', "{Image: ''}", { why: 'value', what: ['Image'] }],
  ['category: launch', '{Image|exists: true}', { why: 'value', what: ['Image|exists'] }],
  ['category: launch', '{User|startswith: no}', { why: 'value', what: ['User|startswith'] }],
  ['category: other', '{Image: a}', { why: 'kind', what: [] }],
  ['service: audit', '{EventID: 12}', undefined],
  ['service: audit', '{EventID: [10, 11], ShareName: c}', undefined],
  ['service: audit', '{EventID: [10, 12], ShareName: c}', { why: 'field', what: ['ShareName'] }],
  ['service: audit', '{EventID|gte: 10, ShareName: c}', { why: 'field', what: ['ShareName'] }],
  ['service: audit', '{ShareName: c}', { why: 'field', what: ['ShareName'] }],
])('says what is missing for %s %s', (logsource, selection, lack) => {
  const rule = ruleOf(logsource, selection);
  expect(coverageOf([rule], MAP, 'told')).toEqual([lack ? { rule, lack } : { rule }]);
});

it('asks by the table alone, and does not ask rules that it cannot answer', () => {
  const rules = ['{Image|endswith: cmd.exe}', '{Image: null}', '{User: null}'].map((one) =>
    ruleOf('category: launch', one),
  );
  const fields = Object.assign(newFields(), { class: 1, Image: 'own.exe', process: { path: 'C:\\CMD.EXE' } });
  const origin = { tenant: 'default', source: 'told', file: 'f' };
  const record: Record = { origin, number: 1, raw: '', fields, time: { ms: 0, ns: 0 }, kind: 'told:1' };
  expect(new Detector(rules, MAP).detect(record).map(({ rule }) => rule)).toEqual([rules[0]]);
});
