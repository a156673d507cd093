import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';
import { PLACEHOLDER_RULE as RULE } from './placeholder-rule.ts';

const EVENT = JSON.stringify({
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 1,
  Computer: 'ws01',
  TimeCreated: '2026-03-01T02:14:01Z',
  User: 'eve',
});

const CASES = `
match:
    - { name: eve, input: '${EVENT}' }
miss:
    - { name: bob, input: '${EVENT.replace('eve', 'bob')}' }
`;

/** A folder with a rule, its cases, an event, and values of its placeholder. */
function folderWith(values: string): (name: string) => string {
  const folder = emptyFolder();
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('rule.yml'), RULE);
  writeFileSync(path('rule.test.yml'), CASES);
  writeFileSync(path('events.json'), `${EVENT}\n`);
  writeFileSync(path('values.yaml'), values);
  return path;
}

describe('--placeholders', () => {
  it.each([
    ['hunt', ['events.json', '--rules', 'rule.yml'], '"high":1'],
    ['rules explain', ['rule.yml', 'events.json'], '"matched":1'],
    ['rules check', ['rule.yml'], '"rejected":0'],
    ['rules test', ['rule.yml'], '"failed":[],"untested":[],"problems":[]'],
    ['rules stats', ['events.json', '--rules', 'rule.yml', '--no-builtin-rules'], '"rules":1'],
  ])('gives values to the rules of %s', async (command, args, told) => {
    const path = folderWith('admins: [root, eve]\n');
    const call = [...command.split(' '), ...args.map((word) => (word.includes('.') ? path(word) : word)), '--json'];
    const { stdout } = await yuheng([...call, '--placeholders', path('values.yaml')]);
    expect(stdout).toContain(told);
    expect((await yuheng(call)).stdout).not.toContain(told);
  });

  it('does not take rules from the cache that were loaded with other values', async () => {
    const path = folderWith('admins: eve\n');
    writeFileSync(path('others.yaml'), 'admins: bob\n');
    const hunt = async (values: string): Promise<string> =>
      (
        await yuheng([
          'hunt',
          path('events.json'),
          '--rules',
          path('rule.yml'),
          '--placeholders',
          path(values),
          '--json',
        ])
      ).stdout;
    expect(await hunt('values.yaml')).toContain('"high":1');
    expect(await hunt('others.yaml')).toContain('"high":0');
    expect(await hunt('values.yaml')).toContain('"high":1');
  });

  it.each([
    ['a list', '- a', /cannot be used: it is not one map\. Give a YAML file/],
    ['nested values', 'admins: { a: b }', /"admins" has no values, or other ones than texts and numbers/],
    ['percent signs', "'%admins%': a", /"%admins%" stands with percent signs/],
    ['no YAML', 'a: [', /cannot be used: line \d+: /],
    ['no text', Buffer.from([0x61, 0x3a, 0x20, 0xff]), /cannot be used: it is not UTF-8 text/],
  ])('refuses %s', async (_, values, why) => {
    const path = folderWith('');
    writeFileSync(path('values.yaml'), values);
    const call = ['rules', 'check', path('rule.yml'), '--placeholders', path('values.yaml')];
    const { status, stderr } = await yuheng(call);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^YH-PLACEHOLDERS: /)]);
    expect(stderr).toMatch(why);
    expect((await yuheng([...call, '--lang', 'zh-CN'])).stderr).toMatch(/^YH-PLACEHOLDERS: 无法使用 --placeholders/);
  });

  it('refuses a file that is not there', async () => {
    const path = folderWith('');
    const { status, stderr } = await yuheng(['hunt', path('events.json'), '--placeholders', path('gone.yml')]);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^YH-PLACEHOLDERS: .*ENOENT/)]);
  });
});
