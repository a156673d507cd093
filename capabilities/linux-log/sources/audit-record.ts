import type { Fields, ParseContext, Record } from '@yuheng/engine';
import { auditFields } from './audit-fields.ts';
import type { AuditEvent } from './audit-joiner.ts';

/** A joined event as a record. */
export function auditRecord(event: AuditEvent, context: ParseContext): Record {
  const fields = auditFields(event.records);
  fields['serial'] = event.serial;
  if (event.node !== undefined) fields['hostname'] = event.node;
  return {
    origin: context.origin,
    number: event.first.number,
    raw: event.texts.join('\n'),
    fields,
    time: event.time,
    kind: auditKind(fields, context),
  };
}

/** Marks what the event answers, and gives the record's kind. An execve that failed started nothing: its `exe` is the caller. */
export function auditKind(fields: Fields, context: ParseContext): string {
  const execve = fields['cmdline'] !== undefined || fields['SYSCALL'] === 'execve' || fields['SYSCALL'] === 'execveat';
  const logType = execve && fields['success'] !== 'no' ? 'execve' : 'auditd';
  if (logType === 'execve') fields['cmdline'] ??= fields['proctitle'] ?? fields['comm'];
  fields['log_type'] = logType;
  return `${context.origin.source}:${logType}`;
}
