import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';

// What a hunt writes is never what it reads: neither evidence is overwritten, nor findings read as logs.

function evidence(): { folder: string; log: string } {
  const folder = emptyFolder();
  const log = join(folder, 'own.csv');
  cpSync('samples/web01/auth.log', log);
  return { folder, log };
}

describe('an output that is an input is refused before anything is written', () => {
  const link = (folder: string, name: string, to: string): string => {
    symlinkSync(to, join(folder, name));
    return join(folder, name);
  };
  const rule = (folder: string): string => {
    const text = 'title: t\nlogsource: {product: linux}\ndetection: {s: {a: b}, condition: s}\n';
    writeFileSync(join(folder, 'rule.yml'), text);
    return join(folder, 'rule.yml');
  };
  const contents = (folder: string): string[] =>
    readdirSync(folder).map((name) => `${name}: ${readFileSync(join(folder, name), 'utf8')}`);
  it.each<[what: string, call: (folder: string, log: string) => string[]]>([
    ['itself', (_, log) => [log, '--out', log]],
    [
      'itself by another way',
      (folder, log) => [log, '--out', join(folder, '..', folder.split('/').at(-1)!, 'own.csv')],
    ],
    ['a link to it', (folder, log) => [log, '--out', link(folder, 'link.csv', 'own.csv')]],
    ['what an input links to', (folder, log) => [link(folder, 'in.log', 'own.csv'), '--out', log]],
    ['a file of the folder', (folder, log) => [folder, '--out', log]],
    ['the incidents', (_, log) => [log, '--incidents', log]],
    ['one of several', (folder, log) => [log, '--out', join(folder, 'new.csv'), '--out', log]],
    [
      'the name of its unfinished text',
      (folder) => [folder, '--out', link(folder, 'x.csv.partial', 'own.csv').slice(0, -8)],
    ],
    ['a rule', (folder) => ['samples/web01', '--rules', rule(folder), '--incidents', join(folder, 'rule.yml')]],
  ])('%s', async (_, call) => {
    const { folder, log } = evidence();
    const args = call(folder, log);
    const before = contents(folder);
    const { status, stdout, stderr } = await yuheng(['hunt', ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^YH-OUTPUT-IS-INPUT: --(?:out|incidents) \S+ would overwrite a file that this hunt reads\./,
    );
    expect(contents(folder)).toEqual(before);
  });

  it('and so are two outputs of one file', async () => {
    const { folder, log } = evidence();
    mkdirSync(join(folder, 'case'));
    symlinkSync('case', join(folder, 'also'));
    const outputs = ['case', 'also'].flatMap((name) => ['--out', join(folder, name, 'f.csv')]);
    expect(await yuheng(['hunt', log, ...outputs])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^YH-USAGE: --out .*also/) as string,
    });
  });
});

describe('a hunt over the folder that it writes to', () => {
  const summary = (stdout: string): { files: number; records: object } =>
    JSON.parse(stdout.split('\n')[0]!) as { files: number; records: object };

  it.each(['en', 'zh-CN'])('reads neither its own output nor that of hunts before it (%s)', async (lang) => {
    const folder = emptyFolder();
    cpSync('samples', folder, { recursive: true });
    const names = ['f.csv', 'f.ndjson', 'r.html'];
    const outputs = names.flatMap((name) => ['--out', join(folder, name)]);
    const call = ['hunt', folder, '--json', '--lang', lang];
    const first = await yuheng([...call, ...outputs, '--incidents', join(folder, 'i.ndjson')]);
    expect(summary(first.stdout).files).toBe(6);
    const findings = readFileSync(join(folder, 'f.ndjson'), 'utf8');
    const second = await yuheng([...call, ...outputs, '--incidents', join(folder, 'i.ndjson')]);
    expect(summary(second.stdout)).toMatchObject({ files: 6, records: summary(first.stdout).records });
    expect(readFileSync(join(folder, 'f.ndjson'), 'utf8')).toBe(findings);
    expect(second.stderr).not.toMatch(/earlier hunt|先前搜寻/);
    const third = await yuheng(call);
    expect(summary(third.stdout)).toMatchObject({ files: 6, records: summary(first.stdout).records });
    for (const name of [...names, 'i.ndjson'])
      expect(third.stderr).toContain(
        lang === 'en' ? `Not read: ${name} – findings of an earlier hunt.` : `未读取：${name} – 先前搜寻的输出。`,
      );
  });

  it('reads what only looks like it', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a.csv'), 'datetime,timestamp_desc,message\n2026-03-01,x,y\n');
    writeFileSync(
      join(folder, 'b.ndjson'),
      '{"class_uid":2004,"message":"\\"product\\":{\\"name\\":\\"Yuheng\\",\\"vendor_name\\":\\"Yuheng\\"}"}\n',
    );
    expect(summary((await yuheng(['hunt', folder, '--json', '--quiet'])).stdout).files).toBe(2);
  });

  it('says so where there is nothing else, and then leaves no output', async () => {
    const folder = emptyFolder();
    await yuheng(['hunt', 'samples/web01', '--out', join(folder, 'f.csv'), '--quiet']);
    const { status, stderr } = await yuheng(['hunt', folder, '--out', join(folder, 'g.csv')]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^YH-NO-INPUT: .*f\.csv – findings of an earlier hunt/);
    expect(existsSync(join(folder, 'g.csv'))).toBe(false);
  });
});
