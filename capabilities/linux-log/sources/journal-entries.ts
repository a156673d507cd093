import type { Fields, Frame, ParseContext } from '@yuheng/engine';
import { AuditJoiner } from './audit-joiner.ts';
import { readAuditLine, type AuditLine } from './audit-line.ts';
import { auditRecord } from './audit-record.ts';
import { entryTime, journalRecord, journalText } from './journal-record.ts';

/** Turns a journal's entries into records; the audit records among them are joined to events as in the audit log. */
export class JournalEntries {
  private readonly context: ParseContext;
  private readonly joiner: AuditJoiner;

  constructor(context: ParseContext) {
    this.context = context;
    this.joiner = new AuditJoiner((event) => context.sink.record(auditRecord(event, context), event.texts.length));
  }

  push(entry: Fields, frame: Frame): void {
    const { sink } = this.context;
    const audit = auditLine(entry);
    if (!audit) sink.record(journalRecord(entry, frame, this.context));
    else if (!this.joiner.push(audit, frame, audit.node ?? journalText(entry, '_HOSTNAME'))) sink.joined(frame);
  }

  end(): void {
    this.joiner.end();
  }

  oldest(): number | undefined {
    return this.joiner.oldest();
  }
}

/** An audit record that journald took from the kernel: `TYPE key=value …` with its id beside it, or as the kernel prints it. */
function auditLine(entry: Fields): AuditLine | undefined {
  const message = journalText(entry, 'MESSAGE') ?? '';
  const serial = journalText(entry, '_AUDIT_ID');
  const type = journalText(entry, '_AUDIT_TYPE_NAME');
  const timestamp = journalText(entry, '_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP');
  if (serial === undefined || type === undefined || timestamp === undefined) return readAuditLine(message);
  const body = message.startsWith(`${type} `) ? message.slice(type.length + 1) : message;
  return { type, serial, timestamp, time: entryTime(timestamp).time, body };
}
