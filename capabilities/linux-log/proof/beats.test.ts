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
};

describe.skipIf(!hasCorpus)('Filebeat: system/auth', () => {
  it('gives the fields that Filebeat gives', async () => {
    const { records } = await recordsOf(corpusText('logs/beats/system/auth/test/test.log'), 'syslog', 2018);
    const expected = JSON.parse(corpusText('logs/beats/system/auth/test/test.log-expected.json')) as Expected[];
    const differences = expected.flatMap((event, index) =>
      Object.entries(event).flatMap(([name, value]) => {
        const found = NAMES[name]?.(records[index]!);
        return NAMES[name] === undefined || String(found) === value ? [] : [{ line: index + 1, name, value, found }];
      }),
    );
    expect(differences).toEqual([]);
    expect(records).toHaveLength(expected.length);
  });

  it('reads every line of two real logs', async () => {
    for (const name of ['auth-ubuntu1204.log', 'secure-rhel7.log']) {
      const { counts } = await recordsOf(corpusText(`logs/beats/system/auth/test/${name}`), 'syslog', 2018);
      expect(counts).toMatchObject({ parsed: 1000, unparsed: 0 });
    }
  });
});
