import { describe, expect, it } from 'vitest';
import { recordsOf, sourceOf } from '../proof/corpus.ts';
import { MAX_ARGUMENTS } from './auoms.ts';

const EVENT =
  '<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>1</EventID>' +
  '<TimeCreated SystemTime="2026-03-04T05:06:07.123456000Z"/><EventRecordID>42</EventRecordID><Channel>Linux-Sysmon/Operational</Channel><Computer>web01</Computer></System>' +
  '<EventData><Data Name="Image">/usr/bin/id</Data><Data Name="CommandLine">id -u</Data><Data Name="User">root</Data><Data Name="ProcessId">77</Data></EventData></Event>';

describe('Sysmon for Linux', () => {
  const expected = { EventID: '1', Image: '/usr/bin/id', CommandLine: 'id -u', log_type: 'sysmon:1' };

  it('reads XML as it stands', async () => {
    const text = `${EVENT}\n${EVENT}`;
    expect(sourceOf(Buffer.from(text))?.id).toBe('sysmon-linux');
    const { records } = await recordsOf(text, 'sysmon-linux');
    expect(records.map(({ kind }) => kind)).toEqual(['sysmon-linux:sysmon:1', 'sysmon-linux:sysmon:1']);
    expect(String(records[0]!.fields['EventID'])).toBe('1');
    expect(records[0]).toMatchObject({
      recordId: expect.anything(),
      time: { ms: Date.UTC(2026, 2, 4, 5, 6, 7, 123), ns: 456_000 },
    });
  });

  it.each([
    ['syslog', `Mar  4 05:06:07 web01 sysmon: ${EVENT}`],
    ['azure-syslog', JSON.stringify({ Type: 'Syslog', Facility: 'user', ProcessName: 'sysmon', SyslogMessage: EVENT })],
    ['journald-json', JSON.stringify({ __CURSOR: 'c', MESSAGE: EVENT, SYSLOG_IDENTIFIER: 'sysmon' })],
  ])('reads it inside %s', async (id, text) => {
    expect(sourceOf(Buffer.from(text))?.id).toBe(id);
    const { records } = await recordsOf(text, id);
    expect({ ...records[0]!.fields, EventID: String(records[0]!.fields['EventID']) }).toMatchObject(expected);
    expect(records[0]!.kind).toBe(`${id}:sysmon:1`);
  });

  it('leaves the XML of Windows to others', () => {
    expect(sourceOf(Buffer.from(EVENT.replace('Linux-Sysmon', 'Microsoft-Windows-Sysmon')))).toBeUndefined();
  });

  it.each([
    ['cut off inside a value', EVENT.slice(0, EVENT.indexOf(' -u')), { Image: '/usr/bin/id', CommandLine: 'id' }],
    ['cut off between values', EVENT.slice(0, EVENT.indexOf('<Data Name="User')), { CommandLine: 'id -u' }],
    ['without semicolons', EVENT.replace('id -u', '&lt x &amp y'), { CommandLine: '< x & y' }],
  ])('mends an event that came %s', async (_, xml, expected) => {
    const { records } = await recordsOf(`Mar  4 05:06:07 web01 sysmon: ${xml}`, 'syslog');
    expect(records[0]!.fields).toMatchObject({ log_type: 'sysmon:1', ...expected });
  });

  it('keeps a message that only begins like an event', async () => {
    const { records } = await recordsOf(`Mar  4 05:06:07 web01 sysmon: ${EVENT.slice(0, 100)}`, 'syslog');
    expect(records[0]!.fields).toMatchObject({ program: 'sysmon', log_type: 'other' });
  });
});

describe('LAUREL', () => {
  it('gives the fields that auditd gives, and the parent', async () => {
    const event = {
      ID: '1770000000.123:7',
      NODE: 'web01',
      SYSCALL: {
        arch: '0xc000003e',
        syscall: 59,
        success: 'yes',
        pid: 9,
        ppid: 8,
        exe: '/usr/bin/id',
        SYSCALL: 'execve',
        EUID: 'root',
        PPID: { exe: '/bin/sh' },
        key: ['a', 'b'],
      },
      EXECVE: { argc: 2, ARGV: ['id', '-u'] },
      PATH: [{ item: 0, name: '/usr/bin/id', nametype: 'NORMAL' }],
    };
    const text = JSON.stringify(event);
    expect(sourceOf(Buffer.from(text))?.id).toBe('laurel');
    const { records } = await recordsOf(text, 'laurel');
    expect(records[0]!.fields).toMatchObject({
      type: ['SYSCALL', 'EXECVE', 'PATH'],
      a0: 'id',
      a1: '-u',
      cmdline: 'id -u',
      ppid_exe: '/bin/sh',
      name: '/usr/bin/id',
      key: ['a', 'b'],
      hostname: 'web01',
      log_type: 'execve',
    });
  });
});

describe('auoms in the Syslog table', () => {
  it('reads the event that the collector joined', async () => {
    const message =
      'type=AUOMS_EXECVE audit(1770000000.123:7): node=web01 arch=x86_64 syscall=execve success=yes exit=0 a0=7f a1=7e ppid=8 pid=9 user=eve uid=1001 effective_user=root euid=0 exe="/bin/bash" key=a,b cwd="/" path_name=["/bin/bash","/lib/ld.so"] argc=3 cmdline="bash -c "id -u"" redactors= containerid=';
    const text = JSON.stringify({ Facility: 'user', ProcessName: 'auoms', SyslogMessage: message });
    const { records } = await recordsOf(text, 'azure-syslog');
    expect(records[0]!.fields).toMatchObject({
      type: ['AUOMS_EXECVE', 'SYSCALL', 'EXECVE', 'PATH'],
      cmdline: 'bash -c "id -u"',
      a2: 'id -u',
      EUID: 'root',
      SYSCALL: 'execve',
      name: ['/bin/bash', '/lib/ld.so'],
      key: ['a', 'b'],
      hostname: 'web01',
    });
  });

  it('splits a bounded number of arguments off the command line', async () => {
    const command = 'x '.repeat(MAX_ARGUMENTS + 1).trimEnd();
    const message = `type=AUOMS_EXECVE audit(1770000000.123:7): syscall=execve success=yes cmdline="${command}" redactors=`;
    const { records } = await recordsOf(JSON.stringify({ Facility: 'user', SyslogMessage: message }), 'azure-syslog');
    expect(records[0]!.fields[`a${MAX_ARGUMENTS - 1}`]).toBe('x');
    expect(records[0]!.fields[`a${MAX_ARGUMENTS}`]).toBeUndefined();
    expect(records[0]!.fields['cmdline']).toBe(command);
  });
});
