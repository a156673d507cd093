import { describe, expect, it } from 'vitest';
import { recordsOf, sourceOf } from '../proof/corpus.ts';
import { MAX_SD_PARAMS } from './structured-data.ts';
import { MAX_CONTINUATIONS } from './syslog.ts';

const one = async (line: string, year?: number): Promise<{ [name: string]: unknown }> => {
  const { records } = await recordsOf(line, 'syslog', year);
  return { ...records[0]!.fields };
};

describe('syslog headers', () => {
  it.each([
    [
      'RFC 3164',
      'Feb  3 04:05:06 web01 sshd[12]: hello',
      { hostname: 'web01', program: 'sshd', pid: '12', message: 'hello' },
    ],
    ['a priority', '<38>Feb  3 04:05:06 web01 sshd[12]: hello', { priority: 38, facility: 'auth', severity: 'info' }],
    ['no host', 'Feb  3 04:05:06 dropbear[9]: hello', { program: 'dropbear', pid: '9', message: 'hello' }],
    ['no tag', '<13>Feb  3 04:05:06 web01 just text', { hostname: 'web01', message: 'just text' }],
    [
      'an ISO time',
      '2026-02-03T04:05:06.789012+08:00 web01 CRON[7]: (root) CMD (id)',
      { program: 'CRON', log_type: 'cron', command: 'id' },
    ],
    [
      'a journal time',
      '2026-02-03T04:05:06+0800 web01 su[7]: FAILED SU (to root) eve on pts/1',
      { log_type: 'su', action: 'refused' },
    ],
    [
      'a PAM module behind the program',
      'Feb  3 04:05:06 web01 su(pam_unix)[7]: session closed for user root',
      { log_type: 'su', pam_module: 'pam_unix', action: 'session_closed' },
    ],
    [
      'a path before the program',
      'Feb  3 04:05:06 web01 /usr/sbin/cron[7]: (eve) RELOAD (crontabs/eve)',
      { log_type: 'cron', action: 'crontab_loaded' },
    ],
    [
      'RFC 5424',
      '<165>1 2026-02-03T04:05:06.003Z web01 app 77 ID47 [ex@1 a="b \\"c\\"" d="e"][two x="y"] \ufeffhello',
      {
        version: '1',
        msgid: 'ID47',
        program: 'app',
        pid: '77',
        message: 'hello',
        facility: 'local4',
        severity: 'notice',
      },
    ],
    ['RFC 5424 with nothing', '<0>1 - - - - - -', { version: '1', message: '', severity: 'emerg' }],
  ])('reads %s', async (_, line, expected) => expect(await one(line)).toMatchObject(expected));

  it('keeps structured data as a tree that rules can descend into', async () => {
    const fields = await one('<34>1 2026-02-03T04:05:06Z h p - - [__proto__ a="1"][meta n="2"] m');
    expect(fields['structured_data']).toEqual(
      Object.assign(Object.create(null), { ['__proto__']: { a: '1' }, meta: { n: '2' } }),
    );
    expect(({} as { a?: string }).a).toBeUndefined();
  });

  it('keeps a bounded number of structured parameters', async () => {
    const params = Array.from({ length: MAX_SD_PARAMS + 1 }, (_, index) => `p${index}="x"`).join(' ');
    const fields = await one(`<34>1 2026-02-03T04:05:06Z h p - - [a ${params}] m`);
    const { a } = fields['structured_data'] as { a: object };
    expect(Object.keys(a)).toHaveLength(MAX_SD_PARAMS);
    expect(fields['message']).toBe('m');
  });

  it.each([
    ['no header at all', 'hello world', 'no-syslog-line'],
    ['a priority over 191', '<192>Feb  3 04:05:06 web01 a: b', 'no-syslog-line'],
    ['a month that is none', 'Foo  3 04:05:06 web01 a: b', 'impossible-time'],
    ['a day that is none', 'Feb 31 04:05:06 web01 a: b', 'impossible-time'],
    ['broken structured data', '<34>1 2026-02-03T04:05:06Z h p - - [a b= m', 'no-syslog-line'],
  ])('leaves %s', async (_, line, reason) => {
    const { counts } = await recordsOf(line, 'syslog');
    expect(counts.unparsedBy).toEqual({ [reason]: 1 });
    expect(counts.balanced).toBe(true);
  });

  it('takes year and zone from the context and says so', async () => {
    const { records } = await recordsOf('Dec 31 23:59:59 h a: b\nJan  1 00:00:01 h a: b', 'syslog', 2025);
    expect(records.map(({ time }) => new Date(time.ms).toISOString())).toEqual([
      '2025-12-31T23:59:59.000Z',
      '2026-01-01T00:00:01.000Z',
    ]);
    expect(records[0]!.assumed).toEqual(['year', 'zone']);
    const iso = await recordsOf('2026-02-03T04:05:06.123456+08:00 h a: b', 'syslog');
    expect(iso.records[0]).toMatchObject({ time: { ms: Date.UTC(2026, 1, 2, 20, 5, 6, 123), ns: 456_000 } });
    expect(iso.records[0]!.assumed).toBeUndefined();
  });
});

describe('syslog files', () => {
  it('joins continuation lines to the message before them, up to a bound', async () => {
    const more = (count: number): string =>
      `Feb  3 04:05:06 h a: b\n${'\tmore\n'.repeat(count)}Feb  3 04:05:07 h a: c\n`;
    const joined = await recordsOf(more(MAX_CONTINUATIONS), 'syslog');
    expect(joined.records).toHaveLength(2);
    expect(joined.counts).toMatchObject({ read: MAX_CONTINUATIONS + 2, parsed: MAX_CONTINUATIONS + 2 });
    const over = await recordsOf(more(MAX_CONTINUATIONS + 1), 'syslog');
    expect(over.counts).toMatchObject({ parsed: MAX_CONTINUATIONS + 2, unparsed: 1 });
  });

  it('joins audit records that were passed on', async () => {
    const audit = (type: string, body: string): string =>
      `Feb  3 04:05:06 web01 audispd: type=${type} msg=audit(1770000000.123:7): ${body}\n`;
    const text =
      audit('SYSCALL', 'arch=c000003e syscall=59 success=yes pid=5 exe="/bin/id"') +
      audit('EXECVE', 'argc=1 a0="id"') +
      audit('PROCTITLE', 'proctitle="id"');
    const { records, counts } = await recordsOf(text, 'syslog');
    expect(counts).toMatchObject({ read: 3, parsed: 3 });
    expect(records[0]!.fields).toMatchObject({
      hostname: 'web01',
      cmdline: 'id',
      SYSCALL: 'execve',
      log_type: 'execve',
    });
    expect(records[0]!.kind).toBe('syslog:execve');
  });

  it('reads the kernel’s own audit lines by number', async () => {
    const fields = await one(
      'Feb  3 04:05:06 web01 kernel: [ 12.345678] audit: type=1400 audit(1770000000.123:8): apparmor="DENIED" operation="open" name="/etc/shadow"',
    );
    expect(fields).toMatchObject({ type: 'AVC', apparmor: 'DENIED', name: '/etc/shadow', hostname: 'web01' });
  });

  it('passes over what journalctl writes between its lines', async () => {
    const text =
      '-- Logs begin at Mon 2026-02-02 00:00:00 UTC. --\nFeb  3 04:05:06 web01 sshd[12]: hello\n-- Reboot --\n';
    expect(sourceOf(Buffer.from(text))?.id).toBe('syslog');
    const { records, counts } = await recordsOf(text, 'syslog');
    expect(records).toHaveLength(1);
    expect(counts).toMatchObject({ read: 1, parsed: 1, unparsed: 0 });
  });

  it('is recognised, and what looks alike is not', () => {
    const id = (text: string): string | undefined => sourceOf(Buffer.from(text))?.id;
    expect(id('Feb  3 04:05:06 web01 sshd[12]: hello\n\tmore\n')).toBe('syslog');
    expect(id('2026-02-03T04:05:06.123Z I NETWORK [conn1] end connection\n')).toBeUndefined();
    expect(id('192.0.2.1 - - [03/Feb/2026:04:05:06 +0000] "GET / HTTP/1.1" 200 5\n')).toBeUndefined();
    expect(id('  Feb: indented\n  text: only\n')).toBeUndefined();
  });
});
