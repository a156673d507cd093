import { expect, it } from 'vitest';
import type { Told } from '../data/shapes.ts';
import { edgesOf, layout } from './graph-layout.ts';

function finding(...entities: readonly (readonly [kind: string, value: string])[]): Told {
  const nothing = { en: '', 'zh-CN': '' };
  const sentences = { en: [], 'zh-CN': [] };
  const named = entities.map(([kind, value]) => ({ kind, value, label: value }));
  return {
    uid: '',
    titles: nothing,
    level: 'low',
    time: 0,
    count: 1,
    sentences,
    entities: named,
    file: '',
    record: 1,
    event: {},
    raw: '',
  };
}

it('draws objects in columns, the commonest first, and lines between neighbours that one finding names', () => {
  const findings = [
    finding(['address', '203.0.113.7'], ['host', 'a']),
    finding(['address', '203.0.113.7'], ['user', 'u'], ['host', 'b']),
    finding(['host', 'b']),
  ];
  const nodes = layout(findings);
  expect(nodes.map(({ key, findings: count }) => `${key} ${count}`)).toEqual([
    'address 203.0.113.7 2',
    'user u 1',
    'host b 2',
    'host a 1',
  ]);
  expect(edgesOf(findings, nodes).map(([from, to]) => `${from.key} – ${to.key}`)).toEqual([
    'address 203.0.113.7 – host a',
    'address 203.0.113.7 – user u',
    'user u – host b',
  ]);
});

it('stays small enough to read', () => {
  const kinds = ['address', 'user', 'host', 'process', 'file'];
  const many = kinds.flatMap((kind) => Array.from({ length: 20 }, (_, index) => finding([kind, `${index}`])));
  const nodes = layout(many);
  expect(nodes.length).toBe(24);
  expect(nodes.filter(({ kind }) => kind === 'host').length).toBe(6);
});
