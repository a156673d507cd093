/** The files of a new capability by path: a line format of its own, one rule with its cases, one scenario, both READMEs. */
export function capabilityFiles(id: string, name: string, ruleId: string): { readonly [path: string]: string } {
  return {
    'capability.ts': capability(id, name),
    'logsources.ts': logsources(id),
    'sources/lines.ts': source(id, name),
    'rules/many_words.yml': rule(id, ruleId),
    'rules/many_words.test.yml': cases(id),
    'scenarios/first.yml': scenario(ruleId),
    'samples/first.log': [line(id, 0, 'alice', 'failed'), line(id, 1, 'alice', 'accepted'), ''].join('\n'),
    'README.md': `# ${id}\n\nWhat to switch on, what comes in, what comes out.\n\n## What comes in\n\nLines of \`${id}\`.\n\n## What comes out\n\nEvents of OCSF class Base Event, and findings of the rules beside.\n`,
    'README.zh-CN.md': `# ${id}\n\n需要开启什么、输入什么、输出什么。\n\n## 输入\n\n\`${id}\` 的日志行。\n\n## 输出\n\nOCSF 基础事件，以及旁边规则的发现。\n`,
  };
}

function line(id: string, second: number, user: string, result: string): string {
  return `2026-03-01T00:00:0${second}Z ${id}: user=${user} result=${result}`;
}

function capability(id: string, name: string): string {
  return `import type { Capability } from '@yuheng/engine';
import { logsources } from './logsources.ts';
import { ${name}Lines } from './sources/lines.ts';

/** Say in one sentence what it is. */
export const ${name}: Capability = {
  id: '${id}',
  title: { en: '${id}', 'zh-CN': '${id}' },
  summary: { en: 'Say what it reads and finds.', 'zh-CN': '说明读取什么、发现什么。' },
  terms: [],
  sources: [${name}Lines],
  logsources,
};
`;
}

function logsources(id: string): string {
  return `import type { LogsourceEntry } from '@yuheng/engine';

/** Which records answer a rule's logsource. */
export const logsources: readonly LogsourceEntry[] = [{ product: '${id}', where: [{ source: ['${id}'] }] }];
`;
}

function source(id: string, name: string): string {
  return `import {
  FieldReader,
  lines,
  lineShare,
  newFields,
  readIsoTime,
  type Frame,
  type Mapping,
  type ParseContext,
  type Parser,
  type Record,
  type Source,
} from '@yuheng/engine';

const LINE = /^(\\S+) ${id}: (.+)$/;

/** Lines of ${id}: time, name, and pairs of names and values. */
export const ${name}Lines: Source = {
  id: '${id}',
  title: { en: '${id} lines', 'zh-CN': '${id} 日志行' },
  recognise: (head) => 0.9 * lineShare(head, (line) => LINE.test(line)),
  frame: lines,
  open: (context) => new LineParser(context),
  normalize,
};

class LineParser implements Parser {
  private readonly context: ParseContext;

  constructor(context: ParseContext) {
    this.context = context;
  }

  push(frame: Frame): void {
    const { sink, origin } = this.context;
    const parts = LINE.exec(frame.text);
    const read = parts && readIsoTime(parts[1]!);
    if (!read) return sink.unparsed(frame, 'no-${id}-line');
    const fields = newFields();
    for (const [, key, value] of parts[2]!.matchAll(/(\\w+)=(\\S+)/g)) fields[key!] = value;
    sink.record({ origin, number: frame.number, raw: frame.text, fields, time: read.time, kind: '${id}' });
  }

  end(): void {}
}

function normalize(record: Record): Mapping {
  const fields = new FieldReader(record.fields);
  return { classUid: 0, activityId: 0, attributes: {}, product: { name: '${id}' }, unmapped: fields.rest() };
}
`;
}

function rule(id: string, ruleId: string): string {
  return `title: A login failed
id: ${ruleId}
translations:
  zh-CN:
    title: 一次登录失败
    description: 示例规则，请替换。
status: experimental
description: An example to replace.
author: Yuheng
date: 2026-11-22
tags:
  - attack.credential-access
  - attack.t1110
logsource:
  product: ${id}
detection:
  selection:
    result: failed
  condition: selection
falsepositives:
  - A person who mistyped
level: low
`;
}

function cases(id: string): string {
  const entry = (name: string, ...input: string[]): string =>
    `  - name: ${name}\n    input: |\n${input.map((text) => `      ${text}`).join('\n')}\n`;
  return `match:
${entry('a failure', line(id, 0, 'alice', 'failed'))}${entry('a failure of somebody else', line(id, 0, 'bob', 'failed'))}miss:
${entry('a success', line(id, 0, 'alice', 'accepted'))}${entry('another word', line(id, 0, 'alice', 'failed-over'))}`;
}

function scenario(ruleId: string): string {
  return `title:
  en: A login fails and then succeeds
  zh-CN: 登录失败后成功
samples: [first.log]
expect:
  findings:
    ${ruleId}: 1
  incidents: 0
`;
}
