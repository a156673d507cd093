import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';

// Bad input gets a clear answer – what, why, what to do – and the books still balance.

const CLEARED = {
  Channel: 'Security',
  EventID: 1102,
  Computer: 'dc01',
  TimeCreated: '2026-03-01T02:14:05Z',
  SubjectUserName: 'eve',
};
const line = (more: object = {}): string => `${JSON.stringify({ ...CLEARED, ...more })}\n`;

interface Summary {
  readonly files: number;
  readonly records: {
    readonly read: number;
    readonly parsed: number;
    readonly unparsed: number;
    readonly refused: { [reason: string]: number };
  };
  readonly findings: { readonly [level: string]: number };
}

function summaryOf(stdout: string): Summary {
  const summary = JSON.parse(stdout) as Summary;
  const { read, parsed, unparsed, refused } = summary.records;
  expect(read).toBe(parsed + unparsed + Object.values(refused).reduce((sum, count) => sum + count, 0));
  return summary;
}

/** Hunts one file made of these bytes. */
async function huntBytes(content: string | Buffer, ...flags: string[]): Promise<{ summary: Summary; stderr: string }> {
  const file = join(emptyFolder(), 'input.log');
  writeFileSync(file, content);
  const { status, stdout, stderr } = await yuheng(['hunt', file, '--json', ...flags]);
  expect(status, stderr).toBe(0);
  return { summary: summaryOf(stdout), stderr };
}

describe('files', () => {
  it('empty: read, and nothing in it', async () => {
    const { summary, stderr } = await huntBytes('');
    expect(summary.records.read).toBe(0);
    expect(stderr).toContain('Nothing was found: there are no records in what was read.');
  });

  it('of no known format: does not end as if all were well', async () => {
    const { stderr } = await huntBytes('hello\nworld\n');
    expect(stderr).toMatch(/^Nothing was understood, .* of 2 records none is in a format .*`yuheng doctor`/m);
    expect(stderr).not.toContain('Nothing was found');
    expect((await huntBytes('hello\n', '--lang', 'zh-CN')).stderr).toContain('没有任何记录被解析');
    expect((await huntBytes(line({ EventID: 1 }))).stderr).toContain('Nothing was found.');
  });

  it('cut in the middle of a record: the rest is read, the cut told', async () => {
    const { summary, stderr } = await huntBytes(`[${JSON.stringify(CLEARED)},{"Channel":"Security","Eve`);
    expect(summary.records).toMatchObject({ parsed: 1, refused: { truncated: 1 } });
    expect(stderr).toMatch(/input\.log at byte \d+ – truncated: .*copy it again/);
  });

  it('binary: named with the reason, and exit 2 when it was all there was', async () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 'photo.jpg'),
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 1, 0, 0, 1]),
    );
    const alone = await yuheng(['hunt', folder]);
    expect(alone.status).toBe(2);
    expect(alone.stderr).toContain('YH-NO-INPUT');
    writeFileSync(join(folder, 'a.json'), line());
    const beside = await yuheng(['hunt', folder, '--json']);
    expect(beside.status).toBe(0);
    expect(summaryOf(beside.stdout).records.refused).toEqual({ 'unknown-format': 1 });
    expect(beside.stderr).toMatch(/photo\.jpg at byte 0 – unknown-format: no log format begins with ffd8ff/);
  });

  it.each([
    [
      'UTF-16 with its mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(line({ SubjectUserName: '管理员' }), 'utf16le')]),
    ],
    ['GBK', Buffer.concat([Buffer.from(line().slice(0, -3)), Buffer.from([0xb9, 0xdc]), Buffer.from('"}\n')])],
    ['CRLF', line().replace('\n', '\r\n').repeat(2)],
  ])('%s is read as it is meant', async (_, content) => {
    const { summary } = await huntBytes(content);
    expect(summary.records.unparsed).toBe(0);
    expect(summary.records.parsed).toBeGreaterThan(0);
  });

  it('a single line of 1 GB: refused with its length, in little memory', async () => {
    const folder = emptyFolder();
    const file = join(folder, 'long.json');
    writeFileSync(join(folder, 'first'), line());
    const make = `(cat "$1/first"; printf '{"a":"'; head -c 1073741824 /dev/zero | tr '\\0' x; printf '"}\\n'; cat "$1/first") > "$1/long.json"`;
    execFileSync('sh', ['-c', make, 'sh', folder]);
    const { status, stdout, stderr } = await yuheng(['hunt', file, '--json']);
    expect(status).toBe(0);
    const summary = JSON.parse(stdout) as Summary & { peakMemoryMb: number };
    expect(summary.records).toMatchObject({ parsed: 2, refused: { 'too-long': 1 } });
    expect(stderr).toMatch(
      /too-long: line 2 has 1073741832 bytes, at most 1048576 are read\. Raise --max-record-bytes/,
    );
    expect(summary.peakMemoryMb).toBeLessThan(400);
  }, 120_000);

  it('a first record that is larger than what recognition looks at is read all the same', async () => {
    const { summary } = await huntBytes(line({ CommandLine: 'x'.repeat(500_000) }) + line());
    expect(summary.records).toMatchObject({ parsed: 2, unparsed: 0 });
  });

  it('a record over the bound is refused with offset and length; the bound can be moved', async () => {
    const content = line() + line({ CommandLine: 'x'.repeat(2000) });
    const small = await huntBytes(content, '--max-record-bytes', '1024');
    expect(small.summary.records).toMatchObject({ parsed: 1, refused: { 'too-long': 1 } });
    expect(small.stderr).toMatch(/at byte 117 – too-long: line 2 has 2\d\d\d bytes/);
    expect((await huntBytes(content)).summary.records).toMatchObject({ parsed: 2, refused: {} });
  });

  it('a line that nests 100,000 deep costs itself, not the hunt', async () => {
    const deep = `${JSON.stringify(CLEARED).slice(0, -1)},"d":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`;
    const { summary, stderr } = await huntBytes(line() + deep + line(), '--workers', '2');
    expect(summary.records).toMatchObject({ parsed: 2, refused: { 'too-deep': 1 } });
    expect(stderr).toMatch(/too-deep: line 2 nests over 200 deep/);
  });

  it('a path that loops ends', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'a'));
    symlinkSync('..', join(folder, 'a/up'));
    writeFileSync(join(folder, 'a/log.json'), line());
    const { stdout } = await yuheng(['hunt', folder, '--json', '--quiet']);
    expect(summaryOf(stdout)).toMatchObject({ files: 1, records: { read: 1 } });
  });

  it('a gzip bomb stops at its bound, and what came before it was read', async () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 'bomb.gz'),
      gzipSync(Buffer.concat([Buffer.from(line()), Buffer.alloc(400 * 1024 * 1024, 120)])),
    );
    const { status, stdout, stderr } = await yuheng(['hunt', folder, '--json']);
    expect(status).toBe(0);
    expect(summaryOf(stdout).records).toMatchObject({ parsed: 1, refused: { 'too-large': 1 } });
    expect(stderr).toMatch(/Not read: bomb – too-large: /);
  }, 60_000);

  it('a missing path is said, with what to do', async () => {
    const { status, stderr } = await yuheng(['hunt', '/no/such/place']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^YH-NO-INPUT: .*\/no\/such\/place/s);
  });
});

/** A rule that surely matches the line above, whatever rules are built in. */
const RULE_ID = '2b0f3c1e-6f0a-4d8e-9a51-0000000000aa';
const RULE = `title: Log cleared
id: ${RULE_ID}
logsource: {product: windows, service: security}
detection: {s: {EventID: 1102}, condition: s}
level: high
`;

const FILTER = `title: not eve
id: 2b0f3c1e-6f0a-4d8e-9a51-0000000000af
logsource: {product: windows, service: security}
filter: {rules: [${RULE_ID}], s: {SubjectUserName: eve}, condition: not s}
`;

/** An empty zip archive: its end of the central directory. */
const ZIP = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]);

describe('rules', () => {
  async function withRules(...texts: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
    const [folder, log] = [emptyFolder(), join(emptyFolder(), 'log.json')];
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, `rule${index}.yml`), text);
    writeFileSync(log, line({ CommandLine: `${'a'.repeat(60)}!` }));
    return yuheng(['hunt', log, '--rules', folder, '--json']);
  }

  it('a catastrophic regular expression does not hang', async () => {
    const rule = `title: t\nid: 0b7e5d0a-3a4e-4b1e-8f57-111111111111\nlogsource: {product: windows}\ndetection:\n  s:\n    CommandLine|re: '^(a+)+$'\n  condition: s\nlevel: high\n`;
    const { status, stdout } = await withRules(rule);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rules: { rejected: {} } });
  });

  it.each([
    ['no YAML', 'title: [unclosed\n  - {', 'yaml'],
    ['no rule', 'just: text\n', 'rule'],
  ])('a file that is %s is rejected with its reason and changes nothing else', async (_, text, reason) => {
    const { status, stdout, stderr } = await withRules(RULE, text);
    expect(status).toBe(0);
    const { rules, records } = JSON.parse(stdout) as { rules: { rejected: object }; records: { parsed: number } };
    expect(Object.keys(rules.rejected).join()).toContain(reason);
    expect(records.parsed).toBe(1);
    expect(stderr).toMatch(/^Rejected: rule1\.yml(?::\d)? – .+: .+ → .+$/m);
  });

  it('and is told in Chinese where that was asked for', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'bad.yml'), 'just: text\n');
    writeFileSync(join(folder, 'rule.yml'), RULE);
    writeFileSync(join(folder, 'log.json'), line());
    const call = ['hunt', join(folder, 'log.json'), '--rules', folder, '--lang', 'zh-CN'];
    expect((await yuheng(call)).stdout).toMatch(/^被拒绝：bad\.yml:1 – [^a-z]+：.+ → .+$/m);
  });

  it('more of them are counted, with the call that tells of each', async () => {
    const { stderr } = await withRules(RULE, ...Array<string>(4).fill('title: [unclosed\n'));
    expect(stderr).toMatch(/ 4 rejected\.\nWhy 4 rules were rejected is told by: yuheng rules check \S+\n/);
    expect(stderr).not.toContain('Rejected: ');
  });

  it.each<[what: string, files: { readonly [name: string]: string | Buffer }, flags: string[], why: RegExp]>([
    [
      'an empty folder',
      { 'r/.keep': '' },
      ['--rules', 'r'],
      /--rules \S+r gives no rule: it holds no \.yml file\. Give /,
    ],
    ['an archive', { 'r.zip': ZIP }, ['--rules', 'r.zip'], /it is an archive, which has to be unpacked/],
    [
      'a program',
      { r: Buffer.from([127, 69, 76, 70, 2, 0xff, 10]) },
      ['--rules', 'r'],
      /all in it is rejected\. \S+r(?::\d+)?: /,
    ],
    ['comments', { 'r.yml': '# none\n' }, ['--rules', 'r.yml'], /its files are empty, or hold other documents/],
    ['a filter among the rules', { 'r.yml': FILTER }, ['--rules', 'r.yml'], /gives no rule/],
    ['an empty folder of filters', { 'f/.keep': '' }, ['--filter', 'f'], /--filter \S+f gives no filter: it holds no/],
    [
      'a rule among the filters',
      { 'f.yml': RULE },
      ['--filter', 'f.yml'],
      /--filter \S+f\.yml holds a rule and not a filter/,
    ],
    ['no rule at all', {}, ['--no-builtin-rules'], /There is no rule to hunt with/],
    [
      'none but those left out',
      { 'r.yml': RULE },
      ['--no-builtin-rules', '--rules', 'r.yml', '--exclude', RULE_ID],
      /There is no rule to/,
    ],
  ])('%s: refused, for the hunt would tell nothing', async (_, files, [flag, path, ...more], why) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'log.json'), line());
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const flags = [flag!, ...(path === undefined ? [] : [path]), ...more].map((word) =>
      files[word] === undefined && !existsSync(join(folder, word)) ? word : join(folder, word),
    );
    const { status, stdout, stderr } = await yuheng(['hunt', join(folder, 'log.json'), ...flags]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^YH-RULES-NONE: /);
    expect(stderr).toMatch(why);
  });

  it('rules check says file, line, what, why and what to do', async () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 'bad.yml'),
      'title: t\nlogsource: {product: windows}\ndetection:\n  s:\n    A|contain: x\n  condition: s\n',
    );
    const { status, stdout } = await yuheng(['rules', 'check', folder]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^\S*bad\.yml:5: error \S+: .+ → .+/);
  });
});

describe('output', () => {
  it.skipIf(!existsSync('/dev/full'))('a full disk: exit 2, said clearly, nothing half written', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'log.json'), line());
    const { status, stderr } = await yuheng(
      ['hunt', join(folder, 'log.json'), '--out', join(folder, 'full.ndjson'), '--quiet'],
      {},
    );
    expect([status, stderr]).toEqual([0, '']);
    writeFileSync(join(folder, 'rule.yml'), RULE);
    symlinkSync('/dev/full', join(folder, 'disk.ndjson'));
    const full = await yuheng([
      'hunt',
      join(folder, 'log.json'),
      '--rules',
      join(folder, 'rule.yml'),
      '--out',
      join(folder, 'disk.ndjson'),
    ]);
    expect(full.status).toBe(2);
    expect(full.stderr).toMatch(/YH-FILE-NO-SPACE: .*disk\.ndjson/);
  });

  it('a folder that is not there: said before anything is read', async () => {
    const file = join(emptyFolder(), 'log.json');
    writeFileSync(file, line());
    const { status, stderr } = await yuheng(['hunt', file, '--out', '/no/such/folder/x.csv']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^YH-FILE-MISSING: .*\/no\/such\/folder/);
  });

  it('a hostile value reaches neither terminal, nor HTML, nor a spreadsheet as anything but text', async () => {
    const folder = emptyFolder();
    const hostile = '\u001b[2J\u202e<script>alert(1)</script>';
    writeFileSync(join(folder, 'log.json'), line({ Computer: hostile, SubjectUserName: '=cmd|calc!A1' }));
    const [csv, html] = [join(folder, 'out.csv'), join(folder, 'out.html')];
    writeFileSync(join(folder, 'rule.yml'), RULE);
    const rules = ['--rules', join(folder, 'rule.yml')];
    const { status, stdout } = await yuheng(['hunt', join(folder, 'log.json'), ...rules, '--out', csv, '--out', html]);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
    expect(readFileSync(html, 'utf8')).not.toContain('<script>alert');
    const cells = readFileSync(csv, 'utf8');
    expect(cells).toContain('=cmd');
    expect(cells).not.toMatch(/(?:^|,)"?=cmd/m);
    expect(cells).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('options', () => {
  it.each([
    ['--min-level', 'loud'],
    ['--timezone', 'Mars/Olympus'],
    ['--encoding', 'klingon'],
    ['--from', 'yesterday'],
    ['--out', 'x.pdf'],
    ['--workers', '0'],
    ['--lang', 'fr'],
    ['--lang', 'zh'],
  ])('%s %s is refused with what it takes', async (flag, value) => {
    const { status, stderr } = await yuheng(['hunt', resolve('README.md'), flag, value]);
    expect(status).toBe(2);
    expect(stderr).toMatch(new RegExp(`^YH-USAGE: ${flag} .*It takes: `));
  });

  it.each([
    ['2026-03-02', '2026-03-01'],
    ['2026-03-01', '2026-03-01'],
    ['2026-03-01T08:00+08:00', '2026-03-01T00:00Z'],
  ])('--from %s --to %s is refused: there is no time between', async (from, to) => {
    const { status, stderr } = await yuheng(['hunt', resolve('README.md'), '--from', from, '--to', to]);
    expect(status).toBe(2);
    expect(stderr).toContain(`YH-USAGE: There is no time between --from ${from} and --to ${to}.`);
  });

  it('speaks Chinese when asked', async () => {
    const { stderr } = await yuheng(['hunt', resolve('README.md'), '--min-level', 'loud', '--lang', 'zh-CN']);
    expect(stderr).toMatch(/^YH-USAGE: --min-level 不接受/);
  });
});
