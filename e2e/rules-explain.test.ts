import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';
import { CMD, RULE, WORD, event, explain, SILENCE } from './explain-samples.ts';

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
    expect(linux.stdout).toMatch(/is not of its log source\n {2}The record is: source = windows-json.*\nevents/);
    expect(linux.stdout).toMatch(/\nWhat was read is of no format that could answer it\. Such are: .*auditd/);
  });
});
