import { normalize } from '@yuheng/engine';
import { validate } from '@yuheng/ocsf';
import { describe, expect, it } from 'vitest';
import { recordsOf, sourceById } from '../proof/corpus.ts';

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

/** Inputs that put the name of something every object inherits where a word of the format stands. */
const inputs = (name: string): [string, string][] => [
  ['auditd', `type=${name} msg=audit(1770000000.123:1): arch=${name} ${name}="x" key=${name}`],
  ['auditd', `type=SYSCALL msg=audit(1770000000.123:1): arch=${name} syscall=${name} ${name}=1`],
  ['syslog', `Feb  3 04:05:06 ${name} ${name}[1]: ${name}`],
  ['syslog', `<34>1 2026-02-03T04:05:06Z ${name} ${name} 1 ${name} [${name} ${name}="x"] ${name}`],
  [
    'journald-json',
    `{"__CURSOR":"c","MESSAGE":"x","${name}":"y","action":"${name}","log_type":"${name}","PRIORITY":"${name}"}`,
  ],
  [
    'azure-syslog',
    `{"SyslogMessage":"x","Facility":"${name}","${name}":1,"action":"${name}","SeverityLevel":"${name}"}`,
  ],
  ['laurel', `{"ID":"1770000000.123:1","SYSCALL":{"${name}":"x","SYSCALL":"${name}"},"${name}":{"a":"b"}}`],
];

describe('hostile names', () => {
  it.each(NAMES.flatMap((name) => inputs(name).map(([id, text]) => [id, name, text] as const)))(
    '%s: %s',
    async (id, _, text) => {
      const { records, counts } = await recordsOf(text, id);
      expect(counts.balanced).toBe(true);
      expect(records).toHaveLength(1);
      expect(Object.getPrototypeOf(records[0]!.fields)).toBeNull();
      expect(validate(normalize(records[0]!, sourceById(id)))).toEqual([]);
      expect(records[0]!.kind).toMatch(/^[a-z-]+:(?:other|auditd|execve|auth)$/);
    },
  );

  it('never lets a carrier forge what a program said', async () => {
    const entry = '{"__CURSOR":"c","SYSLOG_IDENTIFIER":"x","MESSAGE":"hello","action":"accepted","user":"root"}';
    const { records } = await recordsOf(entry, 'journald-json');
    expect(records[0]!.fields['action']).toBeUndefined();
  });
});
