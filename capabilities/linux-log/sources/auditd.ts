import { lines, lineShare, type Frame, type ParseContext, type Parser, type Source } from '@yuheng/engine';
import { normalizeLinux } from '../ocsf/index.ts';
import { AuditJoiner } from './audit-joiner.ts';
import { readAuditLine } from './audit-line.ts';
import { auditRecord } from './audit-record.ts';

/** The Linux audit daemon's log (/var/log/audit/audit.log), raw or enriched; all records of one event are one record. */
export const auditd: Source = {
  id: 'auditd',
  title: { en: 'Linux audit log (auditd)', 'zh-CN': 'Linux 审计日志（auditd）' },
  recognise: (head) => 0.95 * lineShare(head, (line) => readAuditLine(line) !== undefined),
  frame: lines,
  open: (context) => new AuditdParser(context),
  normalize: normalizeLinux,
};

class AuditdParser implements Parser {
  private readonly context: ParseContext;
  private readonly joiner: AuditJoiner;

  constructor(context: ParseContext) {
    this.context = context;
    this.joiner = new AuditJoiner((event) => context.sink.record(auditRecord(event, context), event.texts.length));
  }

  push(frame: Frame): void {
    const line = readAuditLine(frame.text);
    if (!line) this.context.sink.unparsed(frame, 'no-audit-line');
    else if (!this.joiner.push(line, frame)) this.context.sink.joined(frame);
  }

  end(): void {
    this.joiner.end();
  }

  oldest(): number | undefined {
    return this.joiner.oldest();
  }
}
