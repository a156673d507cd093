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

/** Asks for a rule by what it is called; it stands in a folder of `--rules`. */
async function ask(asked: string, rule: string, ...more: string[]) {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'rule.yml'), rule);
  writeFileSync(join(folder, 'events.json'), `${EVENTS.join('\n')}\n`);
  return yuheng(['rules', 'explain', asked, join(folder, 'events.json'), '--rules', folder, ...more]);
}

/** The answers as data, one for each rule of a file. */
async function yuhengJson(rule: string): Promise<readonly Answer[]> {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'rule.yml'), rule);
  writeFileSync(join(folder, 'events.json'), `${EVENTS.join('\n')}\n`);
  const told = await yuheng(['rules', 'explain', join(folder, 'rule.yml'), join(folder, 'events.json'), '--json']);
  return told.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

interface Answer {
  readonly kind: string;
  readonly seen: number;
  readonly own: number;
  readonly matched: number;
  readonly filters: readonly object[];
  readonly wants: readonly object[];
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
    expect(stdout).toContain('✓ selection, Image|endswith: expected "\\cmd.exe" (one of 2); found "C:\\Windows');
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
    const filter = { uid: '33333333-3333-4333-8333-333333333333', title: 'The printer does that' };
    expect(json).toMatchObject({ filters: [filter], matched: 3 });
    const stopped = await explain(RULE, ':1', '--filter', '@filter.yml', '--json');
    expect(stopped.json?.records[0]?.detection.decisive).toContainEqual(
      expect.objectContaining({ filter: '33333333-3333-4333-8333-333333333333', matched: false, negated: true }),
    );
  });

  it('calls a filter by its title, for it may have no id', async () => {
    const both = `${RULE}---${SILENCE.replace(/^id: .*\n/m, '').replace('printer\n', 'ws01\n')}`;
    const { stdout } = await explain(both, ':1');
    expect(stdout).toContain('Filters that tune it: "The printer does that" (condition: not printer)\n');
    expect(stdout).toContain('✗ printer, Computer (filter "The printer does that"): excludes "ws01"; found "ws01"');
    expect(stdout).not.toContain('sha256');
  });

  it('says what a field holds that another was compared with', async () => {
    const rule = RULE.replace('User: ops', 'User|fieldref: [Computer, Nobody]');
    const { stdout } = await explain(rule.replace('and not', 'and'), ':1');
    expect(stdout).toContain(
      '✗ filter_admin, User|fieldref: expected the value of Computer ("ws01") | the value of Nobody (no such field); found "eve"',
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
    expect(await told('{ Image|endswith: rundll32.exe, ParentUser: null }')).toContain(': does not match');
  });

  it('says that a placeholder without values rejected the rule', async () => {
    const { stdout, status, json } = await explain(PLACEHOLDER, '', '--json');
    expect([status, json?.kind]).toEqual([1, 'rejected']);
    expect(stdout).toContain('%admins%');
    const told = await explain(PLACEHOLDER, '');
    expect(told.stdout).toContain(
      'rule.yml:6, "By an admin": the placeholder %admins% has no values: a rule with an open placeholder would',
    );
  });

  it('tells of the rejected documents beside a good one', async () => {
    const more = ['One', 'Two', 'Three'].map((title) => `---${PLACEHOLDER.replace('By an admin', title)}`).join('');
    const { stdout, json } = await explain(`${RULE}${more}`, ':1', '--json');
    expect(json).toMatchObject({ kind: 'rule', problems: [{ title: 'One' }, { title: 'Two' }, { title: 'Three' }] });
    expect(stdout).toContain('%admins%');
    const told = await explain(`${RULE}${more}`, ':1');
    expect(told.stdout).toMatch(/record 1, .*: matches\n.*\nAsked about as well, but rejected, so it never ran:\n/s);
    expect(told.stdout).toMatch(/rule\.yml:\d+, "Three": the placeholder %admins% has no values: /);
  });

  it.each(['929A690E-BEF0-4204-A928-EF5E620D6FCC', 'by_admin', 'By an admin'])(
    'finds a rejected rule, and a good one, as %s',
    async (asked) => {
      const folder = emptyFolder();
      const rule = `${PLACEHOLDER}id: 929a690e-bef0-4204-a928-ef5e620d6fcc\nname: by_admin\n`;
      writeFileSync(join(folder, 'events.json'), `${EVENTS[0]}\n`);
      const ask = async (text: string): Promise<Answer> => {
        writeFileSync(join(folder, 'rule.yml'), text);
        const events = join(folder, 'events.json');
        const { stdout } = await yuheng(['rules', 'explain', asked, events, '--json', '--rules', folder]);
        return JSON.parse(stdout) as Answer;
      };
      expect(await ask(rule)).toMatchObject({ kind: 'rejected', problems: [{ code: 'placeholder.unresolved' }] });
      expect(await ask(rule.replace('User|expand', 'User'))).toMatchObject({ kind: 'rule', problems: [] });
    },
  );

  it('says which window of a correlation was nearest, and what it lacked', async () => {
    const { stdout } = await explain(CORRELATION, '');
    expect(stdout).toContain('It turned true 0 times.');
    expect(stdout).toContain('It looks at "Shell by Office": matched 2 times');
    expect(stdout).toContain('Computer = ws01: 2 matches, 2026-03-01T02:14:01.000Z (events.json: 1)');
    expect(stdout).toContain('its figure is 2; it would have to be ≥ 3');
    const { json } = await explain(CORRELATION.replace('gte: 3', 'gte: 2'), '', '--json');
    expect(json).toMatchObject({ kind: 'correlation', turns: 1, inputs: [{ count: 2 }] });
  });

  it('says in which order rules came, where that stopped a correlation', async () => {
    const office = RULE.replace('and not', 'and');
    const desktop = RULE.replace('11111111-', '44444444-')
      .replace('Shell by Office', 'Shell by the desktop')
      .replace('winword', 'explorer')
      .replace('Image|endswith: [', 'Image|contains: [');
    const ordered = `${office}name: office\n---${desktop}name: desktop\n---
title: First the desktop, then Office
correlation:
    type: temporal_ordered
    rules: [desktop, office]
    group-by: [Computer]
    timespan: 3s
`;
    const { stdout } = await explain(ordered, '');
    expect(stdout).toContain('It turned true 0 times.');
    expect(stdout).toMatch(/It looks at "Shell by Office": matched once$/m);
    expect(stdout).toContain('its figure is 1; it would have to be ≥ 2');
    expect(stdout).toContain(
      'they came in the order "Shell by Office" → "Shell by the desktop"; it would have to be "Shell by the desktop" → "Shell by Office"',
    );
    const chinese = await explain(ordered, '', '--lang', 'zh-CN');
    expect(chinese.stdout).toContain('出现顺序为 "Shell by Office" → "Shell by the desktop"，应为 ');
  });

  it('shows the nearest record for a rule of a correlation that never matched', async () => {
    const { json } = await explain(CORRELATION.replace('winword.exe', 'excel.exe'), '', '--json');
    expect(json).toMatchObject({ turns: 0, inputs: [{ count: 0, nearest: { matched: false } }] });
    expect(json?.nearest).toBeUndefined();
  });

  it('shows the condition, which selections hold, and the value that hit', async () => {
    const images = Array.from({ length: 9 }, (_, index) => `x${index}.exe`).join(', ');
    const rule = RULE.replace("['\\cmd.exe', '\\powershell.exe']", `[${images}, '\\cmd.exe']`);
    const { stdout } = await explain(rule, '');
    expect(stdout).toContain('\nCondition: selection and not filter_admin\n');
    expect(stdout).toContain('\n  holds: selection; does not hold: filter_admin\n');
    expect(stdout).toContain('\n  holds: selection, filter_admin\n');
    expect(stdout).toContain('✓ selection, Image|endswith: expected "\\cmd.exe" (one of 10); found');
    expect(stdout).not.toContain('EventID = 11');
    const chinese = await explain(rule, ':3', '--lang', 'zh-CN');
    expect(chinese.stdout).toContain('\n条件：selection and not filter_admin\n');
    expect(chinese.stdout).toContain('\n  不成立：selection、filter_admin\n');
  });

  it('shows the part of a long value that tells', async () => {
    const rule = RULE.replace('User: ops', 'User: ops\n        CommandLine|contains: needle').replace('and not', 'and');
    const folder = emptyFolder();
    const path = (name: string): string => join(folder, name);
    const long = `start ${'x'.repeat(150)} needle`;
    const fields = { ParentImage: WORD, Image: `${'y'.repeat(150)}.com`, User: 'ops', CommandLine: long };
    writeFileSync(path('events.json'), `${event(1, fields)}\n${event(2, { ...fields, Image: CMD })}\n`);
    writeFileSync(path('rule.yml'), rule);
    const { stdout } = await yuheng(['rules', 'explain', path('rule.yml'), path('events.json')]);
    expect(stdout).toMatch(/expected "needle"; found "…x+ needle"\n/);
    expect(stdout).toMatch(/found "…y+\.com"\n/);
  });

  it('tells what a log source asks of such records as were read alone', async () => {
    const { stdout, json } = await explain(RULE, '', '--json');
    expect(json?.wants).toHaveLength(1);
    expect(stdout).not.toContain('ocsf');
    const linux = await explain(RULE.replace('product: windows', 'product: linux'), '');
    expect(linux.stdout).toMatch(/\nWhat was read is of no format that could answer it\. Such are: .*auditd/);
  });

  it('explains the documents of a file in turn, and names those that are parts of others', async () => {
    const other = RULE.replace('11111111-', '44444444-').replace('Shell by Office', 'Another');
    const { stdout, status } = await explain(`${CORRELATION}---${other}`, '');
    expect(status).toBe(0);
    expect(stdout.match(/^\S.* \(\S*-8\d*\)$|^Many .*|^Another .*/gm)).toHaveLength(2);
    expect(stdout).toMatch(/told as parts of the above.*\n  "Shell by Office" \(11111111-\S+, .*rule\.yml:2\)\n$/);
    const data = await yuhengJson(`${CORRELATION}---${other}`);
    expect(data.map(({ kind }) => kind)).toEqual(['rule', 'correlation']);
  });

  it('lists what to choose from where many stand in a file, or several are called the same', async () => {
    const many = Array.from({ length: 6 }, (_, index) => RULE.replace(/1{8}/, String(index).repeat(8))).join('---');
    const { status, stderr } = await explain(many, '');
    expect([status, stderr]).toEqual([2, expect.stringContaining('YH-RULE-AMBIGUOUS: ')]);
    expect(stderr).toMatch(/holds 6 rules. Ask for one by its id, with --rules "/);
    expect(stderr).toMatch(/\n {2}"Shell by Office" \(55555555-\S+, .*rule\.yml:\d+\)/);
    const two = `${RULE}---${RULE.replace(/^id: .*\n/m, '').replace('Shell', 'shell')}`;
    const called = await ask('shell by OFFICE', two);
    expect([called.status, called.stderr]).toEqual([
      2,
      expect.stringMatching(/^YH-RULE-AMBIGUOUS: 2 rules are called/),
    ]);
    expect(called.stderr).toMatch(/\(sha256:\w+, rule\.yml:13\)/);
    expect((await ask('shell by OFFICE', two, '--lang', 'zh-CN')).stderr).toContain('有 2 条规则名为');
  });

  it('suggests what was probably meant', async () => {
    expect((await ask('Shell by Ofice', RULE)).stderr).toMatch(/Did you mean:\n {2}"Shell by Office" \(11111111-/);
    expect((await ask('office shell', RULE)).stderr).toMatch(/Did you mean:\n {2}"Shell by Office" \(11111111-/);
    expect((await ask('事件日志清除', RULE, '--lang', 'zh-CN')).stderr).toMatch(/是否指：\n {2}"事件日志被清除"/);
  });

  it('finds a rule by the title of a translation, and calls it so', async () => {
    const { stdout } = await ask('事件日志被清除', RULE, '--lang', 'zh-CN');
    expect(stdout).toMatch(/^事件日志被清除 \(835a2038-/);
    expect((await ask('事件日志被清除', RULE)).stdout).toMatch(/^Event log cleared \(835a2038-/);
  });

  it('shows the definition of a correlation, and how far off a missing rule was', async () => {
    const late = RULE.replace('11111111-', '44444444-')
      .replace('Shell by Office', 'By the desktop')
      .replace("ParentImage|endswith: '\\winword.exe'", "ParentImage: 'C:\\explorer.exe'")
      .replace('Image|endswith: [', 'Image|contains: [');
    const both = `${RULE}name: office\n---${late}name: desktop\n---
title: Both
correlation: { type: temporal, rules: [desktop, office], group-by: [Computer], timespan: 1s }
`;
    const { stdout } = await explain(both, '');
    expect(stdout).toContain(
      '\nCorrelation: temporal ("By the desktop", "Shell by Office"); group-by Computer; timespan 1s; condition ≥ 2\n',
    );
    expect(stdout).toContain('missing: "By the desktop", which came 1 s before (events.json: 3), just too early\n');
    const chinese = await explain(both, '', '--lang', 'zh-CN');
    expect(chinese.stdout).toContain('它在之前 1 秒出现（events.json: 3），恰好过早');
  });

  it('explains the group of a record that is asked about, and says where it is in none', async () => {
    const { stdout, json } = await explain(CORRELATION, ':4', '--json');
    expect(json).toMatchObject({ about: { records: [{ record: 4, matches: [{ title: 'Shell by Office' }] }] } });
    expect(stdout).toContain('"groups":[[{"field":"Computer","value":"ws01"}]]');
    const told = await explain(CORRELATION, ':4');
    expect(told.stdout).toContain('record 4, 2026-03-01T02:14:04.000Z: matches "Shell by Office"\n');
    expect(told.stdout).toContain('\nOf its group alone, Computer = ws01:\n');
    const none = await explain(CORRELATION, ':3');
    expect(none.stdout).toContain(': matches none of the rules that it looks at\nIt is in none of the groups');
  });

  it('says that a record was refused, and why', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'rule.yml'), RULE);
    writeFileSync(join(folder, 'log.json'), `${EVENTS[0]}\n${event(2, { CommandLine: 'x'.repeat(2 ** 20) })}\n`);
    const args = ['rules', 'explain', join(folder, 'rule.yml'), join(folder, 'log.json:2')];
    const { status, stderr } = await yuheng(args);
    expect([status, stderr]).toEqual([2, expect.stringContaining('YH-NO-RECORD: No record 2 of ')]);
    expect(stderr).toMatch(/Refused: too-long 1 \(line 2 has \d+ bytes, at most 1048576 are read\)\.$/m);
    const whole = await yuheng([...args.slice(0, 3), join(folder, 'log.json')]);
    expect(whole.stdout).toContain('\nRefused, so not among them: too-long 1\n');
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
