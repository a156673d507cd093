import { linePieces, lineShare, lines, type Source } from '@yuheng/engine';
import { normalizeWeb } from '../ocsf/index.ts';
import { readAccessLine } from './access-line.ts';
import { webLineParser } from './web-line.ts';

/** Access logs of Apache, nginx, Tomcat, Traefik and others in the Common or Combined Log Format. */
export const webAccess: Source = {
  id: 'web-access',
  title: { en: 'Web access log (Apache, nginx)', 'zh-CN': 'Web 访问日志（Apache、nginx）' },
  recognise: (head) => 0.9 * lineShare(head, (line) => readAccessLine(line) !== undefined),
  frame: lines,
  divide: linePieces,
  open: webLineParser,
  normalize: normalizeWeb,
};
