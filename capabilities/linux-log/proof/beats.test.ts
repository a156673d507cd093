import { describe, expect, it } from 'vitest';
import type { Record } from '@yuheng/engine';
import { corpusText, hasCorpus, recordsOf } from './corpus.ts';

type Expected = { readonly [name: string]: string };

/** Filebeat's names (2018, before ECS), in our fields. */
const NAMES: { readonly [name: string]: (record: Record) => unknown } = {
  'system.auth.hostname': ({ fields }) => fields['hostname'],
  'system.auth.pid': ({ fields }) => fields['pid'],
  'system.auth.timestamp': ({ fields }) => fields['timestamp'],
  'system.auth.user': ({ fields }) => fields['user'],
  'system.auth.ssh.event': ({ fields }) =>
    String(fields['action']).replace(/^(\w)(\w*?)(?:_user)?$/, (_, a: string, b: string) => a.toUpperCase() + b),
  'system.auth.ssh.ip': ({ fields }) => fields['src_ip'],
  'system.auth.ssh.port': ({ fields }) => fields['src_port'],
  'system.auth.ssh.method': ({ fields }) => fields['auth_method'],
  'system.auth.ssh.signature': ({ fields }) => fields['key'],
  'system.auth.sudo.tty': ({ fields }) => fields['TTY'],
  'system.auth.sudo.pwd': ({ fields }) => fields['PWD'],
  'system.auth.sudo.user': ({ fields }) => fields['USER'],
  'system.auth.sudo.command': ({ fields }) => fields['COMMAND'],
  'system.auth.sudo.error': ({ fields }) => fields['reason'],
  'system.auth.useradd.name': ({ fields }) => fields['user'],
  'system.auth.useradd.uid': ({ fields }) => fields['UID'],
  'system.auth.useradd.gid': ({ fields }) => fields['GID'],
  'system.auth.useradd.home': ({ fields }) => fields['home'],
  'system.auth.useradd.shell': ({ fields }) => fields['shell'],
  'system.auth.groupadd.name': ({ fields }) => fields['group'],
  'system.auth.groupadd.gid': ({ fields }) => fields['GID'],
  'system.auth.program': ({ fields }) => fields['program'],
  'system.auth.message': ({ fields }) => fields['message'],
  'system.syslog.hostname': ({ fields }) => fields['hostname'],
  'system.syslog.program': ({ fields }) => fields['program'],
  'system.syslog.pid': ({ fields }) => fields['pid'],
  'system.syslog.message': ({ fields }) => fields['message'],
  'system.syslog.timestamp': ({ fields }) => fields['timestamp'],
  'auditd.log.sequence': ({ fields }) => fields['serial'],
  'auditd.log.record_type': ({ fields }) => fields['type'],
  'auditd.log.arch': ({ fields }) => fields['ARCH'],
};

/** What Filebeat says under `name`, here; `undefined` where it speaks of itself. */
function readingOf(name: string): ((record: Record) => unknown) | undefined {
  const own = /^auditd\.log\.([\w-]+)$/.exec(name)?.[1];
  return NAMES[name] ?? (own === undefined ? undefined : ({ fields }) => fields[own]);
}

describe.skipIf(!hasCorpus)('Filebeat: what it made of the same lines', () => {
  it.each([
    ['system/auth/test/test.log', 'syslog'],
    ['system/syslog/test/darwin-syslog-sample.log', 'syslog'],
    ['auditd/log/test/test.log', 'auditd'],
  ])('%s gives the fields that Filebeat gives', async (path, id) => {
    const { records } = await recordsOf(corpusText(`logs/beats/${path}`), id, 2018);
    const expected = JSON.parse(corpusText(`logs/beats/${path}-expected.json`)) as Expected[];
    const differences = expected.flatMap((event, index) =>
      Object.entries(event).flatMap(([name, value]) => {
        const reading = readingOf(name);
        const found = reading?.(records[index]!);
        return reading === undefined || String(found) === String(value)
          ? []
          : [{ event: index + 1, name, value, found }];
      }),
    );
    expect(differences).toEqual([]);
    expect(records).toHaveLength(expected.length);
  });

  it.each([
    ['system/auth/test/auth-ubuntu1204.log', 1000, 0],
    ['system/auth/test/secure-rhel7.log', 1000, 0],
    // Lines of a record type that this auditd wrote as a single damaged byte.
    ['auditd/log/test/audit-rhel7.log', 2328, 119],
  ])('reads the lines of %s', async (path, parsed, unparsed) => {
    const id = path.startsWith('auditd') ? 'auditd' : 'syslog';
    const { counts } = await recordsOf(corpusText(`logs/beats/${path}`), id, 2018);
    expect(counts).toMatchObject({ parsed, unparsed });
  });
});
