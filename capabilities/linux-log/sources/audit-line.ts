import { readEpochSeconds, type Instant } from '@yuheng/engine';
import { recordTypeName } from './audit-names.ts';

/** One line of an audit log: `type=… msg=audit(time:serial): key=value …`. */
export interface AuditLine {
  readonly type: string;
  /** Lines of one event share the serial (and the time and node). */
  readonly serial: string;
  readonly timestamp: string;
  readonly time: Instant;
  readonly node?: string;
  /** Everything behind `audit(…): `. */
  readonly body: string;
}

const LINE = /^(?:node=(\S{1,255}) )?type=([A-Z_0-9a-z[\]]{1,64}) (?:msg=)?audit\((\d{1,12}\.\d{1,9}):(\d{1,20})\):? ?/;

/** Reads an audit line; `undefined` when it is none. Kernel lines (`audit: type=1400 audit(…)`) name their type by number. */
export function readAuditLine(text: string): AuditLine | undefined {
  const start = text.startsWith('audit: ') ? 'audit: '.length : 0;
  const match = LINE.exec(start > 0 ? text.slice(start) : text);
  const time = match && readEpochSeconds(match[3]!);
  if (!match || !time) return undefined;
  const [header, node, type, timestamp, serial] = match;
  return {
    type: recordTypeName(type!),
    serial: serial!,
    timestamp: timestamp!,
    time,
    body: text.slice(start + header.length),
    ...(node === undefined ? {} : { node }),
  };
}
