import type { Fields } from '@yuheng/engine';
import { readStructuredData } from './structured-data.ts';

/** A syslog line in its parts, as its header says. */
export interface SyslogLine {
  /** 0–191 where the line carries it: facility × 8 + severity. */
  readonly priority?: number;
  /** The time as the line writes it. */
  readonly timestamp: string;
  readonly hostname?: string;
  readonly program?: string;
  readonly pid?: string;
  /** RFC 5424 MSGID. */
  readonly messageId?: string;
  readonly structuredData?: Fields;
  /** RFC 5424 VERSION. */
  readonly version?: string;
  readonly message: string;
}

const PRIORITY = '(?:<(\\d{1,3})>)?';
const BSD_TIME = '[A-Z][a-z]{2} {1,2}\\d{1,2} (?:\\d{4} )?\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?';
const ISO_TIME = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?(?:Z|[+-]\\d{2}:?\\d{2})?';
const HEADER = new RegExp(`^${PRIORITY} ?(${BSD_TIME}|${ISO_TIME}) `);
/** `prog[pid]: `; also `-- root[pid]: ` (login) and `syslogd 1.4.1: `. */
const TAG = /^ ?((?:-- )?[^\s:[\]]{1,128}(?: \d[\d.]*)?)(?:\[(\d{1,10})\])?:(?= |$)/;
const REPEATED = /^(?:--- )?last message repeated \d/;
const RFC5424 = new RegExp(`^<(\\d{1,3})>(1) (-|${ISO_TIME}) (\\S{1,255}) (\\S{1,128}) (\\S{1,128}) (\\S{1,64}) `);

/** Cuts a line's header off; `undefined` when it begins with none. RFC 5424, RFC 3164, and what rsyslog and journalctl write. */
export function readSyslogLine(text: string): SyslogLine | undefined {
  return readRfc5424(text) ?? readBsd(text);
}

function readBsd(text: string): SyslogLine | undefined {
  const header = HEADER.exec(text);
  if (!header || !isPriority(header[1])) return undefined;
  const rest = text.slice(header[0].length);
  const blank = rest.indexOf(' ');
  const first = blank < 0 ? rest : rest.slice(0, blank);
  // A relay may leave the host out: then the tag stands in its place; and a daemon that counts repetitions names none.
  const hostless = (first.endsWith(':') && TAG.test(rest)) || REPEATED.test(rest);
  const body = hostless ? rest : blank < 0 ? '' : rest.slice(blank + 1);
  const tag = TAG.exec(body);
  const message = tag ? body.slice(tag[0].length + 1) : body;
  return {
    timestamp: header[2]!,
    message,
    ...(header[1] === undefined ? {} : { priority: Number(header[1]) }),
    ...(hostless ? {} : { hostname: first }),
    ...(tag ? { program: tag[1]! } : {}),
    ...(tag?.[2] === undefined ? {} : { pid: tag[2] }),
  };
}

function readRfc5424(text: string): SyslogLine | undefined {
  const header = RFC5424.exec(text);
  if (!header || !isPriority(header[1])) return undefined;
  const data = readStructuredData(text, header[0].length);
  if (!data) return undefined;
  const [, priority, version, timestamp, hostname, program, pid, messageId] = header;
  return {
    priority: Number(priority),
    timestamp: timestamp!,
    version: version!,
    message: text.slice(data.end + 1).replace(/^\ufeff/, ''),
    ...(hostname === '-' ? {} : { hostname: hostname! }),
    ...(program === '-' ? {} : { program: program! }),
    ...(pid === '-' ? {} : { pid: pid! }),
    ...(messageId === '-' ? {} : { messageId: messageId! }),
    ...(Object.keys(data.elements).length === 0 ? {} : { structuredData: data.elements }),
  };
}

/** PRIVAL is 0 to 191 (RFC 5424 section 6.2.1). */
function isPriority(text: string | undefined): boolean {
  return text === undefined || Number(text) <= 191;
}
