import { newFields, type Record } from '@yuheng/engine';
import { recordsOf, sourceIn } from '@yuheng/engine/testing';
import { windowsEvent, writeEvtx } from '@yuheng/evtx/testing';
import { describe, expect, it } from 'vitest';
import { windowsLog } from '../capability.ts';

const TIME = '2026-03-01T02:14:05.120Z';
const DATA = { TargetUserName: 'eve', LogonType: '3' };

const SYSTEM = {
  Provider: { '#attributes': { Name: 'Microsoft-Windows-Security-Auditing' } },
  EventID: 4625,
  TimeCreated: { '#attributes': { SystemTime: TIME } },
  EventRecordID: 77,
  Channel: 'Security',
  Computer: 'dc01',
};

const XML = `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Security-Auditing"/><EventID>4625</EventID><TimeCreated SystemTime="${TIME}"/><EventRecordID>77</EventRecordID><Channel>Security</Channel><Computer>dc01</Computer></System><EventData><Data Name="TargetUserName">eve</Data><Data Name="LogonType">3</Data></EventData></Event>`;

/** One event, as each format and shape writes it. */
const SHAPES: readonly (readonly [name: string, source: string, content: string | Buffer])[] = [
  [
    'EVTX',
    'windows-evtx',
    writeEvtx([
      windowsEvent({
        recordId: 77n,
        provider: 'Microsoft-Windows-Security-Auditing',
        eventId: 4625,
        channel: 'Security',
        computer: 'dc01',
        time: Date.parse(TIME),
        data: DATA,
      }),
    ]),
  ],
  [
    'NXLog',
    'windows-json',
    json({
      EventTime: '2026-03-01 02:14:05.120',
      Hostname: 'dc01',
      SourceName: 'Microsoft-Windows-Security-Auditing',
      Channel: 'Security',
      EventID: 4625,
      RecordNumber: 77,
      SourceModuleType: 'im_msvistalog',
      ...DATA,
    }),
  ],
  [
    'flat',
    'windows-json',
    json({
      TimeCreated: TIME,
      Computer: 'dc01',
      ProviderName: 'Microsoft-Windows-Security-Auditing',
      Channel: 'Security',
      EventID: '4625',
      EventRecordID: '77',
      ...DATA,
    }),
  ],
  [
    'winlogbeat',
    'windows-json',
    json({
      '@timestamp': TIME,
      winlog: {
        channel: 'Security',
        event_id: '4625',
        provider_name: 'Microsoft-Windows-Security-Auditing',
        computer_name: 'dc01',
        record_id: 77,
        event_data: DATA,
      },
    }),
  ],
  [
    'old winlogbeat',
    'windows-json',
    json({
      '@timestamp': TIME,
      log_name: 'Security',
      event_id: 4625,
      source_name: 'Microsoft-Windows-Security-Auditing',
      computer_name: 'dc01',
      record_number: '77',
      event_data: DATA,
    }),
  ],
  ['EVTX-JSON', 'windows-json', json({ Event: { System: SYSTEM, EventData: DATA } })],
  [
    'EVTX-JSON with a list of Data',
    'windows-json',
    json({
      Event: {
        System: SYSTEM,
        EventData: { Data: Object.entries(DATA).map(([name, text]) => ({ '@Name': name, '#text': text })) },
      },
    }),
  ],
  ['XML', 'windows-xml', XML],
  ['XML in a list', 'windows-xml', `<?xml version="1.0" encoding="utf-8"?>\n<Events>\n${XML}\n</Events>\n`],
];

function json(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** What every shape must tell alike. */
function told({ fields, time, kind, recordId, identity }: Record): object {
  const { EventID, Channel, Computer, Provider_Name: provider, TargetUserName, LogonType } = fields;
  return {
    id: Number(EventID),
    Channel,
    Computer,
    provider,
    TargetUserName,
    LogonType,
    ms: time.ms,
    kind,
    recordId,
    identity,
  };
}

describe.each(SHAPES)('%s', (_, id, content) => {
  it('is recognised, and tells the same as every other shape', async () => {
    const source = sourceIn(windowsLog, Buffer.from(content));
    expect(source?.id).toBe(id);
    const { records, counts } = await recordsOf(content, source!);
    expect(counts).toMatchObject({ read: 1, parsed: 1, unparsed: 0, refused: {} });
    expect(records.map(told)).toEqual([
      {
        id: 4625,
        Channel: 'Security',
        Computer: 'dc01',
        provider: 'Microsoft-Windows-Security-Auditing',
        ...DATA,
        ms: Date.parse(TIME),
        kind: 'windows:security:4625',
        recordId: 77,
        identity: `dc01|security|77|${Math.floor(Date.parse(TIME) / 1000)}`,
      },
    ]);
  });
});

describe('identity', () => {
  it.each([
    ['no record id', { Computer: 'a', TimeCreated: TIME }],
    ['no computer', { EventRecordID: 1, TimeCreated: TIME }],
    ['no time', { EventRecordID: 1, Computer: 'a' }],
  ])('is nothing with %s: such records are never copies', async (_, more) => {
    const content = json({ Channel: 'Security', EventID: 1102, ...more });
    const { records } = await recordsOf(content, sourceIn(windowsLog, Buffer.from(content))!);
    expect(records[0]?.identity).toBeUndefined();
  });
});

describe('what only looks alike', () => {
  it.each([
    ['other JSON', '{"event":"login","user":"eve"}\n'],
    ['other XML', '<?xml version="1.0"?>\n<Events><Party name="x"/></Events>\n'],
    ['a line that names an event', 'EventID=4625 Channel=Security\n'],
    ['a file that begins like one', 'ElfFilter\n'],
  ])('%s is not taken', (_, content) => expect(sourceIn(windowsLog, Buffer.from(content))).toBeUndefined());
});

it('takes __proto__ for a plain field', async () => {
  const content = '{"Channel":"Security","EventID":1,"Computer":"a","__proto__":{"polluted":"yes"}}\n';
  const { records } = await recordsOf(content, sourceIn(windowsLog, Buffer.from(content))!);
  expect(Object.getPrototypeOf(records[0]!.fields)).toBe(null);
  expect((newFields() as { polluted?: unknown }).polluted).toBeUndefined();
});
