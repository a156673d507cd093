import type { FindingSink } from '../hunt/output/sink.ts';
import { YuhengError } from '../errors.ts';

/** The HTML report of a hunt. */
export function htmlSink(_path: string): Promise<FindingSink> {
  throw new YuhengError('YH-USAGE', { en: 'The report is being built.', 'zh-CN': '报告正在建设中。' });
}
