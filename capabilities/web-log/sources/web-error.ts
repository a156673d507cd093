import { lines, lineShare, type Source } from '@yuheng/engine';
import { normalizeWeb } from '../ocsf/index.ts';
import { readErrorLine, webLineParser } from './web-line.ts';

/** Error logs of Apache httpd and nginx. Their times are local and name no zone. */
export const webError: Source = {
  id: 'web-error',
  title: { en: 'Web error log (Apache, nginx)', 'zh-CN': 'Web 错误日志（Apache、nginx）' },
  recognise: (head) => 0.9 * lineShare(head, (line) => readErrorLine(line) !== undefined),
  frame: lines,
  open: webLineParser,
  normalize: normalizeWeb,
};
