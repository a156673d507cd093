import { lines, type Frame, type Head, type ParseContext, type Parser, type Source } from '@yuheng/engine';
import { normalizeZeek } from '../ocsf/zeek.ts';
import { applyDirective, ZEEK_DEFAULTS, type ZeekHeader } from './zeek-header.ts';
import { readZeekLine } from './zeek-line.ts';
import { zeekRecord } from './zeek-record.ts';

/** Logs of Zeek's ASCII writer: columns by `#fields`, which may change inside a file. */
export const zeekTsv: Source = {
  id: 'zeek-tsv',
  title: { en: 'Zeek log (TSV)', 'zh-CN': 'Zeek 日志（TSV）' },
  recognise: recogniseZeek,
  frame: lines,
  open: (context) => new ZeekTsvParser(context),
  normalize: normalizeZeek,
};

function recogniseZeek({ lines: first }: Head): number {
  const opens = first.slice(0, 3).some((line) => line.startsWith('#separator '));
  return opens && first.some((line) => line.startsWith('#fields')) ? 0.98 : 0;
}

class ZeekTsvParser implements Parser {
  private readonly context: ParseContext;
  private header: ZeekHeader = ZEEK_DEFAULTS;

  constructor(context: ParseContext) {
    this.context = context;
  }

  push(frame: Frame): void {
    const { sink } = this.context;
    if (frame.text.startsWith('#')) {
      this.header = applyDirective(this.header, frame.text);
      return sink.directive(frame);
    }
    if (this.header.fields.length === 0) return sink.unparsed(frame, 'no-fields-yet');
    const fields = readZeekLine(frame.text, this.header);
    if (!fields) return sink.unparsed(frame, 'other-columns');
    sink.record(zeekRecord(fields, this.header.path, frame, this.context));
  }

  end(): void {}
}
