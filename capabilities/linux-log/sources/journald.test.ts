import { describe, expect, it } from 'vitest';
import { recordsOf, sourceOf } from '../proof/corpus.ts';

function binary(name: string, value: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(value.length));
  return Buffer.concat([Buffer.from(`${name}\n`), size, value, Buffer.from('\n')]);
}

const entry = (message: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      '__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=1770000000123456\n_HOSTNAME=web01\nSYSLOG_IDENTIFIER=sshd\n_PID=7\n',
    ),
    message,
    Buffer.from('\n'),
  ]);
const FAILED = 'Failed password for root from 203.0.113.9 port 22 ssh2';

describe('journald', () => {
  it('reads a binary field of the export format, and says the same as syslog', async () => {
    const bytes = entry(binary('MESSAGE', Buffer.from(FAILED)));
    expect(sourceOf(bytes)?.id).toBe('journald-export');
    const { records } = await recordsOf(bytes, 'journald-export');
    const syslog = await recordsOf(`Feb  2 02:40:00 web01 sshd[7]: ${FAILED}`, 'syslog');
    expect(records[0]).toMatchObject({
      time: { ms: 1_770_000_000_123, ns: 456_000 },
      identity: 's=1;i=2',
      kind: 'journald-export:sshd',
    });
    const { timestamp: _, ...same } = syslog.records[0]!.fields;
    expect(records[0]!.fields).toMatchObject(same);
  });

  it('reads what is cut anywhere', async () => {
    const whole = Buffer.concat([entry(binary('MESSAGE', Buffer.from('a\n\nb'))), entry(Buffer.from('MESSAGE=c\n'))]);
    const source = (await import('./journald-export.ts')).journaldExport;
    async function* bytewise(): AsyncGenerator<Uint8Array> {
      for (const byte of whole) yield Uint8Array.of(byte);
    }
    const frames = [];
    for await (const batch of source.frame(bytewise(), { maxRecordBytes: 1000, refuse: () => {} }))
      frames.push(...batch);
    expect(frames.map(({ value }) => (value as { MESSAGE: string }).MESSAGE)).toEqual(['a\n\nb', 'c']);
    expect(frames[1]!.offset).toBe(whole.lastIndexOf('__CURSOR'));
  });

  it.each([
    ['too-long', entry(binary('MESSAGE', Buffer.alloc(2000, 97)))],
    ['too-long', entry(Buffer.from(`MESSAGE=${'a'.repeat(2000)}\n`))],
    ['damaged', entry(Buffer.from('not a field\n'))],
    ['damaged', entry(Buffer.from('bad-name=1\n'))],
  ])('refuses an entry that is %s, and reads the next', async (reason, bad) => {
    const { records, counts } = await recordsOf(
      Buffer.concat([bad, entry(Buffer.from('MESSAGE=c\n'))]),
      'journald-export',
      2026,
      1000,
    );
    expect(counts.refused).toEqual({ [reason]: 1 });
    expect(records.map(({ fields }) => fields['message'])).toEqual(['c']);
    expect(counts.balanced).toBe(true);
  });

  it('refuses an entry whose field the file does not hold whole', async () => {
    const bytes = entry(binary('MESSAGE', Buffer.alloc(100, 97))).subarray(0, -50);
    const { counts } = await recordsOf(bytes, 'journald-export');
    expect(counts.refused).toEqual({ truncated: 1 });
  });

  it('leaves JSON that is no entry', async () => {
    const { counts } = await recordsOf('{"a":1}\n[1]\nx\n', 'journald-json');
    expect(counts.parsed).toBe(0);
    expect(counts.balanced).toBe(true);
  });

  it('joins the audit records that journald took from the kernel', async () => {
    const audit = (type: string, message: string): string =>
      `${JSON.stringify({ __CURSOR: type, _TRANSPORT: 'audit', _HOSTNAME: 'web01', _AUDIT_ID: '7', _AUDIT_TYPE_NAME: type, _SOURCE_REALTIME_TIMESTAMP: '1770000000123000', MESSAGE: `${type} ${message}` })}\n`;
    const text =
      audit('SYSCALL', 'arch=c000003e syscall=59 success=yes pid=5 exe="/usr/bin/id"') +
      audit('EXECVE', 'argc=2 a0="id" a1="-u"') +
      audit('PROCTITLE', 'proctitle="id"') +
      JSON.stringify({
        __CURSOR: 'k',
        SYSLOG_IDENTIFIER: 'kernel',
        MESSAGE: 'audit: type=1400 audit(1770000001.5:8): apparmor="DENIED"',
      });
    const { records, counts } = await recordsOf(text, 'journald-json');
    expect(records.map(({ kind }) => kind)).toEqual(['journald-json:execve', 'journald-json:auditd']);
    expect(records[0]!.fields).toMatchObject({ cmdline: 'id -u', hostname: 'web01', SYSCALL: 'execve' });
    expect(records[0]!.time).toEqual({ ms: 1_770_000_000_123, ns: 0 });
    expect(counts).toMatchObject({ read: 4, parsed: 4 });
  });
});
