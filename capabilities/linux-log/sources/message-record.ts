import { newFields, type Fields, type Frame, type ParseContext, type Record, plainText } from '@yuheng/engine';
import { readProgramMessage } from '../programs/index.ts';
import { isSysmonXml, sysmonRecord } from './sysmon-event.ts';
import type { SyslogTime } from './syslog-time.ts';

/** What every carrier of log messages (syslog, journal, Azure's Syslog table) tells of one. */
export interface LogMessage {
  readonly hostname?: string | undefined;
  readonly program?: string | undefined;
  readonly pid?: string | undefined;
  readonly message: string;
  /** By syslog's names (`authpriv`, `info`). */
  readonly facility?: string | undefined;
  readonly severity?: string | undefined;
  /** What the carrier adds, by its own names. */
  readonly more?: Fields;
}

/** A program's message as a record: the same fields, whatever carried it. */
export function messageRecord(message: LogMessage, at: SyslogTime, frame: Frame, context: ParseContext): Record {
  if (isSysmonXml(message.message)) {
    const sysmon = sysmonRecord(message.message, frame, context);
    if (sysmon) return sysmon;
  }
  const fields = messageFields(message);
  return {
    origin: context.origin,
    number: frame.number,
    raw: frame.text,
    fields,
    time: at.time,
    ...(at.assumed.length > 0 ? { assumed: at.assumed } : {}),
    kind: `${context.origin.source}:${plainText(fields['log_type'])}`,
  };
}

function messageFields({ hostname, program, pid, message, facility, severity, more }: LogMessage): Fields {
  const fields = Object.assign(newFields(), more);
  const told = { hostname, program, pid, message, facility, severity };
  for (const [name, value] of Object.entries(told)) if (value !== undefined) fields[name] = value;
  readProgramMessage(program ?? '', facility, message, fields);
  return fields;
}
