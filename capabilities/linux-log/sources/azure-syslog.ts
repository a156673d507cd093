import {
  isObject,
  jsonPieces,
  jsonValues,
  newFields,
  readIsoTime,
  valueShare,
  type Fields,
  type Frame,
  type ParseContext,
  type Parser,
  type Record,
  type Source,
  plainText,
} from '@yuheng/engine';
import { normalizeLinux } from '../ocsf/index.ts';
import { auomsRecord } from './auoms.ts';
import { messageRecord } from './message-record.ts';
import type { SyslogTime } from './syslog-time.ts';

type Json = { readonly [key: string]: unknown };

/** Rows of Azure Monitor's Syslog table as JSON: messages, Sysmon events and auoms audit events of Linux hosts. */
export const azureSyslog: Source = {
  id: 'azure-syslog',
  title: { en: 'Azure Monitor / Sentinel Syslog table (JSON)', 'zh-CN': 'Azure Monitor / Sentinel Syslog 表（JSON）' },
  recognise: (head) => 0.97 * valueShare(head, isRow),
  frame: jsonValues,
  divide: jsonPieces,
  open: (context) => new AzureSyslogParser(context),
  normalize: normalizeLinux,
};

function isRow(value: Json): boolean {
  return typeof value['SyslogMessage'] === 'string' && (value['Facility'] !== undefined || value['Type'] === 'Syslog');
}

class AzureSyslogParser implements Parser {
  private readonly context: ParseContext;

  constructor(context: ParseContext) {
    this.context = context;
  }

  push(frame: Frame): void {
    const { sink } = this.context;
    if (!isObject(frame.value)) return sink.unparsed(frame, 'not-json');
    if (!isRow(frame.value)) return sink.unparsed(frame, 'no-syslog-row');
    sink.record(
      auomsRecord(plainText(frame.value['SyslogMessage']), frame, this.context) ??
        rowRecord(frame.value, frame, this.context),
    );
  }

  end(): void {}
}

function rowRecord(row: Json, frame: Frame, context: ParseContext): Record {
  const text = (...names: string[]): string | undefined => {
    const value = names
      .map((name) => row[name])
      .find((found) => typeof found === 'string' || typeof found === 'number');
    return value === undefined || value === '' ? undefined : plainText(value);
  };
  const message = {
    hostname: text('HostName', 'Computer'),
    program: text('ProcessName'),
    pid: text('ProcessID'),
    message: text('SyslogMessage') ?? '',
    facility: text('Facility'),
    severity: text('SeverityLevel'),
    more: columns(row),
  };
  return messageRecord(message, rowTime(text('EventTime', 'TimeGenerated')), frame, context);
}

/** The table's own columns, which begin with a capital or an underscore; the names that we give do not. */
function columns(row: Json): Fields {
  return Object.assign(newFields(), Object.fromEntries(Object.entries(row).filter(([name]) => /^[A-Z_]/.test(name))));
}

function rowTime(text: string | undefined): SyslogTime {
  const read = readIsoTime(text ?? '');
  return read ? { time: read.time, assumed: [] } : { time: { ms: 0, ns: 0 }, assumed: ['missing'] };
}
