import {
  newFields,
  parseXml,
  xmlElements,
  type Fields,
  type Frame,
  type ParseContext,
  type Parser,
  type Source,
} from '@yuheng/engine';
import { eventFields } from '@yuheng/evtx';
import { normalizeWindows } from '../ocsf/index.ts';
import { windowsRecord } from './windows-record.ts';

/** Windows events as XML text: one `<Event>` after another, with or without `<Events>` around them. */
export const windowsXml: Source = {
  id: 'windows-xml',
  title: { en: 'Windows event XML', 'zh-CN': 'Windows 事件 XML' },
  recognise: (head) =>
    /<Event[\s>][\s\S]{0,400}<System\b/.test(head.text) && /^\s*(?:<\?xml|<Events?[\s>])/.test(head.text) ? 0.95 : 0,
  frame: (bytes, options) => xmlElements(bytes, 'Event', options),
  open: (context) => new WindowsXmlParser(context),
  normalize: normalizeWindows,
};

class WindowsXmlParser implements Parser {
  private readonly context: ParseContext;

  constructor(context: ParseContext) {
    this.context = context;
  }

  push(frame: Frame): void {
    const root = parseXml(frame.text);
    if (!root) return this.context.sink.unparsed(frame, 'not-xml');
    const fields: Fields = Object.assign(newFields(), eventFields(root));
    if (fields['EventID'] === undefined) return this.context.sink.unparsed(frame, 'no-windows-event');
    this.context.sink.record(windowsRecord({ number: frame.number, fields, raw: () => frame.text }, this.context));
  }

  end(): void {}
}
