import { newFields, readEpochSeconds, type Fields, type Frame, type ParseContext, type Record } from '@yuheng/engine';
import { readAuditPairs } from './audit-pairs.ts';
import { auditKind } from './audit-record.ts';

/** `type=AUOMS_EXECVE audit(time:serial): …`: an audit event that Microsoft's collector auoms joined already. */
const LINE = /^type=(AUOMS_[A-Z_]{1,32}) audit\((\d{1,12}\.\d{1,9}):(\d{1,20})\): /;
/** The command line and the title hold anything; the collector's own fields stand behind them. */
const COMMAND = / cmdline="(.*)" redactors=/s;
const TITLE = / proctitle=(.*?) redactors=/s;
const ARGUMENT = /"((?:[^"\\]|\\.)*)"|(\S+)/g;

/** Arguments of a system call as numbers. */
const REGISTER = /^a[0-3]$/;

/** Arguments of a command line beyond this stay in `cmdline` only. */
export const MAX_ARGUMENTS = 256;

/** Reads a message of auoms as the audit event that it tells of; `undefined` when it is none. */
export function auomsRecord(message: string, frame: Frame, context: ParseContext): Record | undefined {
  const line = LINE.exec(message);
  const time = line && readEpochSeconds(line[2]!);
  if (!line || !time) return undefined;
  const fields = readFields(line[1]!, message.slice(line[0].length));
  fields['serial'] = line[3];
  return {
    origin: context.origin,
    number: frame.number,
    raw: frame.text,
    fields,
    time,
    kind: auditKind(fields, context),
  };
}

function readFields(type: string, body: string): Fields {
  const fields = newFields();
  const command = COMMAND.exec(body);
  const title = TITLE.exec(body);
  const tail = command?.index ?? title?.index ?? body.length;
  for (const [name, value] of readAuditPairs(type, body.slice(0, tail))) {
    if (!command || !REGISTER.test(name)) fields[name] ??= value;
  }
  const names = list(body, 'path_name');
  if (names.length > 0) fields['name'] = names;
  fields['type'] = [type, 'SYSCALL', ...(command ? ['EXECVE'] : []), ...(names.length > 0 ? ['PATH'] : [])];
  fields['ARCH'] = fields['arch'];
  fields['SYSCALL'] = fields['syscall'];
  if (fields['node'] !== undefined) fields['hostname'] = fields['node'];
  if (typeof fields['key'] === 'string' && fields['key'].includes(',')) fields['key'] = fields['key'].split(',');
  if (fields['user'] !== undefined) fields['UID'] = fields['user'];
  if (fields['effective_user'] !== undefined) fields['EUID'] = fields['effective_user'];
  if (title) fields['proctitle'] = title[1];
  if (command) addArguments(fields, command[1]!);
  return fields;
}

/** `path_name=["a","b"]`, JSON inside the line. */
function list(body: string, name: string): string[] {
  const text = new RegExp(` ${name}=(\\[(?:"(?:[^"\\\\]|\\\\.)*",?)*\\])`).exec(body)?.[1];
  try {
    return text === undefined ? [] : (JSON.parse(text) as unknown[]).map(String);
  } catch {
    return [];
  }
}

function addArguments(fields: Fields, command: string): void {
  fields['cmdline'] = command;
  let index = 0;
  for (const [, quoted, bare] of command.matchAll(ARGUMENT)) {
    if (index >= MAX_ARGUMENTS) return;
    fields[`a${index++}`] = quoted ?? bare;
  }
}
