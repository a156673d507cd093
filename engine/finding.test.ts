import { validate } from '@yuheng/ocsf';
import { describe, expect, it } from 'vitest';
import { attacksOf } from './attacks.ts';
import { entitiesOf } from './entities.ts';
import { enrich } from './enrich.ts';
import type { OcsfEvent } from './event.ts';
import { makeFinding, MAX_EVIDENCES } from './finding.ts';
import type { MatchedEvent } from './match.ts';

const RULE = { uid: 'r', title: 'Rule', level: 'high', tags: ['attack.execution', 'attack.t1059.001'] } as const;

function matched(number: number): MatchedEvent {
  const event = {
    metadata: { uid: `e${number}`, tenant_uid: 'default' },
    device: { hostname: 'a', name: 'a', type_id: 0 },
  } as unknown as OcsfEvent;
  return {
    ms: number,
    ns: 0,
    source: 's',
    file: 'f',
    number,
    uid: `e${number}`,
    rules: ['r'],
    because: {},
    event,
    places: [{ file: 'f', record: number }],
    fields: {},
  };
}

describe('a finding', () => {
  it('holds its first and last evidences and counts all', () => {
    const events = Array.from({ length: MAX_EVIDENCES + 20 }, (_, number) => matched(number));
    const { finding, order } = makeFinding('u', RULE, { events, total: events.length + 5, omittedPlaces: 5 });
    expect(finding.evidences).toHaveLength(MAX_EVIDENCES);
    expect(finding.evidences.map(({ data }) => data.record)).toEqual([
      ...Array(50).keys(),
      ...Array.from({ length: 50 }, (_, index) => 70 + index),
    ]);
    expect(finding.count).toBe(MAX_EVIDENCES + 25);
    expect([order.uid, order.ms, finding.time]).toEqual(['u', MAX_EVIDENCES + 19, MAX_EVIDENCES + 19]);
  });

  it('is valid OCSF around its events', () => {
    const { finding } = makeFinding('u', RULE, { events: [matched(1)], total: 1, omittedPlaces: 0 });
    expect(validate({ ...finding, evidences: [{ data: {} }] })).toEqual([]);
  });
});

describe('entities', () => {
  it.each(['unknown', '-', '?', ''])('are not what stands for nothing: %j', (name) => {
    expect(entitiesOf({ user: { name }, device: { hostname: name } } as unknown as OcsfEvent)).toEqual([]);
  });
  it('of another sensor’s finding are those of its evidences', () => {
    const alert = { evidences: [{ src_endpoint: { ip: '203.0.113.7' } }] } as unknown as OcsfEvent;
    expect(entitiesOf(alert).map(({ kind, value }) => `${kind} ${value}`)).toEqual(['address 203.0.113.7']);
  });
});

describe('ATT&CK tags', () => {
  it('become techniques with their tactics', () => {
    expect(attacksOf(['attack.execution', 'attack.t1059.001', 'car.2016-03-002'])).toEqual([
      {
        version: '19',
        tactic: { uid: 'TA0002', name: 'Execution' },
        technique: { uid: 'T1059', name: 'Command and Scripting Interpreter' },
        sub_technique: { uid: 'T1059.001', name: 'PowerShell' },
      },
    ]);
  });
  it('keep tactics without a technique, and pass over what does not exist', () => {
    expect(attacksOf(['attack.impact', 'attack.t0000'])).toEqual([
      { version: '19', tactic: { uid: 'TA0040', name: 'Impact' } },
    ]);
  });
});

describe('enrichment', () => {
  const started = (line: string): OcsfEvent => ({ process: { cmd_line: line, pid: 1 } }) as unknown as OcsfEvent;
  it('decodes an encoded PowerShell command', () => {
    const script = 'Write-Output hello-from-here';
    const event = enrich(
      started(`powershell.exe -nop -EncodedCommand ${Buffer.from(script, 'utf16le').toString('base64')}`),
    );
    expect(event['enrichments']).toMatchObject([{ type: 'decoded-powershell', data: { script } }]);
  });
  it.each([
    'powershell.exe -File a.ps1',
    'notepad.exe -e aaaaaaaaaaaaaaaaaaaaaaaa',
    'powershell -enc AAAAAAAAAAAAAAAAAAAAAAAA',
  ])('leaves %s alone', (line) => expect(enrich(started(line))['enrichments']).toBeUndefined());
});
