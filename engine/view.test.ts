import { expect, it } from 'vitest';
import { readingOf } from './aliases/reading.ts';
import { newFields, type Record } from './record.ts';
import { RecordView } from './view.ts';

function record(more: Partial<Record>): Record {
  const fields = Object.assign(newFields(), { name: 'eve', list: ['a', { b: 7, c: true, d: null }] });
  const origin = { tenant: 'default', source: 'demo', file: 'f' };
  return { origin, number: 1, raw: '{"name":"eve"}', fields, time: { ms: 0, ns: 0 }, kind: 'demo', ...more };
}

function textsOf(one: Record): string[] {
  return [...new RecordView(one).texts()];
}

it('keyword searches look through the record and its values', () => {
  expect(textsOf(record({}))).toEqual(['{"name":"eve"}', 'eve', 'a', '7', 'true']);
});

it('of a structured record they look through the values only, and never ask for its text', () => {
  const structured = record({ structured: true });
  Object.defineProperty(structured, 'raw', { get: () => expect.unreachable() });
  expect(textsOf(structured)).toEqual(['eve', 'a', '7', 'true']);
});

it('gives the record’s text where that is JSON with every value in it', () => {
  expect(new RecordView(record({ json: true })).json()).toBe('{"name":"eve"}');
  expect(new RecordView(record({})).json()).toBeUndefined();
});

it('reads the field itself, then its alias, then a path', () => {
  const fields = Object.assign(newFields(), { own: 1, other: 2, deep: { er: 3 } });
  const view = new RecordView(record({ fields }), readingOf([{ aliases: { own: 'other', alias: 'other' } }]));
  expect(['own', 'alias', 'deep.er', 'deep.none', 'constructor'].map((name) => view.field(name))).toEqual([1, 2, 3, undefined, undefined]);
}); // prettier-ignore
