import { lines, type Frame, type Head, type ParseContext, type Parser, type Source } from '@yuheng/engine';
import { normalizeWeb } from '../ocsf/index.ts';
import { kindOf } from './web-line.ts';
import { readW3cLine, w3cTime, type W3cHeader } from './w3c-columns.ts';

/** IIS logs and HTTP.sys error logs in the W3C Extended Log File Format. */
export const iisW3c: Source = {
  id: 'iis-w3c',
  title: { en: 'IIS log (W3C extended)', 'zh-CN': 'IIS 日志（W3C 扩展格式）' },
  recognise: recogniseW3c,
  frame: lines,
  open: (context) => new W3cParser(context),
  normalize: normalizeWeb,
};

/** Other programs write `#Fields:` too; those of a web server name the client and what it asked for. */
function recogniseW3c(head: Head): number {
  const header = head.lines.find((line) => line.startsWith('#Fields:'));
  const columns = header === undefined ? [] : readColumns(header);
  const isWeb = columns.includes('c-ip') && columns.some((name) => /^cs-(?:uri|uri-stem|method)$/.test(name));
  return isWeb && head.lines[0]!.startsWith('#') ? 0.95 : 0;
}

function readColumns(line: string): string[] {
  return line.slice('#Fields:'.length).trim().split(/\s+/);
}

class W3cParser implements Parser {
  private readonly context: ParseContext;
  private header: W3cHeader = { columns: [] };

  constructor(context: ParseContext) {
    this.context = context;
  }

  push(frame: Frame): void {
    const { sink, origin } = this.context;
    if (frame.text.startsWith('#')) return this.direct(frame);
    if (this.header.columns.length === 0) return sink.unparsed(frame, 'no-fields-yet');
    const fields = readW3cLine(frame.text, this.header);
    if (!fields) return sink.unparsed(frame, 'other-columns');
    const time = w3cTime(fields, this.header);
    if (!time) return sink.unparsed(frame, 'impossible-time');
    fields['log_type'] = 'access';
    const kind = kindOf(origin.source, fields);
    sink.record({ origin, number: frame.number, raw: frame.text, fields, time, kind });
  }

  end(): void {}

  /** Each start of the server writes the directives anew, with the columns that hold from there on. */
  private direct(frame: Frame): void {
    if (frame.text.startsWith('#Fields:')) this.header = { ...this.header, columns: readColumns(frame.text) };
    const date = /^#Date: (\d{4}-\d{2}-\d{2})/.exec(frame.text)?.[1];
    if (date !== undefined) this.header = { ...this.header, date };
    this.context.sink.directive(frame);
  }
}
