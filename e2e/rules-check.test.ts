import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';

const RULE = `
title: Shell by Office
id: 11111111-1111-4111-8111-111111111111
status: test
description: A shell
author: us
date: 2026-03-01
level: high
tags: [attack.execution, attack.t1059.001]
logsource: { product: windows, category: process_creation }
detection:
    selection:
        ParentImage|endswith: '\\winword.exe'
        Image|endswith: ['\\cmd.exe', '\\powershell.exe']
    condition: selection
`;

const CASES = 'match: [{ name: a, input: b }]\nmiss: []\n';

interface Problem {
  readonly code: string;
  readonly severity: string;
  readonly what: string;
  readonly fix: string;
}

/** Checks a rule that has cases beside it, changed a little. */
async function check(
  change: (rule: string) => string,
  { fields, cases = CASES }: { fields?: unknown; cases?: string } = {},
) {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'rule.yml'), change(RULE));
  if (cases !== '') writeFileSync(join(folder, 'rule.test.yml'), cases);
  writeFileSync(join(folder, 'fields.json'), JSON.stringify(fields ?? null));
  const more = fields === undefined ? [] : ['--fields', join(folder, 'fields.json')];
  const { status, stdout, stderr } = await yuheng(['rules', 'check', folder, '--json', ...more]);
  const { problems } = (stdout === '' ? { problems: [] } : JSON.parse(stdout)) as { problems: Problem[] };
  return {
    status,
    stderr,
    problems: problems.map(({ severity, code, what, fix }) => `${severity} ${code}: ${what} → ${fix}`),
  };
}

describe('yuheng rules check', () => {
  it('has nothing to say about a sound rule', async () => {
    expect(await check((rule) => rule)).toMatchObject({ status: 0, problems: [] });
  });

  it.each<[string, (rule: string) => string, number, string]>([
    [
      'a field that records do not have',
      (rule) => rule.replace('ParentImage', 'Parent_Image'),
      0,
      'warning field.unknown: records of this log source are not known to have the field "Parent_Image" → write "ParentImage"',
    ],
    [
      'a technique that does not exist',
      (rule) => rule.replace('t1059.001', 't9999'),
      1,
      'error tag.attack-unknown: there is no ATT&CK technique "t9999" → correct the tag',
    ],
    [
      'a tactic that does not exist',
      (rule) => rule.replace('attack.execution', 'attack.exekution'),
      1,
      'error tag.attack-unknown: there is no ATT&CK tactic "exekution" → correct the tag',
    ],
    [
      'a technique that was revoked',
      (rule) => rule.replace('t1059.001', 't1562.001'),
      0,
      'warning tag.attack-revoked: the ATT&CK technique "t1562.001" was revoked → write attack.t1685',
    ],
    [
      'a condition that is never true',
      (rule) => rule.replace('condition: selection', 'condition: selection and not selection'),
      1,
      'error lint.never: the condition can never be true → correct one of the two',
    ],
    [
      'a value that another covers',
      (rule) => rule.replace("'\\powershell.exe'", "'xcmd.exe', 'cmd.exe'").replace('\\cmd', '\\Cmd'),
      0,
      'warning lint.covered-value: in selection, Image|endswith: the value "\\Cmd.exe" is never needed → remove the value, or the wider one',
    ],
    [
      'a field that the log of a service does not have',
      (rule) =>
        rule
          .replace('category: process_creation', 'service: security')
          .replace('ParentImage', 'TargetUserNam')
          .replace(' Image', ' ServiceFileName'),
      0,
      'warning field.unknown: records of this log source are not known to have the field "TargetUserNam" → write "TargetUserName"',
    ],
    [
      'a field that a manifest names and no sample holds',
      (rule) => rule.replace('process_creation', 'registry_event').replace('ParentImage', 'NewName'),
      0,
      '',
    ],
    [
      'an event id that its log source does not have',
      (rule) => rule.replace('selection:', 'selection:\n        EventID: 3'),
      1,
      'error lint.never: the condition can never be true → correct one of the two',
    ],
    [
      'a log source that nobody knows',
      (rule) => rule.replace('product: windows', 'product: windos'),
      0,
      'warning logsource.unknown: nobody knows the product "windos" → write "windows"',
    ],
    [
      'a log source that somebody else may know',
      (rule) => rule.replace('product: windows, category: process_creation', 'product: our_own_appliance'),
      0,
      'warning logsource.unknown: nobody knows the product "our_own_appliance" → correct it, if it is no name of your own',
    ],
  ])('says %s', async (_, change, status, problem) => {
    expect(await check(change)).toMatchObject({ status, problems: problem === '' ? [] : [problem] });
  });

  it('says which rules have no cases, and which cases cannot be used', async () => {
    const missing = expect.stringMatching(/^warning tests.missing: .* → write .*rule\.test\.yml with/) as string;
    expect((await check((rule) => rule, { cases: '' })).problems).toEqual([missing]);
    expect((await check((rule) => rule, { cases: 'match: []\nmiss: []\n' })).problems).toEqual([missing]);
    expect(await check((rule) => rule, { cases: 'mach: 1' })).toMatchObject({
      status: 1,
      problems: [
        'error tests.shape: "mach" is no list of cases → correct the name, or remove it',
        'error tests.shape: there is no list "match" → write "match" with its cases',
        'error tests.shape: there is no list "miss" → write "miss" with its cases',
      ],
    });
    expect((await check(() => 'title: [', { cases: '' })).problems).toEqual([expect.stringContaining('yaml.syntax')]);
  });

  it('is not content with no rule at all, nor with cases of no rule', async () => {
    const folder = emptyFolder();
    const none = await yuheng(['rules', 'check', folder]);
    expect([none.status, none.stdout]).toEqual([1, expect.stringContaining('error rules.none: there is no rule here')]);
    writeFileSync(join(folder, 'rule.yml'), RULE);
    writeFileSync(join(folder, 'gone.test.yml'), CASES);
    const orphan = await yuheng(['rules', 'check', folder]);
    expect(orphan.status).toBe(1);
    expect(orphan.stdout).toContain(`${join(folder, 'gone.test.yml')}: error tests.orphan: `);
  });

  it('rejects a file that is not UTF-8', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'rule.yml'), Buffer.from(RULE.replace('A shell', 'Ein Gerät'), 'latin1'));
    const { status, stdout } = await yuheng(['rules', 'check', folder]);
    expect([status, stdout]).toEqual([
      1,
      expect.stringContaining('file.unreadable: the file cannot be read: it is not UTF-8'),
    ]);
  });

  it('calls every file by the path that leads to it, with a line where there is one', async () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 'a.yml'),
      RULE.replace('t1059.001', 't1562.001').replace("'\\powershell", "'\\Cmd.exe', '\\powershell"),
    );
    writeFileSync(
      join(folder, 'b.yml'),
      RULE.replace(/111111/g, '222222').replace('title: Shell', 'title: 1\ntotle: Shell'),
    );
    const { stdout } = await yuheng(['rules', 'check', folder]);
    const lines = stdout.trim().split('\n');
    expect(lines.slice(0, -1).map((line) => /^(\S+): (\w+ [\w.-]+): /.exec(line)?.slice(1, 3).join(' '))).toEqual([
      `${join(folder, 'b.yml')}:2 error rule.title`,
      `${join(folder, 'a.yml')}:14 warning lint.covered-value`,
      `${join(folder, 'a.yml')}:9 warning tag.attack-revoked`,
      `${join(folder, 'a.yml')} warning tests.missing`,
    ]);
    expect(lines.at(-1)).toBe(
      '1 rule loaded, 1 document rejected; 1 error, 3 warnings; 0 ask for log sources that nothing here reads yet.',
    );
  });

  it('takes the fields from a list in SigmaHQ’s form', async () => {
    const list = (names: readonly string[]) => ({
      windows: { common: ['EventID'], category: { process_creation: names } },
    });
    const all = ['ParentImage', 'Image'];
    expect(await check((rule) => rule, { fields: { legit: list(all) } })).toMatchObject({ problems: [] });
    expect(
      await check((rule) => rule, { fields: { legit: list(['Image']), addon: list(['ParentImage']) } }),
    ).toMatchObject({ problems: [] });
    expect((await check((rule) => rule, { fields: { legit: list(['Image']) } })).problems).toEqual([
      expect.stringContaining('"ParentImage"'),
    ]);
    expect(await check((rule) => rule, { fields: { legit: list([]) } })).toMatchObject({ problems: [] });
  });

  it('cannot read a list of another form', async () => {
    const { status, stderr } = await check((rule) => rule, { fields: {} });
    expect([status, stderr]).toEqual([2, expect.stringContaining('YH-FIELDS-UNREADABLE: ')]);
  });

  it('tells no more than some of many warnings of one kind, and all as data', async () => {
    const folder = emptyFolder();
    for (let index = 0; index < 25; index++) {
      const rule = RULE.replace('111111111111', `1111111111${10 + index}`).replace(
        'winword.exe',
        `winword${index}.exe`,
      );
      writeFileSync(join(folder, `rule${index}.yml`), rule);
    }
    const { stdout } = await yuheng(['rules', 'check', folder]);
    expect(stdout.match(/tests\.missing: /g)).toHaveLength(20);
    expect(stdout).toContain('… and 5 more of tests.missing');
    expect(stdout).toContain('25 rules loaded, 0 documents rejected; 0 errors, 25 warnings');
    const chinese = await yuheng(['rules', 'check', folder, '--lang', 'zh-CN']);
    expect(chinese.stdout).toContain('警告 tests.missing: 规则旁边没有用例：');
    expect(chinese.stdout).toContain('加载规则 25 条，拒绝文档 0 个；错误 0 个，警告 25 个');
  });
});
