import type { Frame, FrameOptions, ParseContext, Parser, Source } from '@yuheng/engine';
import { isEvtx, readEvtx, toXml, type EvtxRecord } from '@yuheng/evtx';
import { normalizeWindows } from '../ocsf/index.ts';
import { evtxPieces } from './evtx-pieces.ts';
import { windowsRecord } from './windows-record.ts';

/** Windows event log files (.evtx), also damaged and carved ones. */
export const evtx: Source = {
  id: 'windows-evtx',
  title: { en: 'Windows event log (EVTX)', 'zh-CN': 'Windows 事件日志（EVTX）' },
  recognise: (head) => (isEvtx(head.bytes) ? 1 : 0),
  binary: true,
  frame: evtxFrames,
  divide: evtxPieces,
  open: (context) => new EvtxParser(context),
  normalize: normalizeWindows,
};

async function* evtxFrames(
  bytes: AsyncIterable<Uint8Array>,
  options: FrameOptions,
): AsyncGenerator<Frame<EvtxRecord>[]> {
  const { start = { offset: 0, number: 0 } } = options;
  let { number } = start;
  for await (const { records, losses } of readEvtx(bytes, start.offset)) {
    for (const { offset, length, what, expected, found, records: lost } of losses) {
      const detail = `${what}: expected ${expected}, found ${found}`;
      options.refuse({ reason: 'damaged', offset, length, detail, records: lost });
    }
    yield records.map((record) => ({ number: ++number, offset: record.offset, text: '', value: record }));
  }
}

class EvtxParser implements Parser {
  private readonly context: ParseContext;

  constructor(context: ParseContext) {
    this.context = context;
  }

  push(frame: Frame): void {
    const record = frame.value as EvtxRecord;
    // The tree and its XML are made for what matched only.
    const raw = (): string => toXml(record.root);
    this.context.sink.record(windowsRecord({ number: frame.number, fields: record.fields, raw }, this.context));
  }

  end(): void {}
}
