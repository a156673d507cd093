import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { windowsEvent, writeEvtx } from '@yuheng/evtx/testing';
import { describe, expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';
import {
  CORRELATION,
  EVENTS,
  PLACEHOLDER,
  RULE,
  ask,
  event,
  explain,
  yuhengJson,
  type Answer,
} from './explain-samples.ts';

describe('what yuheng rules explain is asked about', () => {
  it('says that a placeholder without values rejected the rule', async () => {
    const { stdout, status, json } = await explain(PLACEHOLDER, '', '--json');
    expect([status, json?.kind]).toEqual([1, 'rejected']);
    expect(stdout).toContain('%admins%');
    const told = await explain(PLACEHOLDER, '');
    expect(told.stdout).toContain(
      'rule.yml:6, "By an admin": the placeholder %admins% has no values: a rule with an open placeholder would',
    );
  });

  it('tells of the rejected documents beside a good one', async () => {
    const more = ['One', 'Two', 'Three'].map((title) => `---${PLACEHOLDER.replace('By an admin', title)}`).join('');
    const { stdout, json } = await explain(`${RULE}${more}`, ':1', '--json');
    expect(json).toMatchObject({ kind: 'rule', problems: [{ title: 'One' }, { title: 'Two' }, { title: 'Three' }] });
    expect(stdout).toContain('%admins%');
    const told = await explain(`${RULE}${more}`, ':1');
    expect(told.stdout).toMatch(/record 1, .*: matches\n.*\nAsked about as well, but rejected, so it never ran:\n/s);
    expect(told.stdout).toMatch(/rule\.yml:\d+, "Three": the placeholder %admins% has no values: /);
  });

  it.each(['929A690E-BEF0-4204-A928-EF5E620D6FCC', 'by_admin', 'By an admin'])(
    'finds a rejected rule, and a good one, as %s',
    async (asked) => {
      const folder = emptyFolder();
      const rule = `${PLACEHOLDER}id: 929a690e-bef0-4204-a928-ef5e620d6fcc\nname: by_admin\n`;
      writeFileSync(join(folder, 'events.json'), `${EVENTS[0]}\n`);
      const ask = async (text: string): Promise<Answer> => {
        writeFileSync(join(folder, 'rule.yml'), text);
        const events = join(folder, 'events.json');
        const { stdout } = await yuheng(['rules', 'explain', asked, events, '--json', '--rules', folder]);
        return JSON.parse(stdout) as Answer;
      };
      expect(await ask(rule)).toMatchObject({ kind: 'rejected', problems: [{ code: 'placeholder.unresolved' }] });
      expect(await ask(rule.replace('User|expand', 'User'))).toMatchObject({ kind: 'rule', problems: [] });
    },
  );

  it('explains the documents of a file in turn, and names those that are parts of others', async () => {
    const other = RULE.replace('11111111-', '44444444-').replace('Shell by Office', 'Another');
    const { stdout, status } = await explain(`${CORRELATION}---${other}`, '');
    expect(status).toBe(0);
    expect(stdout.match(/^\S.* \(\S*-8\d*\)$|^Many .*|^Another .*/gm)).toHaveLength(2);
    expect(stdout).toMatch(/told as parts of the above.*\n  "Shell by Office" \(11111111-\S+, .*rule\.yml:2\)\n$/);
    const data = await yuhengJson(`${CORRELATION}---${other}`);
    expect(data.map(({ kind }) => kind)).toEqual(['rule', 'correlation']);
  });

  it('lists what to choose from where many stand in a file, or several are called the same', async () => {
    const many = Array.from({ length: 6 }, (_, index) => RULE.replace(/1{8}/, String(index).repeat(8))).join('---');
    const { status, stderr } = await explain(many, '');
    expect([status, stderr]).toEqual([2, expect.stringContaining('YH-RULE-AMBIGUOUS: ')]);
    expect(stderr).toMatch(/holds 6 rules. Ask for one by its id, with --rules "/);
    expect(stderr).toMatch(/\n {2}"Shell by Office" \(55555555-\S+, .*rule\.yml:\d+\)/);
    const two = `${RULE}---${RULE.replace(/^id: .*\n/m, '').replace('Shell', 'shell')}`;
    const called = await ask('shell by OFFICE', two);
    expect([called.status, called.stderr]).toEqual([
      2,
      expect.stringMatching(/^YH-RULE-AMBIGUOUS: 2 rules are called/),
    ]);
    expect(called.stderr).toMatch(/\(sha256:\w+, rule\.yml:13\)/);
    expect((await ask('shell by OFFICE', two, '--lang', 'zh-CN')).stderr).toContain('有 2 条规则名为');
  });

  it('suggests what was probably meant', async () => {
    expect((await ask('Shell by Ofice', RULE)).stderr).toMatch(/Did you mean:\n {2}"Shell by Office" \(11111111-/);
    expect((await ask('office shell', RULE)).stderr).toMatch(/Did you mean:\n {2}"Shell by Office" \(11111111-/);
    expect((await ask('事件日志清除', RULE, '--lang', 'zh-CN')).stderr).toMatch(/是否指：\n {2}"事件日志被清除"/);
  });

  it('finds a rule by the title of a translation, and calls it so', async () => {
    const { stdout } = await ask('事件日志被清除', RULE, '--lang', 'zh-CN');
    expect(stdout).toMatch(/^事件日志被清除 \(835a2038-/);
    expect((await ask('事件日志被清除', RULE)).stdout).toMatch(/^Event log cleared \(835a2038-/);
  });

  it('says that a record was refused, and why', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'rule.yml'), RULE);
    writeFileSync(join(folder, 'log.json'), `${EVENTS[0]}\n${event(2, { CommandLine: 'x'.repeat(2 ** 20) })}\n`);
    const args = ['rules', 'explain', join(folder, 'rule.yml'), join(folder, 'log.json:2')];
    const { status, stderr } = await yuheng(args);
    expect([status, stderr]).toEqual([2, expect.stringContaining('YH-NO-RECORD: No record 2 of ')]);
    expect(stderr).toMatch(/Refused: too-long: line 2 has \d+ bytes, at most 1048576 are read\.$/m);
    expect((await yuheng([...args, '--lang', 'zh-CN'])).stderr).toMatch(/拒收：过长：第 2 行有 \d+ 字节/);
    const whole = await yuheng([...args.slice(0, 3), join(folder, 'log.json')]);
    expect(whole.stdout).toContain('\nRefused, so not among them: too-long 1\n');
  });

  it('finds a rule by its title, and an EVTX record by its EventRecordID', async () => {
    const folder = emptyFolder();
    const base = { provider: 'P', channel: 'Security', computer: 'host', time: 0 };
    const clear = { ...base, recordId: 1102n, eventId: 1102, data: {} };
    const other = { ...base, recordId: 1103n, eventId: 1, data: {} };
    writeFileSync(join(folder, 'a.evtx'), writeEvtx([windowsEvent(clear), windowsEvent(other)]));
    const { stdout } = await yuheng(['rules', 'explain', 'Event log cleared', join(folder, 'a.evtx:1102')]);
    expect(stdout).toContain('record 1102, 1970-01-01T00:00:00.000Z: matches');
  });

  it.each([
    [['rules', 'explain', 'no such rule', 'package.json'], 'YH-RULE-UNKNOWN'],
    [['rules', 'explain', 'Event log cleared', 'no-such-file.evtx'], 'YH-NO-EVENTS'],
    [['rules', 'explain', 'Event log cleared', 'package.json'], 'YH-NO-EVENTS'],
  ])('cannot: %j', async (args, code) => {
    const { status, stderr } = await yuheng(args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`${code}: `)]);
  });

  it('cannot explain a record that is not there', async () => {
    const { status, stderr } = await explain(RULE, ':99');
    expect([status, stderr]).toEqual([2, expect.stringContaining('YH-NO-RECORD: ')]);
  });
});
