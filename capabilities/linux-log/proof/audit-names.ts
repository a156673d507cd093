import { constants } from 'node:os';
import type { Fields } from '@yuheng/engine';

/** How go-libaudit says what a record says, out of our fields; names that are the same need no entry. */
const NAMES: { readonly [name: string]: (fields: Fields) => unknown } = {
  arch: ({ ARCH }) => ARCH,
  syscall: ({ SYSCALL }) => SYSCALL,
  result: ({ success, res, result, seresult }) => outcome(success ?? res ?? result ?? seresult),
  exit: ({ exit }) => ERRORS.get(-Number(exit)) ?? exit,
  auid: ({ auid }) => unset(auid),
  ses: ({ ses }) => unset(ses),
  'old-auid': (fields) => unset(fields['old-auid']),
  old_auid: (fields) => fields['old-auid'],
  new_auid: (fields) => fields['new-auid'],
  family: ({ saddr_fam, family }) => FAMILIES[String(saddr_fam)] ?? family,
  addr: ({ saddr, laddr, addr }) => (saddr === undefined ? addr : laddr),
  port: ({ lport }) => lport,
  objtype: ({ nametype }) => nametype,
  sig: ({ sig }) => SIGNALS[String(sig)] ?? sig,
};

/** Error names by number, of the machine that runs the test: Linux. */
const ERRORS = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));
const FAMILIES: { readonly [name: string]: string } = {
  inet: 'ipv4',
  inet6: 'ipv6',
  local: 'unix',
  netlink: 'netlink',
};
/** seccomp's only signal. */
const SIGNALS: { readonly [number: string]: string } = { '31': 'SIGSYS' };
const SELINUX = ['user', 'role', 'domain', 'level', 'category'];

/** The value that go-libaudit gives the name `name`. */
export function auditValue(name: string, record: Fields): unknown {
  const path = Array.isArray(record['paths']) ? (record['paths'][0] as Fields) : {};
  const fields = { ...record, ...path };
  const context = /^(subj|obj|scontext|tcontext)_(\w+)$/.exec(name);
  if (context) return part(fields[context[1]!], context[2]!);
  return NAMES[name] ? NAMES[name](fields) : fields[name];
}

/** `user:role:domain:level:category` of an SELinux context; a label of AppArmor is its first part. */
function part(context: unknown, name: string): string | undefined {
  return String(context ?? '').split(':')[SELINUX.indexOf(name)];
}

function outcome(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return /^(?:yes|1|success|granted)$/.test(String(value)) ? 'success' : 'fail';
}

function unset(value: unknown): unknown {
  return value === '4294967295' || value === '-1' ? 'unset' : value;
}
