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

interface Problem {
  readonly code: string;
  readonly severity: string;
  readonly what: string;
  readonly fix: string;
}

/** Checks a rule that has cases beside it, changed a little. */
async function check(
  change: (rule: string) => string,
  { fields, cases = true }: { fields?: unknown; cases?: boolean } = {},
) {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'rule.yml'), change(RULE));
  if (cases) writeFileSync(join(folder, 'rule.test.yml'), 'match: []\nmiss: []\n');
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
      (rule) => rule.replace("'\\powershell.exe'", "'xcmd.exe', 'cmd.exe'"),
      0,
      'warning lint.covered-value: in selection, Image|endswith: the value "\\cmd.exe" is never needed → remove the value, or the wider one',
    ],
  ])('says %s', async (_, change, status, problem) => {
    expect(await check(change)).toMatchObject({ status, problems: [problem] });
  });

  it('says which rules have no cases', async () => {
    const { problems } = await check((rule) => rule, { cases: false });
    expect(problems).toEqual([expect.stringMatching(/^warning tests.missing: .* → write .*rule\.test\.yml with/)]);
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
    expect(stdout).toContain('25 rules loaded, 0 rejected; 0 errors, 25 warnings');
    const chinese = await yuheng(['rules', 'check', folder, '--lang', 'zh-CN']);
    expect(chinese.stdout).toContain('加载规则 25 条，拒绝 0 条；错误 0 个，警告 25 个');
  });
});
