import { formatInstant } from '@yuheng/engine';
import { describe, expect, it } from 'vitest';
import { recordsOf, sourceOf } from '../proof/corpus.ts';
import { suricataEve } from './suricata-eve.ts';

const COMMON = {
  timestamp: '2026-03-03T11:00:00.123456+0100',
  flow_id: 1771234567890123,
  src_ip: '10.0.0.15',
  dest_ip: '10.0.0.2',
};

describe('Suricata EVE', () => {
  it('gives nested values by names with dots, and keeps long ids', async () => {
    const event = {
      ...COMMON,
      event_type: 'alert',
      alert: { signature_id: 1, metadata: { cve: ['CVE_2026_1'] } },
      vlan: null,
    };
    const { records } = await recordsOf(JSON.stringify(event), suricataEve);
    expect(records[0]!.fields).toMatchObject({
      'alert.signature_id': 1,
      'alert.metadata.cve': ['CVE_2026_1'],
      flow_id: '1771234567890123',
    });
    expect(records[0]!.fields).not.toHaveProperty('vlan');
    expect(formatInstant(records[0]!.time)).toBe('2026-03-03T10:00:00.123456Z');
    expect(records[0]!.kind).toBe('suricata-eve:alert');
  });

  it.each([
    ['1', { type: 'answer', rrname: 'a.example', rrtype: 'A', rdata: '192.0.2.1' }, '192.0.2.1'],
    [
      '2',
      { version: 2, type: 'answer', rrname: 'a.example', rrtype: 'A', answers: [{ rdata: '192.0.2.1' }] },
      ['192.0.2.1'],
    ],
    [
      '3',
      {
        version: 3,
        type: 'response',
        queries: [{ rrname: 'a.example', rrtype: 'A' }],
        answers: [{ rdata: '192.0.2.1' }],
      },
      ['192.0.2.1'],
    ],
  ])('reads DNS of version %s', async (_, dns, rdata) => {
    const { records } = await recordsOf(JSON.stringify({ ...COMMON, event_type: 'dns', dns }), suricataEve);
    expect(records[0]!.fields).toMatchObject({ 'dns.rrname': 'a.example', 'dns.rrtype': 'A', 'dns.rdata': rdata });
  });

  it('keeps objects below the fourth level as they are', async () => {
    const event = { ...COMMON, event_type: 'x', a: { b: { c: { d: { e: 1 } } } } };
    const { records } = await recordsOf(JSON.stringify(event), suricataEve);
    expect(records[0]!.fields['a.b.c.d']).toEqual({ e: 1 });
  });

  it('takes its own files and leaves others that hold JSON', () => {
    const line = JSON.stringify({ ...COMMON, event_type: 'stats', stats: {} });
    expect(sourceOf(Buffer.from(line))?.id).toBe('suricata-eve');
    expect(sourceOf(Buffer.from(`[sample]\nlog = ${line}\n`))).toBeUndefined();
    expect(sourceOf(Buffer.from('{"event_type":"login","timestamp":"2026-03-03T11:00:00Z"}'))).toBeUndefined();
  });

  it('counts lines that are no events', async () => {
    const { counts } = await recordsOf('{"a":1}\nno json\n', suricataEve);
    expect(counts).toMatchObject({ parsed: 0, unparsed: 2, balanced: true });
  });
});
