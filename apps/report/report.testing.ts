import { capabilities } from '@yuheng/capabilities';
import { memoryFile, prove } from '@yuheng/engine';
import { loadRules } from '@yuheng/sigma';

const RULES = `title: Log cleared
id: 2b0f3c1e-6f0a-4d8e-9a51-000000000001
translations: {zh-CN: {title: 日志被清除}}
logsource: {product: windows, service: security}
detection: {s: {EventID: 1102}, condition: s}
tags: [attack.defense-impairment, attack.t1685]
level: high
---
title: Program started
id: 2b0f3c1e-6f0a-4d8e-9a51-000000000002
logsource: {product: windows, category: process_creation}
detection: {s: {Image|endswith: '.exe'}, condition: s}
tags: [attack.execution, attack.t1059.001]
level: medium
`;

/** What the rules are called in Chinese. */
export const TRANSLATIONS = new Map([['2b0f3c1e-6f0a-4d8e-9a51-000000000001', { 'zh-CN': '日志被清除' }]]);

/** What an attacker would write into every field that a report shows. */
export const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u001b[31m\u202e';

/** Records that both rules match, two a second. */
export function events(count: number, text = 'plain'): string {
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(Date.UTC(2026, 2, 1, 2, 0, 0) + index * 1000).toISOString();
    const started = {
      Channel: 'Security',
      EventID: 4688,
      Computer: `ws-${text}`,
      TimeCreated: time,
      SubjectUserName: text,
      NewProcessName: `C:\\${text}\\a.exe`,
      NewProcessId: '0x10',
      CommandLine: `a.exe ${text}`,
    };
    const cleared = {
      Channel: 'Security',
      EventID: 1102,
      Computer: `ws-${text}`,
      TimeCreated: time,
      SubjectUserName: text,
    };
    return `${JSON.stringify(started)}\n${JSON.stringify(cleared)}\n`;
  }).join('');
}

/** What our rules find in these records. */
export function proveEvents(input: string): ReturnType<typeof prove> {
  return prove([memoryFile('in/log.json', input)], loadRules([{ file: 'r.yml', text: RULES }]), capabilities);
}
