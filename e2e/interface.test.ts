import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { validate } from '@yuheng/ocsf';
import { describe, expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';

// The outside interface, pinned so that scripts can rely on it.

const LOW = '2b0f3c1e-6f0a-4d8e-9a51-0000000000b1';
const HIGH = '2b0f3c1e-6f0a-4d8e-9a51-0000000000b2';
const MANY = '2b0f3c1e-6f0a-4d8e-9a51-0000000000b3';
const RULES = `title: A failed logon
id: ${LOW}
name: failed_logon
logsource: {product: windows, service: security}
detection: {s: {EventID: 4625}, condition: s}
tags: [attack.credential-access, attack.t1110.001]
level: low
---
title: Log cleared
id: ${HIGH}
logsource: {product: windows, service: security}
detection: {s: {EventID: 1102}, condition: s}
tags: [attack.defense-impairment, attack.t1685]
level: high
---
title: Three failed logons
id: ${MANY}
correlation:
  type: event_count
  rules: [failed_logon]
  group-by: [IpAddress]
  timespan: 5m
  condition: {gte: 3}
  generate: true
level: medium
`;

interface Line {
  readonly finding_info: { readonly uid: string; readonly analytic: { readonly uid: string } };
  readonly evidences: readonly {
    readonly data: { readonly file: string; readonly record: number; readonly event: { readonly raw_data: string } };
  }[];
  readonly count: number;
  readonly time: number;
}

const event = (id: number, second: number, more: object = {}): string =>
  `${JSON.stringify({ Channel: 'Security', EventID: id, Computer: 'dc01', TimeCreated: `2026-03-01T02:00:${String(second).padStart(2, '0')}Z`, EventRecordID: 100 + second, IpAddress: '203.0.113.9', SubjectUserName: 'eve', ...more })}\n`;

/** A folder with the rules and these files in it. */
function folderWith(files: { readonly [name: string]: string | Buffer }): {
  folder: string;
  logs: string;
  rules: string[];
} {
  const folder = emptyFolder();
  const logs = join(folder, 'logs');
  writeFileSync(join(folder, 'rules.yml'), RULES);
  for (const [name, content] of Object.entries(files)) {
    const path = join(logs, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
  }
  return { folder, logs, rules: ['--no-builtin-rules', '--rules', join(folder, 'rules.yml')] };
}

function linesOf(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

const STORY = [event(4625, 1), event(4625, 2), event(4625, 3), event(1102, 9)].join('');

describe('hunt', () => {
  it('writes OCSF findings in order, with evidence by file and record', async () => {
    const { folder, logs, rules } = folderWith({ 'a/events.json': STORY });
    const [out, incidents] = [join(folder, 'f.ndjson'), join(folder, 'i.ndjson')];
    const { status, stdout } = await yuheng([
      'hunt',
      logs,
      ...rules,
      '--out',
      out,
      '--incidents',
      incidents,
      '--json',
      '--quiet',
    ]);
    expect(status).toBe(0);
    const findings = linesOf(out);
    expect(findings.map((finding) => finding.finding_info.analytic.uid).sort()).toEqual([LOW, LOW, LOW, HIGH, MANY]);
    const places = findings.map((finding) => [finding.time, finding.finding_info.uid] as const);
    expect(places).toEqual([...places].sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1)));
    expect(findings.flatMap((finding) => validate(finding))).toEqual([]);
    const many = findings.find((finding) => finding.finding_info.analytic.uid === MANY)!;
    expect(many.count).toBe(3);
    expect(many.evidences.map(({ data }) => [data.file, data.record])).toEqual([
      ['a/events.json', 101],
      ['a/events.json', 102],
      ['a/events.json', 103],
    ]);
    expect(many.evidences[0]?.data.event.raw_data).toBe(event(4625, 1).trim());
    const [incident] = linesOf(incidents);
    expect(validate(incident)).toEqual([]);
    const summary = JSON.parse(stdout) as {
      incidents: { findings: string[]; severity: string; parts: { value: number }[]; score: number }[];
      findings: object;
    };
    expect(summary).toMatchObject({
      files: 1,
      records: { read: 4, parsed: 4, unparsed: 0, refused: {}, duplicates: 0 },
      rules: { loaded: 3, rejected: {} },
    });
    expect(summary.findings).toEqual({ informational: 0, low: 3, medium: 1, high: 1, critical: 0 });
    expect(summary.incidents[0]?.findings).toEqual(findings.map((finding) => finding.finding_info.uid));
    expect(summary.incidents[0]?.score).toBe(summary.incidents[0]?.parts.reduce((sum, part) => sum + part.value, 0));
  });

  it('filters what is written by --min-level, never what is evaluated', async () => {
    const { folder, logs, rules } = folderWith({ 'a.json': STORY });
    const out = join(folder, 'f.ndjson');
    const { stdout } = await yuheng(['hunt', logs, ...rules, '--min-level', 'high', '--out', out, '--json', '--quiet']);
    expect(linesOf(out).map((finding) => finding.finding_info.analytic.uid)).toEqual([HIGH]);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: { informational: 0, low: 0, medium: 0, high: 1, critical: 0 },
      belowMinLevel: 4,
    });
    const told = await yuheng(['hunt', logs, ...rules, '--min-level', 'high', '--fail-on', 'medium']);
    expect(told.status).toBe(1);
    expect(told.stdout).toContain('1 incident in 5 findings.');
    expect(told.stdout).toContain('Below --min-level high: 4 findings, not told.');
    expect(told.stdout).not.toContain('A failed logon');
    expect((JSON.parse(stdout) as { incidents: { findings: string[] }[] }).incidents[0]?.findings).toHaveLength(5);
  });

  it('exits 1 when --fail-on is reached, and 0 when it is not', async () => {
    const { logs, rules } = folderWith({ 'a.json': event(4625, 1) });
    expect((await yuheng(['hunt', logs, ...rules, '--fail-on', 'low', '--quiet'])).status).toBe(1);
    expect((await yuheng(['hunt', logs, ...rules, '--fail-on', 'high', '--quiet'])).status).toBe(0);
  });

  it('leaves out rules by id, tunes them by filter, and looks only at the time asked for', async () => {
    const { folder, logs, rules } = folderWith({ 'a.json': STORY });
    const levels = async (...flags: string[]): Promise<object> =>
      (
        JSON.parse((await yuheng(['hunt', logs, ...rules, '--json', '--quiet', ...flags])).stdout) as {
          findings: object;
        }
      ).findings;
    expect(await levels('--exclude', HIGH)).toMatchObject({ low: 3, high: 0 });
    const filter = `title: not eve\nid: 2b0f3c1e-6f0a-4d8e-9a51-0000000000f1\nlogsource: {product: windows, service: security}\nfilter:\n  rules: [${HIGH}]\n  s: {SubjectUserName: eve}\n  condition: not s\n`;
    writeFileSync(join(folder, 'filter.yml'), filter);
    expect(await levels('--filter', join(folder, 'filter.yml'))).toMatchObject({ low: 3, high: 0 });
    expect(await levels('--from', '2026-03-01T02:00:03Z', '--to', '2026-03-01T02:00:09Z')).toEqual({
      informational: 0,
      low: 1,
      medium: 0,
      high: 0,
      critical: 0,
    });
  });

  it('says how many matches were outside the time asked for', async () => {
    const { logs, rules } = folderWith({ 'a.json': STORY });
    const window = ['--from', '2026-03-01T02:00:03Z', '--to', '2026-03-01T02:00:09Z'];
    const { stdout } = await yuheng(['hunt', logs, ...rules, ...window]);
    expect(stdout).toContain('Outside --from and --to: 3 matches, left out.');
    const machine = await yuheng(['hunt', logs, ...rules, '--from', '2027-03-01', '--json', '--lang', 'zh-CN']);
    expect(JSON.parse(machine.stdout)).toMatchObject({ outside: 4 });
    expect(machine.stderr).toContain('在 --from 与 --to 之外：4 次命中，未计入。');
    expect((await yuheng(['hunt', logs, ...rules])).stdout).not.toContain('Outside');
  });

  it('frees the rules that only an excluded correlation kept silent, and says when an exclusion names nothing', async () => {
    const { folder, logs } = folderWith({ 'a.json': STORY });
    writeFileSync(join(folder, 'silent.yml'), RULES.replace('generate: true', 'generate: false'));
    const call = ['hunt', logs, '--no-builtin-rules', '--rules', join(folder, 'silent.yml'), '--json'];
    const levels = (stdout: string): object => (JSON.parse(stdout) as { findings: object }).findings;
    expect(levels((await yuheng(call)).stdout)).toMatchObject({ low: 0, medium: 1 });
    expect(levels((await yuheng([...call, '--exclude', MANY])).stdout)).toMatchObject({ low: 3, medium: 0 });
    expect((await yuheng([...call, '--exclude', 'no-such-id'])).stderr).toContain(
      '--exclude no-such-id: no rule has this id.',
    );
    expect((await yuheng([...call, '--out', 'x.csv', '--out', 'x.csv'])).status).toBe(2);
  });

  it('joins copies of a record from several places to one finding with every place', async () => {
    const { folder, logs, rules } = folderWith({
      'live/s.json': event(1102, 9),
      'shadow/s.json': event(1102, 9),
      'no-id.json': event(1102, 9, { EventRecordID: undefined }).repeat(2),
    });
    const out = join(folder, 'f.ndjson');
    const { stdout } = await yuheng(['hunt', logs, ...rules, '--out', out, '--json', '--quiet']);
    expect(JSON.parse(stdout)).toMatchObject({ records: { duplicates: 1 }, findings: { high: 3 } });
    const places = linesOf(out).map((finding) => finding.evidences.map(({ data }) => `${data.file}:${data.record}`));
    expect(places).toContainEqual(['live/s.json:109', 'shadow/s.json:109']);
  });

  it('names packed files by what is in them', async () => {
    const { folder, logs, rules } = folderWith({ 'x.json.gz': gzipSync(event(1102, 9)) });
    const out = join(folder, 'f.ndjson');
    await yuheng(['hunt', logs, ...rules, '--out', out, '--quiet']);
    expect(linesOf(out)[0]?.evidences[0]?.data.file).toBe('x.json');
  });

  it('reads standard input', async () => {
    const { rules } = folderWith({});
    const { stdout } = await yuheng(['hunt', '-', ...rules, '--json', '--quiet'], { input: STORY });
    expect(JSON.parse(stdout)).toMatchObject({ findings: { high: 1 } });
  });

  it('writes --out files even when empty, and none without --out', async () => {
    const { folder, logs, rules } = folderWith({ 'a.json': event(4624, 1) });
    const out = ['f.ndjson', 'f.csv', 'f.html'].map((name) => join(folder, name));
    await yuheng(['hunt', logs, ...rules, ...out.flatMap((path) => ['--out', path]), '--quiet']);
    expect(out.map((path) => existsSync(path))).toEqual([true, true, true]);
    expect(readFileSync(out[0]!, 'utf8')).toBe('');
    expect(readFileSync(out[1]!, 'utf8')).toMatch(/^datetime,timestamp_desc,message,/);
  });

  it('prints only machine output on stdout with --json, nothing with --quiet', async () => {
    const { logs, rules } = folderWith({ 'a.json': STORY });
    const machine = await yuheng(['hunt', logs, ...rules, '--json']);
    expect(machine.stdout.trim().split('\n')).toHaveLength(1);
    expect(machine.stderr).toContain('Log cleared');
    expect(await yuheng(['hunt', logs, ...rules, '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('speaks both languages', async () => {
    const { logs, rules } = folderWith({ 'a.json': STORY });
    expect((await yuheng(['hunt', logs, ...rules])).stdout).toContain('1 incident in 5 findings. The worst: ');
    expect((await yuheng(['hunt', logs, ...rules, '--lang', 'zh-CN'])).stdout).toContain('5 条发现构成 1 个安全事件');
    expect((await yuheng(['hunt', '--help'], { env: { LANG: 'zh_CN.UTF-8', LC_ALL: '' } })).stdout).toContain('示例');
  });

  it('tells the books and what was not read in Chinese too', async () => {
    const { logs } = folderWith({
      'auth.log': 'Mar  1 10:00:00 web01 sshd[1]: Failed password for root from 203.0.113.9 port 22 ssh2\n',
      'x.txt': 'hello\n',
      'cut.gz': gzipSync(Buffer.from(STORY)).subarray(0, 40),
      'deep.json': `{"d":${'['.repeat(400)}${']'.repeat(400)}}\n${STORY}`,
      'long.json': event(4625, 1, { CommandLine: 'x'.repeat(1800) }) + STORY,
    });
    const { stdout } = await yuheng(['hunt', logs, '--lang', 'zh-CN', '--max-record-bytes', '1024']);
    expect(stdout).toContain('（未知格式 1）');
    expect(stdout).toContain('按假定补全的时间：年份 1、时区 1（见');
    expect(stdout).toMatch(/拒收：.*不完整 1/);
    expect(stdout).toContain('未读取：cut – 不完整：其余部分缺失。请从来源重新拷贝。');
    expect(stdout).toContain('拒收：deep.json 第 0 字节 – 嵌套过深：第 1 行嵌套超过 200 层。正常日志不会嵌套');
    expect(stdout).toMatch(/拒收：long\.json 第 0 字节 – 过长：第 1 行有 \d+ 字节，最多读取 1024 字节。若需要/);
    const none = await yuheng(['hunt', '/no/such/place', '--lang', 'zh-CN']);
    expect(none.stderr).toMatch(/^YH-NO-INPUT: 没有可读取的内容。.*\/no\/such\/place: 不存在：没有这个文件或文件夹。/);
  });

  it.each([
    [['--help']],
    [['hunt', '--help']],
    [['rules', '--help']],
    [['rules', 'explain', '--help']],
    [['doctor', '--help']],
    [['tenant', '--help']],
  ])('leaves no English title in Chinese help: %j', async (call) => {
    const { stdout } = await yuheng([...call, '--lang', 'zh-CN']);
    expect(stdout).toContain('用法：');
    expect(stdout).not.toMatch(/Usage|Options|Commands|Arguments|default:|env:|display help/);
  });

  it.each([
    [['hunt'], '缺少参数 path。'],
    [['hunt', 'samples', '--year'], '选项 --year <year> 缺少取值。'],
    [['hunt', 'samples', '--nope'], '没有选项 --nope。'],
    [['version', 'x'], '参数过多。'],
    [['hunter'], '没有命令 hunter。是否想用 hunt？'],
  ])('complains of %j in Chinese', async (call, complaint) => {
    const { status, stderr } = await yuheng(call, { env: { YUHENG_LANG: 'zh-CN' } });
    expect([status, stderr]).toEqual([2, `YH-USAGE: ${complaint}请看 \`yuheng --help\`。\n`]);
  });
});

describe('dates without a year', () => {
  const line = (month: string, hour = 10): string =>
    `${month} ${hour}:00:00 web01 sshd[1]: Failed password for root from 203.0.113.9 port 50022 ssh2\n`;
  const rule = `title: Failed password\nid: 2b0f3c1e-6f0a-4d8e-9a51-0000000000c1\nlogsource: {product: linux, service: sshd}\ndetection: {keywords: ['Failed password'], condition: keywords}\nlevel: low\n`;

  async function years(files: { readonly [name: string]: string }, ...flags: string[]): Promise<number[]> {
    const { folder, logs } = folderWith(files);
    writeFileSync(join(folder, 'linux.yml'), rule);
    const out = join(folder, 'f.ndjson');
    await yuheng([
      'hunt',
      logs,
      '--no-builtin-rules',
      '--rules',
      join(folder, 'linux.yml'),
      '--out',
      out,
      '--quiet',
      ...flags,
    ]);
    return linesOf(out).map((finding) => new Date(finding.time).getUTCFullYear());
  }

  it('get the year of the newest dated record of the same folder, counted back over New Year', async () => {
    const dated = `{"Channel":"Security","EventID":4624,"Computer":"a","TimeCreated":"2019-02-01T00:00:00Z"}\n`;
    expect(await years({ 'auth.log': line('Dec 31') + line('Jan  1'), 'events.json': dated })).toEqual([2018, 2019]);
  });

  it('get the year that is given', async () => {
    expect(await years({ 'auth.log': line('Dec 31') + line('Jan  1') }, '--year', '2015')).toEqual([2014, 2015]);
  });
});

it('the samples tell two incidents, and all of their logs is understood', async () => {
  const { stdout } = await yuheng(['hunt', 'samples/', '--json', '--quiet']);
  const { incidents, records } = JSON.parse(stdout) as {
    incidents: { severity: string; entities: { kind: string; value: string }[] }[];
    records: object;
  };
  expect(incidents.map((incident) => incident.severity)).toEqual(['critical', 'high']);
  expect(records).toMatchObject({ unparsed: 6, refused: {} });
});

describe('the other commands', () => {
  it('version, doctor and completions', async () => {
    expect((await yuheng(['version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const doctor = await yuheng(['doctor', '--json']);
    expect(JSON.parse(doctor.stdout)).toMatchObject({ sound: true });
    for (const shell of ['bash', 'zsh']) expect((await yuheng(['completion', shell])).stdout).toContain('--min-level');
    expect((await yuheng(['completion', 'fish'])).status).toBe(2);
  });

  it('says what is wrong with a call', async () => {
    const { status, stderr } = await yuheng(['hunt']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^YH-USAGE: .*path/);
    expect((await yuheng(['nonsense'])).status).toBe(2);
  });

  it('rules test runs the cases beside rules', async () => {
    const folder = emptyFolder();
    const rule = `title: Log cleared\nid: ${HIGH}\nlogsource: {product: windows, service: security}\ndetection: {s: {EventID: 1102}, condition: s}\n`;
    writeFileSync(join(folder, 'cleared.yml'), rule);
    expect((await yuheng(['rules', 'test', folder])).stdout).toContain('no cases beside it');
    const cases = (id: number): string => `match:\n  - name: cleared\n    input: '${event(id, 1).trim()}'\nmiss: []\n`;
    writeFileSync(join(folder, 'cleared.test.yml'), cases(1102));
    expect(await yuheng(['rules', 'test', folder])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^1 rule tested with 1 case, 0 failed/) as string,
    });
    writeFileSync(join(folder, 'cleared.test.yml'), cases(4624));
    expect((await yuheng(['rules', 'test', folder])).status).toBe(1);
  });
});
