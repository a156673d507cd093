import { xmlElements, type Frame, type ParseContext, type Parser, type Source } from '@yuheng/engine';
import { normalizeLinux } from '../ocsf/index.ts';
import { isSysmonXml, sysmonRecord } from './sysmon-event.ts';

/** Events of Sysmon for Linux as XML text, one after another. Inside syslog lines or JSON they are read by those sources. */
export const sysmonLinux: Source = {
  id: 'sysmon-linux',
  title: { en: 'Sysmon for Linux (XML)', 'zh-CN': 'Sysmon for Linux（XML）' },
  recognise: (head) => (isSysmonXml(head.text.replace(/^\s*<Events>/, '')) ? 0.98 : 0),
  frame: (bytes, options) => xmlElements(bytes, 'Event', options),
  open: (context) => new SysmonLinuxParser(context),
  normalize: normalizeLinux,
};

class SysmonLinuxParser implements Parser {
  private readonly context: ParseContext;

  constructor(context: ParseContext) {
    this.context = context;
  }

  push(frame: Frame): void {
    const record = sysmonRecord(frame.text, frame, this.context);
    if (record) this.context.sink.record(record);
    else this.context.sink.unparsed(frame, 'no-sysmon-event');
  }

  end(): void {}
}
