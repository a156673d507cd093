import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder, yuheng } from './cli.ts';

export const RULE = `
title: Shell by Office
id: 11111111-1111-4111-8111-111111111111
logsource: { product: windows, category: process_creation }
detection:
    selection:
        ParentImage|endswith: '\\winword.exe'
        Image|endswith: ['\\cmd.exe', '\\powershell.exe']
    filter_admin:
        User: ops
    condition: selection and not filter_admin
`;
export const CORRELATION = `${RULE}name: office_shell
---
title: Many shells by Office
id: 22222222-2222-4222-8222-222222222222
correlation:
    type: event_count
    rules: [office_shell]
    group-by: [Computer]
    timespan: 1m
    condition: { gte: 3 }
`;
export const PLACEHOLDER = `
title: By an admin
logsource: { product: windows, category: process_creation }
detection:
    selection:
        User|expand: '%admins%'
    condition: selection
`;
export const SILENCE = `
title: The printer does that
id: 33333333-3333-4333-8333-333333333333
logsource: { product: windows, category: process_creation }
filter:
    rules: [11111111-1111-4111-8111-111111111111]
    printer:
        Computer: printer
    condition: not printer
`;

export const WORD = 'C:\\Office\\winword.exe';
export const CMD = 'C:\\Windows\\System32\\cmd.exe';

export function event(second: number, fields: object, id = 1): string {
  const time = `2026-03-01T02:14:${String(second).padStart(2, '0')}Z`;
  const channel = 'Microsoft-Windows-Sysmon/Operational';
  return JSON.stringify({ Channel: channel, EventID: id, Computer: 'ws01', TimeCreated: time, ...fields });
}

export const EVENTS = [
  event(1, { ParentImage: WORD, Image: CMD, User: 'eve' }),
  event(2, { ParentImage: WORD, Image: CMD, User: 'ops' }),
  event(3, { ParentImage: 'C:\\explorer.exe', Image: `${CMD}\u001b[31m`, User: 'eve' }),
  event(4, { ParentImage: WORD, Image: CMD, User: 'eve' }),
  event(5, { ParentImage: WORD, Image: CMD, User: 'eve' }, 11),
];

/** Writes files into an empty folder, and explains; `json` is the answer as data. */
export async function explain(rule: string, record: string, ...more: string[]) {
  const folder = emptyFolder();
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('rule.yml'), rule);
  writeFileSync(path('filter.yml'), SILENCE);
  writeFileSync(path('events.json'), `${EVENTS.join('\n')}\n`);
  const args = ['rules', 'explain', path('rule.yml'), path(`events.json${record}`)];
  const { status, stdout, stderr } = await yuheng([...args, ...more.map((word) => word.replace('@', `${folder}/`))]);
  return { status, stdout, stderr, json: more.includes('--json') ? (JSON.parse(stdout) as Answer) : undefined };
}

/** Asks for a rule by what it is called; it stands in a folder of `--rules`. */
export async function ask(asked: string, rule: string, ...more: string[]) {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'rule.yml'), rule);
  writeFileSync(join(folder, 'events.json'), `${EVENTS.join('\n')}\n`);
  return yuheng(['rules', 'explain', asked, join(folder, 'events.json'), '--rules', folder, ...more]);
}

/** The answers as data, one for each rule of a file. */
export async function yuhengJson(rule: string): Promise<readonly Answer[]> {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'rule.yml'), rule);
  writeFileSync(join(folder, 'events.json'), `${EVENTS.join('\n')}\n`);
  const told = await yuheng(['rules', 'explain', join(folder, 'rule.yml'), join(folder, 'events.json'), '--json']);
  return told.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

export interface Answer {
  readonly kind: string;
  readonly seen: number;
  readonly own: number;
  readonly matched: number;
  readonly filters: readonly object[];
  readonly wants: readonly object[];
  readonly turns: number;
  readonly inputs: readonly object[];
  readonly nearest: object;
  readonly records: readonly {
    readonly number: number;
    readonly isOwn: boolean;
    readonly matched: boolean;
    readonly detection: { readonly decisive: readonly object[] };
  }[];
}
