import type { LogsourceEntry } from '@yuheng/engine';

/** Which records answer a rule's logsource. An HTTP decoy is read like a web server, so that rules for web servers see it too. */
export const logsources: readonly LogsourceEntry[] = [
  { product: 'decoy', where: [{ source: ['decoy'] }] },
  { product: 'decoy', service: 'http', where: [{ source: ['decoy'], fields: { decoy: ['http'] } }] },
  { product: 'decoy', service: 'ssh', where: [{ source: ['decoy'], fields: { decoy: ['ssh'] } }] },
  { category: 'webserver', where: [{ source: ['decoy'], fields: { decoy: ['http'] } }] },
];
