import type { Capability } from '@yuheng/engine';
import { logsources } from './logsources.ts';
import { decoyTouch } from './sources/decoy-touch.ts';

/** Doors that nobody has a reason to knock at. */
export const decoy: Capability = {
  id: 'decoy',
  title: { en: 'Decoys', 'zh-CN': '诱捕' },
  summary: {
    en: 'Listens where no one has business and tells of every touch: a probe of a decoy is an attack or a mistake, hardly ever noise.',
    'zh-CN': '在无人应当访问的位置监听并记录每一次触碰：对诱饵的探测不是攻击就是失误，极少是噪声。',
  },
  terms: ['T052'],
  sources: [decoyTouch],
  logsources,
};
