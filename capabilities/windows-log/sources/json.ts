import {
  isObject,
  jsonPieces,
  jsonValues,
  newFields,
  valueShare,
  type Fields,
  type Frame,
  type ParseContext,
  type Parser,
  type Source,
} from '@yuheng/engine';
import { normalizeWindows } from '../ocsf/index.ts';
import { shapeOf } from './json-shapes.ts';
import { skimFlat } from './skim.ts';
import { windowsRecord } from './windows-record.ts';

/** Windows events as JSON, in the shapes that shippers and exporters write. */
export const windowsJson: Source = {
  id: 'windows-json',
  title: {
    en: 'Windows events as JSON (NXLog, winlogbeat, flat, EVTX-JSON)',
    'zh-CN': 'JSON 格式的 Windows 事件（NXLog、winlogbeat、扁平、EVTX-JSON）',
  },
  recognise: (head) => 0.95 * valueShare(head, (value) => shapeOf(value) !== undefined),
  frame: jsonValues,
  divide: jsonPieces,
  open: (context) => new WindowsJsonParser(context),
  skim: skimFlat,
  normalize: normalizeWindows,
};

class WindowsJsonParser implements Parser {
  private readonly context: ParseContext;

  constructor(context: ParseContext) {
    this.context = context;
  }

  push(frame: Frame): void {
    const { sink } = this.context;
    if (!isObject(frame.value)) return sink.unparsed(frame, 'not-json');
    const shape = shapeOf(frame.value);
    if (!shape) return sink.unparsed(frame, 'no-windows-event');
    const fields: Fields = shape(Object.assign(newFields(), frame.value));
    // Azure keeps data as XML inside of JSON: its values are written otherwise there.
    const json = typeof frame.value['EventData'] !== 'string';
    sink.record(windowsRecord({ number: frame.number, fields, raw: () => frame.text, json }, this.context));
  }

  end(): void {}
}
