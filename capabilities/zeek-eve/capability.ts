import type { Capability } from '@yuheng/engine';
import { logsources } from './logsources.ts';
import { suricataEve } from './sources/suricata-eve.ts';
import { zeekJson } from './sources/zeek-json.ts';
import { zeekTsv } from './sources/zeek-tsv.ts';

/** What network sensors saw: Zeek's logs and Suricata's events. */
export const zeekEve: Capability = {
  id: 'zeek-eve',
  title: { en: 'Network sensor logs', 'zh-CN': '网络探针日志' },
  summary: {
    en: 'Reads logs of Zeek and Suricata, and finds scans, tunnels, beacons and movement between hosts.',
    'zh-CN': '读取 Zeek 和 Suricata 的日志，发现扫描、隐蔽隧道、信标回连和横向移动。',
  },
  terms: ['T012', 'T001', 'T003', 'T022'],
  sources: [zeekTsv, zeekJson, suricataEve],
  logsources,
};
