import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Counts } from '@yuheng/engine';
import { afterAll, expect, it } from 'vitest';
import { compileRules, readRuleTexts } from './rules.ts';
import { makeSetup } from './setup.ts';
import { runTask } from './task.ts';

const folder = mkdtempSync(join(tmpdir(), 'yuheng-task-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('says when a file is gone that was there when its dates were read', async () => {
  const path = join(folder, 'auth.log');
  writeFileSync(path, '');
  const rules = compileRules({ sources: [], exclude: [] });
  const setup = makeSetup(rules, { batchSize: 10, maxRecordBytes: 1000, timezone: 'UTC' }, () => {});
  const task = { file: { path, name: 'auth.log', size: 0 }, years: { 'auth.log.1': 2026 } };
  const result = await runTask(task, setup, new Counts(), { async matches() {}, progress() {} });
  expect(result.unreadable).toMatchObject([{ name: 'auth.log.1', reason: 'missing' }]);
});

it('rejects a rule file that cannot be read, and follows links to those that can', async () => {
  writeFileSync(
    join(folder, 'rule.txt'),
    'title: t\nlogsource: {product: windows}\ndetection: {s: {A: b}, condition: s}\n',
  );
  symlinkSync(join(folder, 'rule.txt'), join(folder, 'linked.yml'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.yml'));
  const { rules, problems } = compileRules({ sources: await readRuleTexts([folder], false), exclude: [] });
  expect(rules).toHaveLength(1);
  expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
    { file: 'dangling.yml', code: 'file.unreadable', why: expect.stringContaining('ENOENT') as string },
  ]);
});

it('waits for no pipe below a folder of rules', async () => {
  const pipes = join(folder, 'pipes');
  mkdirSync(join(pipes, 'folder.yml'), { recursive: true });
  execFileSync('mkfifo', [join(pipes, 'pipe.yml')]);
  symlinkSync(join(pipes, 'pipe.yml'), join(pipes, 'to-pipe.yml'));
  expect(await readRuleTexts([pipes], false)).toEqual([]);
});
