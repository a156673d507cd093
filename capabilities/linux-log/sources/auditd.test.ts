import { describe, expect, it } from 'vitest';
import { recordsOf } from '../proof/corpus.ts';
import { EVENT_TIMEOUT_MS, MAX_EVENT_LINES, MAX_OPEN_EVENTS } from './audit-joiner.ts';

const line = (type: string, serial: number, body: string, seconds = 1_770_000_000): string =>
  `type=${type} msg=audit(${seconds}.123:${serial}): ${body}\n`;
const SYSCALL =
  'arch=c000003e syscall=59 success=yes exit=0 a0=55 a1=66 a2=77 a3=8 items=2 ppid=10 pid=11 auid=1000 uid=0 euid=0 ses=3 comm="id" exe="/usr/bin/id" key=(null)';

describe('auditd', () => {
  it('joins the records of one event, also interleaved, and reads their fields', async () => {
    const text =
      line('SYSCALL', 1, SYSCALL) +
      line('SYSCALL', 2, 'arch=c00000b7 syscall=56 success=no exit=-13 pid=12') +
      line('EXECVE', 1, 'argc=3 a0="id" a1=2D2D61 a2_len=4 a2[0]="b c" a2[1]=2064') +
      line('CWD', 1, 'cwd="/tmp"') +
      line('PATH', 1, 'item=0 name="/usr/bin/id" nametype=NORMAL') +
      line('PATH', 1, 'item=1 name=2F746D702F612062 nametype=CREATE') +
      line('PROCTITLE', 1, 'proctitle=6964002D2D61') +
      line('EOE', 1, '') +
      line('EOE', 2, '');
    const { records, counts } = await recordsOf(text, 'auditd');
    expect(records).toHaveLength(2);
    expect(records[0]!.fields).toMatchObject({
      type: ['SYSCALL', 'EXECVE', 'CWD', 'PATH', 'PROCTITLE'],
      SYSCALL: 'execve',
      ARCH: 'x86_64',
      a0: 'id',
      a1: '--a',
      a2: 'b c d',
      cmdline: 'id --a b c d',
      cwd: '/tmp',
      name: ['/usr/bin/id', '/tmp/a b'],
      nametype: ['NORMAL', 'CREATE'],
      proctitle: 'id --a',
      EUID: 'root',
    });
    expect(records[0]!.fields['key']).toBeUndefined();
    expect(records[0]!.fields['a3']).toBeUndefined();
    expect(records[0]!.number).toBe(1);
    expect(records[1]!.fields).toMatchObject({ SYSCALL: 'openat', ARCH: 'aarch64', type: 'SYSCALL' });
    expect(counts).toMatchObject({ read: 9, parsed: 9, unparsed: 0 });
  });

  it('tells events of two hosts apart', async () => {
    const text = ['a', 'b'].map((node) => `node=${node} ${line('SYSCALL', 1, SYSCALL)}`).join('');
    const { records } = await recordsOf(text, 'auditd');
    expect(records.map(({ fields }) => fields['hostname'])).toEqual(['a', 'b']);
  });

  it('opens user messages, enriched parts and several keys', async () => {
    const text =
      line(
        'USER_CMD',
        1,
        `pid=5 uid=1000 auid=1000 ses=1 msg='cwd="/" cmd=6964202D61 exe="/usr/bin/sudo" terminal=pts/0 res=failed'\x1dUID="eve" AUID="eve"`,
      ) + line('SYSCALL', 2, 'arch=c000003e syscall=2 success=yes pid=1 key=6B310161\x1dARCH=x86_64 SYSCALL=open');
    const { records } = await recordsOf(text, 'auditd');
    expect(records[0]!.fields).toMatchObject({ cmd: 'id -a', res: 'failed', UID: 'eve', cwd: '/' });
    expect(records[1]!.fields).toMatchObject({ key: ['k1', 'a'], SYSCALL: 'open' });
  });

  it.each([
    ['inet', '0200005009090909', { saddr_fam: 'inet', laddr: '9.9.9.9', lport: '80' }],
    [
      'inet6',
      '0A0001BB0000000020010DB800000000000000000000000100000000',
      { saddr_fam: 'inet6', laddr: '2001:db8::1', lport: '443' },
    ],
    [
      'any inet6',
      '0A00001600000000000000000000000000000000000000000000',
      { saddr_fam: 'inet6', laddr: '::', lport: '22' },
    ],
    ['local', '01002F72756E2F6100', { saddr_fam: 'local', path: '/run/a' }],
    ['abstract', '01000062757300', { saddr_fam: 'local', path: '@bus' }],
    ['netlink', '100000000000', { saddr_fam: 'netlink' }],
  ])('decodes a socket address: %s', async (_, saddr, expected) => {
    const { records } = await recordsOf(line('SOCKADDR', 1, `saddr=${saddr}`), 'auditd');
    expect(records[0]!.fields).toMatchObject(expected);
  });

  it('closes an event by time', async () => {
    const later = 1_770_000_000 + EVENT_TIMEOUT_MS / 1000 + 1;
    const text = line('SYSCALL', 1, SYSCALL) + line('SYSCALL', 9, SYSCALL, later) + line('CWD', 1, 'cwd="/"');
    expect((await recordsOf(text, 'auditd')).records).toHaveLength(3);
  });

  it('holds a bounded number of open events and of lines', async () => {
    const open = (count: number): string =>
      Array.from({ length: count }, (_, serial) => line('SYSCALL', serial, SYSCALL)).join('');
    const joined = await recordsOf(open(MAX_OPEN_EVENTS) + line('CWD', 0, 'cwd="/"'), 'auditd');
    expect(joined.records).toHaveLength(MAX_OPEN_EVENTS);
    const over = await recordsOf(open(MAX_OPEN_EVENTS + 1) + line('CWD', 0, 'cwd="/"'), 'auditd');
    expect(over.records).toHaveLength(MAX_OPEN_EVENTS + 2);
    const long = await recordsOf(line('PATH', 1, 'name="/a"').repeat(MAX_EVENT_LINES + 1), 'auditd');
    expect(long.records).toHaveLength(2);
    expect(long.counts).toMatchObject({ read: MAX_EVENT_LINES + 1, parsed: MAX_EVENT_LINES + 1 });
  });

  it('counts lines that are no audit lines', async () => {
    const { counts } = await recordsOf(line('SYSCALL', 1, SYSCALL) + 'type=UNKNOWN[1329] msg=\x7f\nhello\n', 'auditd');
    expect(counts.unparsedBy).toEqual({ 'no-audit-line': 2 });
    expect(counts.balanced).toBe(true);
  });

  it('takes no harm from names like __proto__', async () => {
    const { records } = await recordsOf(line('PATH', 1, 'name="/a" __proto__="x" constructor=1'), 'auditd');
    expect(Object.getPrototypeOf(records[0]!.fields)).toBeNull();
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});
