import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';

const RULE = `title: Root signed in
id: 11111111-1111-4111-8111-111111111111
level: high
logsource: { product: linux, service: sshd }
detection:
    selection:
        action: accepted
        user: root
    condition: selection
`;
const LINE = 'Mar  1 08:30:00 web01 sshd[7]: Accepted password for';
const MATCH = `match:\n  - name: root\n    input: '${LINE} root from 10.0.0.9 port 22 ssh2'\n`;
const MISS = `miss:\n  - name: someone else\n    input: '${LINE} eve from 10.0.0.9 port 22 ssh2'\n`;

interface Tested {
  readonly tested: number;
  readonly cases: number;
  readonly failed: readonly unknown[];
  readonly untested: readonly string[];
  readonly problems: readonly { file: string; line?: number; code: string }[];
}

/** Files of a pack; rules of their own ids. */
function pack(files: { readonly [name: string]: string }): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'rules'));
  Object.entries(files).forEach(([name, text], index) => {
    writeFileSync(join(folder, 'rules', name), text.replace('id: 1', `id: ${index}`));
  });
  return join(folder, 'rules');
}

async function test(folder: string): Promise<Tested & { status: number | null }> {
  const { stdout, stderr, status } = await yuheng(['rules', 'test', folder, '--json']);
  expect(stderr).toBe('');
  return { status, ...(JSON.parse(stdout) as Tested) };
}

it('runs the cases beside rules', async () => {
  const folder = pack({ 'a.yml': RULE, 'a.test.yml': MATCH + MISS, 'b.yaml': RULE, 'b.test.yml': MATCH + MISS });
  const sound = { status: 0, tested: 2, cases: 4, failed: [], untested: [], problems: [] };
  expect(await test(folder)).toEqual(sound);
  expect(await test(join(folder, 'b.test.yml'))).toEqual({ ...sound, tested: 1, cases: 2 });
});

it.each<[string, string, [number | undefined, string][]]>([
  ['a name that is none', `mach: 1\n${MATCH}${MISS}`, [[1, 'tests.shape']]],
  [
    'a case without a name',
    `${MATCH}${MISS.replace('name: someone else', 'nam: x')}`,
    [
      [5, 'tests.shape'],
      [5, 'tests.shape'],
    ],
  ],
  ['no YAML', '[oops', [[1, 'tests.syntax']]],
  ['no miss', MATCH, [[1, 'tests.shape']]],
  ['a list', '- match', [[1, 'tests.shape']]],
  ['nothing', '', [[undefined, 'tests.syntax']]],
  ['a case that is no map', `match: [x]\n${MISS}`, [[1, 'tests.shape']]],
  ['a count that is none', `${MATCH}    count: 0\n${MISS}`, [[4, 'tests.shape']]],
  ['a count of what must not be found', `${MATCH}${MISS}    count: 1\n`, [[7, 'tests.shape']]],
])('tells of cases that hold %s, and tests the others', async (_, text, problems) => {
  const folder = pack({ 'a.yml': RULE, 'a.test.yml': text, 'b.yml': RULE, 'b.test.yml': MATCH + MISS });
  const told = await test(folder);
  expect(told).toMatchObject({ status: 1, tested: 1, failed: [] });
  expect(told.problems.map(({ file, line, code }) => [file, line, code])).toEqual(
    problems.map(([line, code]) => [join(folder, 'a.test.yml'), line, code]),
  );
});

it.each<[string, { readonly [name: string]: string }, object]>([
  ['an empty folder', {}, { problems: [{ code: 'rules.none' }] }],
  [
    'cases of no rule',
    { 'gone.test.yml': MATCH + MISS },
    { problems: [{ code: 'tests.orphan' }, { code: 'rules.none' }] },
  ],
  ['a rule without cases', { 'a.yml': RULE }, { tested: 0, untested: [expect.stringContaining('a.yml')] }],
  [
    'no case at all',
    { 'a.yml': RULE, 'a.test.yml': 'match: []\nmiss: []\n' },
    { tested: 0, untested: [expect.stringContaining('a.yml')] },
  ],
  [
    'a rule that does not load',
    { 'a.yml': 'title: a', 'a.test.yml': MATCH + MISS },
    { problems: [{ code: 'rule.logsource' }] },
  ],
  [
    'a near miss that nobody understands',
    { 'a.yml': RULE, 'a.test.yml': `${MATCH}miss:\n  - name: odd\n    input: gibberish\n` },
    { tested: 1, failed: [{ title: 'Root signed in', name: 'odd', kind: 'miss', found: 0, understood: 0 }] },
  ],
])('is not content with %s', async (_, files, told) => {
  expect(await test(pack(files))).toMatchObject({ status: 1, ...told });
});

it('asks no cases of a filter', async () => {
  const filter = `title: f\nlogsource: { product: linux }\nfilter: { rules: any, s: { user: eve }, condition: not s }\n`;
  const folder = pack({ 'a.yml': RULE, 'a.test.yml': MATCH + MISS, 'f.yml': filter });
  expect(await test(folder)).toMatchObject({ status: 0, tested: 1, untested: [], problems: [] });
});

it('says which case of which file came out otherwise, and what was not understood', async () => {
  const odd = 'match:\n  - name: odd\n    input: gibberish\n    count: 2\n';
  const folder = pack({ 'a.yml': RULE, 'a.test.yml': odd + MATCH.replace('match:', 'miss:') });
  const english = await yuheng(['rules', 'test', folder]);
  expect(english.stdout.split('\n')).toEqual([
    `${join(folder, 'a.yml')}: "Root signed in", match "odd": expected 2 findings, found 0; no record of the input was understood, so that nothing was tried`,
    `${join(folder, 'a.yml')}: "Root signed in", miss "root": expected no finding, found 1`,
    '1 rule tested with 2 cases, 2 failed; 0 rules without cases, 0 problems.',
    '',
  ]);
  const chinese = await yuheng(['rules', 'test', folder, '--lang', 'zh-CN']);
  expect(chinese.stdout).toContain('match “odd”：应有 2 个发现，实有 0 个；输入中没有一条记录能被理解');
});

it('runs the example of its own page', async () => {
  const page = readFileSync('docs/reference/rule-tests.md', 'utf8');
  const blocks = [...page.matchAll(/^`([\w.-]+)`:\n\n```yaml\n([\s\S]*?)^```/gm)];
  const folder = pack(Object.fromEntries(blocks.map(([, name, text]) => [name, text])));
  expect(await test(folder)).toEqual({ status: 0, tested: 1, cases: 4, failed: [], untested: [], problems: [] });
});
