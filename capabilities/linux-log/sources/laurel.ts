import {
  isObject,
  jsonPieces,
  jsonValues,
  newFields,
  readEpochSeconds,
  valueShare,
  type Fields,
  type Frame,
  type ParseContext,
  type Parser,
  type Source,
  plainText,
} from '@yuheng/engine';
import { normalizeLinux } from '../ocsf/index.ts';
import { auditKind } from './audit-record.ts';

type Json = { readonly [key: string]: unknown };

/** Audit events as JSON, one a line, as the audisp plugin LAUREL writes them: one object for each record type. */
export const laurel: Source = {
  id: 'laurel',
  title: { en: 'Linux audit events as JSON (LAUREL)', 'zh-CN': 'JSON 格式的 Linux 审计事件（LAUREL）' },
  recognise: (head) => 0.95 * valueShare(head, (value) => eventId(value) !== undefined),
  frame: jsonValues,
  divide: jsonPieces,
  open: (context) => new LaurelParser(context),
  normalize: normalizeLinux,
};

/** `ID` is `seconds.milliseconds:serial`; every other upper-case name is a record type. */
function eventId(value: Json): readonly [time: string, serial: string] | undefined {
  const id = /^(\d{1,12}\.\d{1,9}):(\d{1,20})$/.exec(plainText(value['ID']));
  const typed = Object.keys(value).some(
    (name) => /^[A-Z][A-Z_]+$/.test(name) && name !== 'ID' && typeof value[name] === 'object',
  );
  return id && typed ? [id[1]!, id[2]!] : undefined;
}

class LaurelParser implements Parser {
  private readonly context: ParseContext;

  constructor(context: ParseContext) {
    this.context = context;
  }

  push(frame: Frame): void {
    const { sink, origin } = this.context;
    if (!isObject(frame.value)) return sink.unparsed(frame, 'not-json');
    const id = eventId(frame.value);
    const time = id && readEpochSeconds(id[0]);
    if (!id || !time) return sink.unparsed(frame, 'no-audit-event');
    const fields = eventFields(frame.value);
    fields['serial'] = id[1];
    sink.record({ origin, number: frame.number, raw: frame.text, fields, time, kind: auditKind(fields, this.context) });
  }

  end(): void {}
}

/** The same fields that auditd's own lines give. */
function eventFields(value: Json): Fields {
  const fields = newFields();
  const types = Object.keys(value).filter(
    (name) => name !== 'ID' && name !== 'NODE' && value[name] !== null && typeof value[name] === 'object',
  );
  fields['type'] = types.length === 1 ? types[0] : types;
  if (typeof value['NODE'] === 'string') fields['hostname'] = value['NODE'];
  for (const type of types) {
    const content = value[type];
    const records = Array.isArray(content) ? content.filter(isObject) : [content as Json];
    if (type === 'PATH') addPaths(fields, records);
    else for (const record of records) addScalars(fields, record);
  }
  addProcesses(fields, value['SYSCALL']);
  addArguments(fields, value);
  return fields;
}

function addScalars(fields: Fields, record: Json): void {
  for (const [name, content] of Object.entries(record)) {
    if (typeof content === 'string' || typeof content === 'number') fields[name] ??= String(content);
  }
}

function addPaths(fields: Fields, paths: readonly Json[]): void {
  fields['paths'] = paths.map((path) => Object.assign(newFields(), path));
  for (const name of ['name', 'nametype']) {
    const values = paths.map((path) => path[name]).filter((text) => typeof text === 'string');
    if (values.length > 0) fields[name] = values.length === 1 ? values[0] : values;
  }
}

/** LAUREL knows the parent, which auditd does not tell. */
function addProcesses(fields: Fields, syscall: unknown): void {
  const parent = isObject(syscall) ? syscall['PPID'] : undefined;
  if (isObject(parent)) {
    if (typeof parent['exe'] === 'string') fields['ppid_exe'] = parent['exe'];
    if (typeof parent['comm'] === 'string') fields['ppid_comm'] = parent['comm'];
  }
  const keys = isObject(syscall) ? syscall['key'] : undefined;
  if (Array.isArray(keys)) fields['key'] = keys.map(String);
}

function addArguments(fields: Fields, value: Json): void {
  const list = (type: string): string[] | undefined => {
    const record = value[type];
    const given = isObject(record) ? record['ARGV'] : undefined;
    return Array.isArray(given) ? given.map(String) : undefined;
  };
  const given = list('EXECVE');
  const arguments_ = given ?? list('SYSCALL')?.map((register) => register.replace(/^0x/, ''));
  for (const [index, argument] of (arguments_ ?? []).entries()) fields[`a${index}`] = argument;
  if (given) fields['cmdline'] = given.join(' ');
  const title = list('PROCTITLE');
  if (title) fields['proctitle'] = title.join(' ');
}
