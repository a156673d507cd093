import { isObject, jsonPieces, jsonValues, type Skimmed, type Source } from '@yuheng/engine';
import type { SigmaEvent } from '@yuheng/sigma';
import { normalizeZeek } from '../ocsf/zeek.ts';
import { FlatLine } from './flat-line.ts';
import { flatten } from './flatten.ts';
import { jsonShare } from './json-share.ts';
import { kindOf } from './streams.ts';
import { isPath, pathOf } from './zeek-paths.ts';
import { readZeekTime, zeekRecord } from './zeek-record.ts';

const ID = 'zeek-json';

/** Zeek logs as JSON, one object a line (`LogAscii::use_json`), with or without `_path`; `id` may be an object or flat. */
export const zeekJson: Source = {
  id: ID,
  title: { en: 'Zeek log (JSON)', 'zh-CN': 'Zeek 日志（JSON）' },
  recognise: (head) =>
    0.93 * jsonShare(head, (value) => value['ts'] !== undefined && pathOf(flatten(value)) !== undefined),
  frame: jsonValues,
  divide: jsonPieces,
  open: (context) => ({
    push(frame) {
      const { sink } = context;
      if (!isObject(frame.value)) return sink.unparsed(frame, 'not-json');
      const fields = flatten(frame.value);
      const path = pathOf(fields);
      if (path === undefined) return sink.unparsed(frame, 'unknown-stream');
      sink.record(zeekRecord(fields, path, frame, context));
    },
    end() {},
  }),
  skim,
  normalize: normalizeZeek,
};

/** An entry that names its stream itself. */
function skim(line: SigmaEvent): Skimmed | undefined {
  const path = line.field('_path');
  if (!isPath(path)) return undefined;
  const time = readZeekTime(line.field('ts'));
  const assumed = time ? undefined : (['missing'] as const);
  return { kind: kindOf(ID, path), time: time ?? { ms: 0, ns: 0 }, assumed, event: new FlatLine(line) };
}
