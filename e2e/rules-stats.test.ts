import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';

function rule(title: string, detection: string): string {
  return `title: ${title}\nlogsource: { product: windows, category: process_creation }\ndetection: ${detection}\n`;
}

const RULES = [
  rule('rare', `{ s: { Image|endswith: calc.exe, CommandLine|contains: e }, condition: s }`),
  rule('common', `{ s: { CommandLine|contains: cmd, User: nobody }, condition: s }`),
  rule('hanging on much', `{ s: { CommandLine|re: 'cmd[^.]{2}' }, condition: s }`),
  rule('keywords', `{ k: [whoami], condition: k }`) +
    'id: 11111111-1111-4111-8111-111111111111\ntranslations: { zh-CN: { title: 关键字, description: 无 } }\n',
  rule('no literal', `{ s: { CommandLine|re: '^[A-Z]+$' }, condition: s }`),
  `title: elsewhere\nlogsource: { product: linux, service: auditd }\ndetection: { s: { a: b }, condition: s }\n`,
];

const EVENTS = Array.from({ length: 10 }, (_, index) => {
  const program = index === 0 ? 'calc.exe' : 'cmd.exe';
  const fields = { Image: `C:\\${program}`, CommandLine: program, Computer: 'a', User: 'eve' };
  return { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: index === 9 ? 11 : 1, ...fields };
});

it('yuheng rules stats says what rules cost, what they hang on and which are over their budget', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'rules.yml'), RULES.join('---\n'));
  writeFileSync(join(folder, 'events.json'), EVENTS.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const args = ['rules', 'stats', join(folder, 'events.json'), '--rules', join(folder, 'rules.yml')];
  const { stdout, status } = await yuheng([...args, '--no-builtin-rules', '--json']);
  expect(status).toBe(0);
  const { economies, ...sum } = JSON.parse(stdout) as {
    economies: { title: string; usPerEvent: number; hangsOn: { key: string }[]; over?: string }[];
  };
  expect(sum).toEqual({ events: 10, rules: 6, about: 5 });
  const byTitle = Object.fromEntries(economies.map(({ title, ...economy }) => [title, economy]));
  const rare = { candidatesPerMillion: 100_000, matchesPerMillion: 100_000, events: 9 };
  expect(byTitle['rare']).toMatchObject({ ...rare, hangsOn: [{ key: 'Image|endswith', expected: ['calc.exe'] }] });
  expect(byTitle['common']).toMatchObject({ candidatesPerMillion: 0, hangsOn: [{ key: 'User' }] });
  expect(byTitle['hanging on much']).toMatchObject({ candidatesPerMillion: 800_000, over: 'candidates' });
  expect(byTitle['keywords']).toMatchObject({ over: 'keywords' });
  expect(byTitle['no literal']).toMatchObject({ candidatesPerMillion: 900_000, hangsOn: [], over: 'no-literal' });
  expect(economies.every(({ usPerEvent }) => usPerEvent > 0)).toBe(true);

  const told = await yuheng([...args, '--no-builtin-rules', '--lang', 'zh-CN']);
  expect(told.stdout).toContain('共 10 个事件，6 条规则，其中 5 条与这些事件有关');
  expect(told.stdout).toMatch(/ {2}关键字：每事件 \d+\.\d\d 微秒：没有指定 service 的关键字/);
  expect(told.stdout).not.toContain('keywords');
  const english = await yuheng([...args, '--no-builtin-rules']);
  expect(english.stdout).toMatch(/ {2}keywords: \d+\.\d\d µs\/event: keywords without a service/);
});

it('says one event where there is one, and that there is none where there is nothing', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'rules.yml'), RULES.at(-1)!);
  const args = ['rules', 'stats', folder, '--rules', join(folder, 'rules.yml'), '--no-builtin-rules'];
  mkdirSync(join(folder, 'empty'));
  const nothing = await yuheng(['rules', 'stats', join(folder, 'empty')]);
  expect([nothing.status, nothing.stderr]).toEqual([
    2,
    expect.stringContaining('YH-NO-EVENTS: There are no events in '),
  ]);
  writeFileSync(join(folder, 'events.json'), `${JSON.stringify(EVENTS[0])}\n`);
  const { stdout } = await yuheng(args.with(2, join(folder, 'events.json')));
  expect(stdout).toBe('1 event, 1 rule, 0 of them about these events.\n');
});
