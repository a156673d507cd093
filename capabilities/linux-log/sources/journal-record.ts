import type { Fields, Frame, ParseContext, Record } from '@yuheng/engine';
import { messageRecord } from './message-record.ts';
import { facilityName, severityName } from './priority.ts';
import type { SyslogTime } from './syslog-time.ts';

/** A journal entry's fields as a record: what a program said reads as in syslog, the journal's own fields stand beside it. */
export function journalRecord(entry: Fields, frame: Frame, context: ParseContext): Record {
  const text = (...names: string[]): string | undefined => journalText(entry, ...names);
  const message = {
    hostname: text('_HOSTNAME'),
    program: text('SYSLOG_IDENTIFIER', '_COMM'),
    pid: text('SYSLOG_PID', '_PID'),
    message: text('MESSAGE') ?? '',
    facility: facilityName(Number(text('SYSLOG_FACILITY') ?? NaN)),
    severity: severityName(Number(text('PRIORITY') ?? NaN)),
    more: entry,
  };
  const cursor = text('__CURSOR');
  const record = messageRecord(
    message,
    entryTime(text('_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP')),
    frame,
    context,
  );
  return cursor === undefined ? record : { ...record, identity: cursor };
}

/** The first of these fields that is one text. */
export function journalText(entry: Fields, ...names: readonly string[]): string | undefined {
  return names.map((name) => entry[name]).find((value) => typeof value === 'string');
}

/** The journal's times: microseconds since 1970. */
export function entryTime(microseconds: string | undefined): SyslogTime {
  const parts = /^(\d{1,13})(\d{3})$/.exec(microseconds ?? '');
  if (!parts) return { time: { ms: 0, ns: 0 }, assumed: ['missing'] };
  return { time: { ms: Number(parts[1]), ns: Number(parts[2]) * 1000 }, assumed: [] };
}

/** Whether a field may have this name: journald takes upper case only, so no program can forge the names that we give. */
export function isJournalField(name: string): boolean {
  return /^[A-Z0-9_]{1,64}$/.test(name);
}

/** Adds a field's value; a name that comes again makes a list. */
export function addJournalField(fields: Fields, name: string, value: string): void {
  const known = fields[name];
  if (known === undefined) fields[name] = value;
  else if (Array.isArray(known)) known.push(value);
  else fields[name] = [known, value];
}
