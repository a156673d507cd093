import type { Fields, Frame, ParseContext, Parser, Source } from '@yuheng/engine';
import { normalizeLinux } from '../ocsf/index.ts';
import { exportEntries } from './export-entries.ts';
import { JournalEntries } from './journal-entries.ts';

/** The systemd journal in its export format (`journalctl -o export`, systemd-journal-remote). */
export const journaldExport: Source = {
  id: 'journald-export',
  title: { en: 'systemd journal, export format', 'zh-CN': 'systemd 日志（导出格式）' },
  recognise: (head) =>
    /^(?:__CURSOR=[a-z]=|__REALTIME_TIMESTAMP=\d)/.test(Buffer.from(head.bytes.subarray(0, 64)).toString('latin1'))
      ? 0.99
      : 0,
  frame: exportEntries,
  open: (context) => new JournaldExportParser(context),
  normalize: normalizeLinux,
};

class JournaldExportParser implements Parser {
  private readonly entries: JournalEntries;

  constructor(context: ParseContext) {
    this.entries = new JournalEntries(context);
  }

  push(frame: Frame): void {
    this.entries.push(frame.value as Fields, frame);
  }

  end(): void {
    this.entries.end();
  }

  oldest(): number | undefined {
    return this.entries.oldest();
  }
}
