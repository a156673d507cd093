import {
  lines,
  lineShare,
  newFields,
  present,
  type Fields,
  type Frame,
  type Head,
  type ParseContext,
  type Parser,
  type Source,
} from '@yuheng/engine';
import { normalizeLinux } from '../ocsf/index.ts';
import { AuditJoiner } from './audit-joiner.ts';
import { readAuditLine } from './audit-line.ts';
import { auditRecord } from './audit-record.ts';
import { messageRecord } from './message-record.ts';
import { priorityNames } from './priority.ts';
import { readSyslogLine, type SyslogLine } from './syslog-line.ts';
import { readSyslogTime } from './syslog-time.ts';

/** Further lines of one message (they begin with a blank); what is more stands alone, not understood. */
export const MAX_CONTINUATIONS = 256;

/** Syslog files of Linux hosts: RFC 5424, RFC 3164 and the ISO times of rsyslog and journalctl, also mixed. */
export const syslog: Source = {
  id: 'syslog',
  title: { en: 'Syslog (auth.log, secure, messages …)', 'zh-CN': 'Syslog（auth.log、secure、messages 等）' },
  recognise: recogniseSyslog,
  undated: true,
  frame: lines,
  open: (context) => new SyslogParser(context),
  normalize: normalizeLinux,
};

/** Below what is surer of one program's lines inside syslog (haproxy, nginx). Lines that begin with a blank belong to those before. */
function recogniseSyslog(head: Head): number {
  const first = head.lines.find((line) => !JOURNAL_MARK.test(line)) ?? '';
  const own = lineShare(head, (line) => JOURNAL_MARK.test(line) || isSyslog(line));
  const continued = lineShare(head, (line) => /^\s/.test(line));
  return own > 0 && own + continued >= LEAST_SHARE && isSyslog(first) ? 0.6 * (own + continued) : 0;
}

/** What journalctl writes between its lines. */
const JOURNAL_MARK = /^-- (?:Logs begin at|Journal begins at|Boot [0-9a-f]{32}|Reboot) ?.*$/;

/** A file with fewer syslog lines is something else. */
const LEAST_SHARE = 0.6;

function isSyslog(line: string): boolean {
  const read = readSyslogLine(line);
  return (
    read !== undefined &&
    (read.program !== undefined || read.priority !== undefined || /^last message repeated/.test(read.message))
  );
}

class SyslogParser implements Parser {
  private readonly context: ParseContext;
  private readonly joiner: AuditJoiner;
  private held: { readonly line: SyslogLine; readonly frames: Frame[] } | undefined;

  constructor(context: ParseContext) {
    this.context = context;
    this.joiner = new AuditJoiner((event) => context.sink.record(auditRecord(event, context), event.texts.length));
  }

  push(frame: Frame): void {
    if (this.continues(frame)) return;
    this.release();
    const line = readSyslogLine(frame.text);
    if (JOURNAL_MARK.test(frame.text)) return this.context.sink.directive(frame);
    if (!line) return this.context.sink.unparsed(frame, 'no-syslog-line');
    if (!this.pushAudit(line, frame)) this.held = { line, frames: [frame] };
  }

  end(): void {
    this.release();
    this.joiner.end();
  }

  oldest(): number | undefined {
    const held = this.held?.frames[0]?.number;
    const joining = this.joiner.oldest();
    return held !== undefined && joining !== undefined ? Math.min(held, joining) : (held ?? joining);
  }

  /** A line that begins with a blank belongs to the message before it. */
  private continues(frame: Frame): boolean {
    if (!this.held || !/^\s/.test(frame.text) || this.held.frames.length > MAX_CONTINUATIONS) return false;
    this.held.frames.push(frame);
    return true;
  }

  /** Audit records that audisp, rsyslog or the kernel wrote into syslog. */
  private pushAudit(line: SyslogLine, frame: Frame): boolean {
    const audit = readAuditLine(line.message.replace(/^\[ *\d+\.\d+\] /, ''));
    if (!audit) return false;
    if (!this.joiner.push(audit, frame, audit.node ?? line.hostname)) this.context.sink.joined(frame);
    return true;
  }

  private release(): void {
    const { held, context } = this;
    this.held = undefined;
    if (!held) return;
    const { line, frames } = held;
    const at = readSyslogTime(line.timestamp, context);
    if (!at) {
      for (const frame of frames) context.sink.unparsed(frame, 'impossible-time');
      return;
    }
    const message = [line.message, ...frames.slice(1).map(({ text }) => text)].join('\n');
    const frame: Frame = { ...frames[0]!, text: frames.map(({ text }) => text).join('\n') };
    const names = line.priority === undefined ? {} : priorityNames(line.priority);
    const record = messageRecord({ ...line, ...names, message, more: headerFields(line) }, at, frame, context);
    context.sink.record(record, frames.length);
  }
}

/** What only syslog's own header tells. */
function headerFields(line: SyslogLine): Fields {
  const { timestamp, priority, version, messageId, structuredData } = line;
  const told = { timestamp, priority, version, msgid: messageId, structured_data: structuredData };
  return Object.assign(newFields(), present(told));
}
