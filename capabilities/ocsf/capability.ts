import type { Capability } from '@yuheng/engine';
import { logsources } from './logsources.ts';
import { ocsfEvents } from './sources/ocsf-events.ts';

/** Events that other products have written as OCSF. */
export const ocsf: Capability = {
  id: 'ocsf',
  title: { en: 'OCSF events', 'zh-CN': 'OCSF 事件' },
  summary: {
    en: 'Takes events that other products write as OCSF, keeps them as they are, and asks them the Sigma rules that they can answer without loss.',
    'zh-CN': '接收其他产品以 OCSF 写出的事件，原样保留，并用其能够无损回答的 Sigma 规则进行检测。',
  },
  terms: ['T021'],
  sources: [ocsfEvents],
  logsources,
};
