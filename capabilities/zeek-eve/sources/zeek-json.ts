import { isObject, jsonPieces, jsonValues, type Source } from '@yuheng/engine';
import { normalizeZeek } from '../ocsf/zeek.ts';
import { flatten } from './flatten.ts';
import { jsonShare } from './json-share.ts';
import { pathOf } from './zeek-paths.ts';
import { zeekRecord } from './zeek-record.ts';

/** Zeek logs as JSON, one object a line (`LogAscii::use_json`), with or without `_path`; `id` may be an object or flat. */
export const zeekJson: Source = {
  id: 'zeek-json',
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
  normalize: normalizeZeek,
};
