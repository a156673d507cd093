import { newFields, type Fields } from '@yuheng/engine';
import { architectureName } from './audit-names.ts';
import type { AuditPairs } from './audit-pairs.ts';
import { readSocketAddress } from './socket-address.ts';
import { syscallName } from './syscalls.ts';

/** Between the keys of a rule that has several. */
const KEY_SEPARATOR = '\x01';

/** Arguments of a system call as numbers, which say nothing beside those of EXECVE. */
const REGISTER = /^a[0-3]$/;

/** One record of an event. */
export interface AuditRecord {
  readonly type: string;
  readonly pairs: AuditPairs;
}

/**
 * The fields of one event by auditd's own names, whatever record they stood in.
 *
 * `type` lists the record types, so that rules on `type: EXECVE` and `type: PATH` both hold. Arguments of an EXECVE take
 * a0, a1 … over from SYSCALL's registers; each PATH is an object in `paths`, its name and nametype stand in `name` and
 * `nametype` as well. A name that two records give different values to becomes a list.
 */
export function auditFields(records: readonly AuditRecord[]): Fields {
  const fields = newFields();
  fields['type'] = single([...new Set(records.map(({ type }) => type))]);
  const paths: Fields[] = [];
  const given = records.filter(({ type }) => type === 'EXECVE').flatMap(({ pairs }) => pairs);
  for (const { type, pairs } of records) {
    if (type === 'EXECVE') continue;
    if (type === 'PATH') paths.push(Object.assign(newFields(), Object.fromEntries(pairs)));
    else for (const [name, value] of pairs) if (given.length === 0 || !REGISTER.test(name)) add(fields, name, value);
  }
  addPaths(fields, paths);
  addArguments(fields, given);
  explain(fields);
  return fields;
}

function add(fields: Fields, name: string, value: string): void {
  const known = fields[name];
  if (known === undefined) fields[name] = value;
  else if (Array.isArray(known)) {
    if (!known.includes(value)) known.push(value);
  } else if (known !== value) fields[name] = [known, value];
}

function addPaths(fields: Fields, paths: readonly Fields[]): void {
  if (paths.length === 0) return;
  for (const path of paths)
    if (path['nametype'] === undefined && path['objtype'] !== undefined) path['nametype'] = path['objtype'];
  fields['paths'] = paths;
  for (const name of ['name', 'nametype']) {
    const values = paths.map((path) => path[name]).filter((value) => value !== undefined);
    const said = fields[name];
    if (said !== undefined && !values.includes(said)) values.unshift(said);
    if (values.length > 0) fields[name] = single(values);
  }
}

/** Long arguments come in pieces (`a1[0]`, `a1[1]` …), many arguments in several EXECVE records. */
function addArguments(fields: Fields, pairs: AuditPairs): void {
  const given = new Map<number, string>();
  for (const [name, value] of pairs) {
    const argument = /^a(\d{1,6})(?:\[\d+\])?$/.exec(name);
    if (argument) given.set(Number(argument[1]), (given.get(Number(argument[1])) ?? '') + value);
    else if (!/^a\d+_len$/.test(name)) fields[name] = value;
  }
  if (given.size === 0) return;
  const ordered = [...given].sort(([a], [b]) => a - b);
  for (const [index, value] of ordered) fields[`a${index}`] = value;
  fields['cmdline'] = ordered.map(([, value]) => value).join(' ');
}

/** What auditd's ENRICHED format would have added: names for numbers. */
function explain(fields: Fields): void {
  const architecture = typeof fields['arch'] === 'string' ? architectureName(fields['arch']) : undefined;
  if (architecture !== undefined) {
    fields['ARCH'] ??= architecture;
    fields['SYSCALL'] ??= syscallName(architecture, Number(fields['syscall']));
  }
  for (const id of ['uid', 'euid', 'auid']) if (fields[id] === '0') fields[id.toUpperCase()] ??= 'root';
  if (typeof fields['saddr'] === 'string' && fields['saddr_fam'] === undefined)
    Object.assign(fields, readSocketAddress(fields['saddr']));
  const key = fields['key'];
  if (typeof key === 'string' && key.includes(KEY_SEPARATOR)) fields['key'] = key.split(KEY_SEPARATOR);
  if (fields['SYSCALL'] === undefined) delete fields['SYSCALL'];
}

function single(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : values;
}
