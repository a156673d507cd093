import type { Record } from '@yuheng/engine';
import { describe, expect, it } from 'vitest';
import { corpusText, hasCorpus, recordsOf } from './corpus.ts';

/** What a record tells, without its message where journalctl's JSON has null for it: it leaves out what is longer than 4,096 bytes. */
function told({ fields, time, identity }: Record, whole: boolean): unknown {
  const { MESSAGE, message, ...rest } = fields;
  return { rest, time, identity, ...(whole ? { MESSAGE, message } : {}) };
}

describe.skipIf(!hasCorpus)('journald: one journal in two formats', () => {
  it.each(['velociraptor-ubuntu2004', 'velociraptor-ubuntu2404'])('%s gives the same events', async (name) => {
    const json = await recordsOf(corpusText(`logs/journald/${name}.jsonl`), 'journald-json');
    const exported = await recordsOf(corpusText(`logs/journald/${name}.export`), 'journald-export');
    expect(json.counts.unparsed + exported.counts.unparsed).toBe(0);
    const whole = json.records.map(({ fields }) => fields['MESSAGE'] !== undefined);
    expect(whole).toEqual([true, true, false]);
    expect(exported.records.map((record, index) => told(record, whole[index]!))).toEqual(
      json.records.map((record, index) => told(record, whole[index]!)),
    );
    expect(String(exported.records[2]!.fields['message']).length).toBeGreaterThan(4096);
  });

  it('reads the edge cases of Vector: byte arrays, repeated fields, missing times', async () => {
    const { records } = await recordsOf(corpusText('logs/journald/vector-journalctl-lines.jsonl'), 'journald-json');
    expect(records.map(({ fields }) => fields['message'])).toEqual([
      'System Initialization',
      'unit message',
      '¿Hello?',
      'Missing timestamp',
      'Different timestamps',
      'Non-ASCII in other field',
      "<info>  [1608278027.6016] dhcp-init: Using DHCP client 'dhclient'",
      'audit log',
    ]);
    expect(records[0]!.time).toEqual({ ms: 1_578_529_839_140, ns: 1000 });
    expect(records[4]!.time).toEqual({ ms: 1_578_529_839_140, ns: 5000 });
    expect(records[5]!.fields['SYSLOG_RAW']).toBe('¿World?');
    expect(records[6]!.fields['SYSLOG_FACILITY']).toEqual(['DHCP4', 'DHCP6']);
  });
});
