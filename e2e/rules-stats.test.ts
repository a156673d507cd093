import { writeFileSync } from 'node:fs';
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
  rule('keywords', `{ k: [whoami], condition: k }`),
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
  expect(told.stdout).toContain('keywords: 没有指定 service 的关键字');
});
