import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { windowsEvent, writeEvtx } from '@yuheng/evtx/testing';
import { describe, expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';

const RULE = `
title: Shell by Office
id: 11111111-1111-4111-8111-111111111111
logsource: { product: windows, category: process_creation }
detection:
    selection:
        ParentImage|endswith: '\\winword.exe'
        Image|endswith: ['\\cmd.exe', '\\powershell.exe']
    filter_admin:
        User: ops
    condition: selection and not filter_admin
`;
const CORRELATION = `${RULE}name: office_shell
---
title: Many shells by Office
id: 22222222-2222-4222-8222-222222222222
correlation:
    type: event_count
    rules: [office_shell]
    group-by: [Computer]
    timespan: 1m
    condition: { gte: 3 }
`;
const PLACEHOLDER = `
title: By an admin
logsource: { product: windows, category: process_creation }
detection:
    selection:
        User|expand: '%admins%'
    condition: selection
`;
const SILENCE = `
title: The printer does that
id: 33333333-3333-4333-8333-333333333333
logsource: { product: windows, category: process_creation }
filter:
    rules: [11111111-1111-4111-8111-111111111111]
    printer:
        Computer: printer
    condition: not printer
`;

const WORD = 'C:\\Office\\winword.exe';
const CMD = 'C:\\Windows\\System32\\cmd.exe';

function event(second: number, fields: object, id = 1): string {
  const time = `2026-03-01T02:14:${String(second).padStart(2, '0')}Z`;
  const channel = 'Microsoft-Windows-Sysmon/Operational';
  return JSON.stringify({ Channel: channel, EventID: id, Computer: 'ws01', TimeCreated: time, ...fields });
}

const EVENTS = [
  event(1, { ParentImage: WORD, Image: CMD, User: 'eve' }),
  event(2, { ParentImage: WORD, Image: CMD, User: 'ops' }),
  event(3, { ParentImage: 'C:\\explorer.exe', Image: `${CMD}\u001b[31m`, User: 'eve' }),
  event(4, { ParentImage: WORD, Image: CMD, User: 'eve' }),
  event(5, { ParentImage: WORD, Image: CMD, User: 'eve' }, 11),
];

/** Writes files into an empty folder, and explains; `json` is the answer as data. */
async function explain(rule: string, record: string, ...more: string[]) {
  const folder = emptyFolder();
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('rule.yml'), rule);
  writeFileSync(path('filter.yml'), SILENCE);
  writeFileSync(path('events.json'), `${EVENTS.join('\n')}\n`);
  const args = ['rules', 'explain', path('rule.yml'), path(`events.json${record}`)];
  const { status, stdout, stderr } = await yuheng([...args, ...more.map((word) => word.replace('@', `${folder}/`))]);
  return { status, stdout, stderr, json: more.includes('--json') ? (JSON.parse(stdout) as Answer) : undefined };
}

interface Answer {
  readonly kind: string;
  readonly seen: number;
  readonly own: number;
  readonly matched: number;
  readonly filters: readonly string[];
  readonly turns: number;
  readonly inputs: readonly object[];
  readonly nearest: object;
  readonly records: readonly {
    readonly number: number;
    readonly isOwn: boolean;
    readonly matched: boolean;
    readonly detection: { readonly decisive: readonly object[] };
  }[];
}

describe('yuheng rules explain', () => {
  it('says which comparisons made a match', async () => {
    const { stdout, status } = await explain(RULE, ':1');
    expect(status).toBe(0);
    expect(stdout).toContain('record 1, 2026-03-01T02:14:01.000Z: matches');
    expect(stdout).toContain(
      '✓ selection, Image|endswith: expected "\\cmd.exe" | "\\powershell.exe"; found "C:\\Windows',
    );
  });

  it('says which filter of the rule stopped it', async () => {
    const { stdout } = await explain(RULE, ':2');
    expect(stdout).toContain('does not match');
    expect(stdout).toContain('✗ filter_admin, User: excludes "ops"; found "ops"');
  });

  it('says which selection failed first, and shows nothing that moves a cursor', async () => {
    const { stdout } = await explain(RULE, ':3');
    expect(stdout).toContain('✗ selection, ParentImage|endswith: expected "\\winword.exe"; found "C:\\explorer.exe"');
    expect(stdout).not.toContain('\u001b');
  });

  it('says when a record is not of the rule’s log source, in Chinese too', async () => {
    const { stdout } = await explain(RULE, ':5');
    expect(stdout).toContain('Channel = Microsoft-Windows-Sysmon/Operational, EventID = 1');
    expect(stdout).toContain('is not of its log source');
    expect(stdout).toContain('EventID = 11');
    const chinese = await explain(RULE, ':5', '--lang', 'zh-CN');
    expect(chinese.stdout).toContain('不属于其日志来源');
  });

  it('says which global filter stopped it', async () => {
    const { json } = await explain(RULE.replace('User: ops', 'User: nobody'), '', '--json', '--filter', '@filter.yml');
    expect(json).toMatchObject({ filters: ['33333333-3333-4333-8333-333333333333'], matched: 3 });
    const stopped = await explain(RULE, ':1', '--filter', '@filter.yml', '--json');
    expect(stopped.json?.records[0]?.detection.decisive).toContainEqual(
      expect.objectContaining({ filter: '33333333-3333-4333-8333-333333333333', matched: false, negated: true }),
    );
  });

  it('shows the nearest records where none is asked for, as data', async () => {
    const { json } = await explain(RULE, '', '--json');
    expect(json).toMatchObject({ kind: 'rule', seen: 5, own: 4, matched: 2 });
    expect(json?.records.map(({ number }) => number)).toEqual([1, 4, 2, 3, 5]);
    expect(json?.records.map(({ isOwn, matched }) => [isOwn, matched])).toEqual([
      [true, true],
      [true, true],
      [true, false],
      [true, false],
      [false, false],
    ]);
  });

  it('says what an event in another schema cannot tell the rule', async () => {
    const folder = emptyFolder();
    const path = join(folder, 'rule.yml');
    const events = 'capabilities/ocsf/samples/stolen_credentials/endpoint.ndjson:4';
    const told = async (selection: string): Promise<string> => {
      const logsource = 'logsource: { product: windows, category: process_creation }';
      writeFileSync(path, `title: t\n${logsource}\ndetection: { s: ${selection}, condition: s }\n`);
      return (await yuheng(['rules', 'explain', path, events])).stdout;
    };
    expect(await told('{ Image|endswith: rundll32.exe }')).toContain('02:03:00.000Z: matches');
    expect(await told('{ Image|endswith: rundll32.exe, GrandParentImage: null }')).toContain(
      'no sure place for what it reads: GrandParentImage',
    );
    expect(await told('{ Image|endswith: rundll32.exe, ParentUser: null }')).toContain('0 match');
  });

  it('says that a placeholder without values rejected the rule', async () => {
    const { stdout, status, json } = await explain(PLACEHOLDER, '', '--json');
    expect([status, json?.kind]).toEqual([0, 'rejected']);
    expect(stdout).toContain('%admins%');
  });

  it('says which window of a correlation was nearest, and what it lacked', async () => {
    const { stdout } = await explain(CORRELATION, '');
    expect(stdout).toContain('It turned true 0 times.');
    expect(stdout).toContain('It looks at "Shell by Office": matched 2 times');
    expect(stdout).toContain('Computer = ws01: 2 matches, 2026-03-01T02:14:01.000Z (events.json: 1)');
    expect(stdout).toContain('its figure is 2; it would have to be ≥ 3');
    const { json } = await explain(CORRELATION.replace('gte: 3', 'gte: 2'), '', '--json');
    expect(json).toMatchObject({ kind: 'correlation', turns: 1, inputs: [{ count: 2 }] });
  });

  it('shows the nearest record for a rule of a correlation that never matched', async () => {
    const { json } = await explain(CORRELATION.replace('winword.exe', 'excel.exe'), '', '--json');
    expect(json).toMatchObject({ turns: 0, inputs: [{ count: 0, nearest: { matched: false } }] });
    expect(json?.nearest).toBeUndefined();
  });

  it('finds a rule by its title, and an EVTX record by its EventRecordID', async () => {
    const folder = emptyFolder();
    const base = { provider: 'P', channel: 'Security', computer: 'host', time: 0 };
    const clear = { ...base, recordId: 1102n, eventId: 1102, data: {} };
    const other = { ...base, recordId: 1103n, eventId: 1, data: {} };
    writeFileSync(join(folder, 'a.evtx'), writeEvtx([windowsEvent(clear), windowsEvent(other)]));
    const { stdout } = await yuheng(['rules', 'explain', 'Event log cleared', join(folder, 'a.evtx:1102')]);
    expect(stdout).toContain('record 1102, 1970-01-01T00:00:00.000Z: matches');
  });

  it.each([
    [['rules', 'explain', 'no such rule', 'package.json'], 'YH-RULE-UNKNOWN'],
    [['rules', 'explain', 'Event log cleared', 'no-such-file.evtx'], 'YH-NO-EVENTS'],
    [['rules', 'explain', 'Event log cleared', 'package.json'], 'YH-NO-EVENTS'],
  ])('cannot: %j', async (args, code) => {
    const { status, stderr } = await yuheng(args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`${code}: `)]);
  });

  it('cannot explain a record that is not there', async () => {
    const { status, stderr } = await explain(RULE, ':99');
    expect([status, stderr]).toEqual([2, expect.stringContaining('YH-NO-RECORD: ')]);
  });
});
