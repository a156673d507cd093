import fc from 'fast-check';
import { Counts, Detector, inspect, LogsourceMap, memoryFile, parse, Setup, YearCounter } from '@yuheng/engine';
import type { MatchedEvent, Record, Source } from '@yuheng/engine';
import { JsonLines, loadRules } from '@yuheng/sigma';
import { describe, expect, it } from 'vitest';
import { zeekEve } from '../capability.ts';
import { suricataEve } from './suricata-eve.ts';
import { zeekJson } from './zeek-json.ts';

const context = { offsetMinutes: () => 60 };
const NAMES = ['a', 'b', 'a.b', 'a.b.c', 'b.a', 'id.orig_h', 'id', 'dns', 'dns.rrname', 'dns.rdata', '_path', 'ts'];

/** The record that a line becomes when it is parsed. */
async function recordOf(source: Source, line: string): Promise<Record | undefined> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(line);
  }
  const origin = { tenant: 't', source: source.id, file: 'f' };
  const options = { batchSize: 9, maxRecordBytes: 10_000, context: { ...context, years: new YearCounter(2024) } };
  for await (const [record] of parse(bytes(), source, origin, new Counts(), options)) if (record) return record;
  return undefined;
}

/** Holds what is told of a line that is skimmed to what its record says. */
async function compare(source: Source, line: string, reader: JsonLines): Promise<boolean> {
  const bytes = Buffer.from(line);
  reader.load(bytes);
  const event = reader.read(0, bytes.length);
  const skimmed = event && source.skim!(event, context);
  if (!skimmed) return false;
  const record = await recordOf(source, line);
  expect(skimmed).toMatchObject({ kind: record?.kind, time: record?.time });
  expect(skimmed.assumed).toEqual(record?.assumed);
  const told = NAMES.map((name) => skimmed.event.field(name));
  expect(told).toEqual(NAMES.map((name) => record?.fields[name]));
  for (const name of NAMES) {
    // Where no text stands for a field, there must be none.
    if (skimmed.event.slice?.(name) === null) expect(record?.fields[name]).toBeUndefined();
  }
  return true;
}

const scalar = fc.oneof(fc.constantFrom(null, true, 0, 1.5, '', 'x', 'é', '12345678901234567'), fc.nat());
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(scalar, { maxLength: 2 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c', 'rrname', 'orig_h'), tie('value'), { maxKeys: 4 }),
}));
const more = fc.dictionary(fc.constantFrom('a', 'b', 'a.b', 'a.b.c', 'id', 'id.orig_h', 'dns'), value, { maxKeys: 5 });

const DNS = [
  { rrname: 'x.example', rrtype: 'A' },
  { queries: [{ rrname: 'y.example', rrtype: 'A' }, { rrname: 'z.example' }] },
  { query: [{ rrname: 'y.example' }], answers: [{ rdata: '192.0.2.1' }, { rdata: 7 }] },
  { queries: 'none', answers: {}, rrname: null },
];

describe.skipIf(!JsonLines.open())('a line of a sensor that is passed by', () => {
  const reader = JsonLines.open()!;

  it('answers as its record does: Zeek', async () => {
    let skimmed = 0;
    const entry = fc.record({ _path: fc.constantFrom('conn', 'dns', 'weird', 'a-b', 7), ts: scalar, more });
    await fc.assert(
      fc.asyncProperty(entry, async ({ more: rest, ...own }) => {
        if (await compare(zeekJson, JSON.stringify({ ...own, ...rest }), reader)) skimmed++;
      }),
      { numRuns: 500 },
    );
    expect(skimmed).toBeGreaterThan(200);
  });

  it('answers as its record does: Suricata', async () => {
    let skimmed = 0;
    const own = fc.record({
      timestamp: fc.constantFrom('2024-03-01T10:00:00.123456+0000', '2024-03-01T10:00:00', 'never', 7),
      event_type: fc.constantFrom('flow', 'dns', 'http', 'other'),
      src_ip: fc.constantFrom('192.0.2.1', undefined, null),
      dns: fc.constantFrom(undefined, ...DNS),
    });
    await fc.assert(
      fc.asyncProperty(own, more, async (event, { dns: _, ...rest }) => {
        if (await compare(suricataEve, JSON.stringify({ ...rest, ...event }), reader)) skimmed++;
      }),
      { numRuns: 500 },
    );
    expect(skimmed).toBeGreaterThan(200);
  });

  it('leaves fields of DNS that stand by themselves to the parser', async () => {
    const event = { timestamp: '2024-03-01T10:00:00Z', event_type: 'dns', src_ip: '192.0.2.1' };
    expect(await compare(suricataEve, JSON.stringify({ ...event, 'dns.queries': [{ rrname: 'x' }] }), reader)).toBe(
      false,
    );
  });

  it('is found by rules all the same, keywords too, and counted', async () => {
    const { rules } = loadRules([{ file: 'r.yml', text: RULES }]);
    const lines = Array.from({ length: 300 }, (_, id) =>
      JSON.stringify({
        _path: 'conn',
        ts: 1_709_300_000 + id,
        uid: `C${id}`,
        id: { orig_h: `192.0.2.${id % 256}` },
        note: id === 77 ? 'mimi"katz' : '',
      }),
    );
    const run = async (source: Source) => {
      const setup = new Setup({
        capabilities: [{ ...zeekEve, sources: [source] }],
        detector: new Detector(rules, new LogsourceMap(zeekEve.logsources)),
        ...{ correlationFields: new Map(), batchSize: 10, maxRecordBytes: 1000, offsetMinutes: () => 0 },
      });
      const counts = new Counts();
      const matches: MatchedEvent[] = [];
      const steps = inspect(memoryFile('f', Buffer.from(lines.join('\n'))), setup, counts);
      let step = await steps.next();
      for (; !step.done; step = await steps.next()) matches.push(...step.value);
      return { counts: { ...counts }, matches, told: step.value };
    };
    const { skim: _, ...plain } = zeekJson;
    const skimmed = await run(zeekJson);
    expect(skimmed.matches.map(({ number }) => number)).toEqual([6, 78, 262]);
    expect(skimmed).toEqual(await run(plain));
  });
});

const RULES = `title: Address
id: address
logsource: {product: zeek, service: conn}
detection: {s: {id.orig_h: 192.0.2.5}, condition: s}
---
title: Word
id: word
logsource: {product: zeek}
detection: {k: ['mimi\\\\"katz'], condition: k}
`;
