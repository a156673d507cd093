import { addTexts, createRuleIndex, exactJson, JsonLines, loadRules, type SigmaEvent } from '@yuheng/sigma';

const rule = `
title: Tool
logsource: { product: windows }
detection:
    selection:
        Image|endswith: '\\tool.exe'
    condition: selection
`;
const chunk = Buffer.from(String.raw`{"EventID":1,"Image":"C:\\calm.exe"}
{"EventID":1,"Image":"C:\\TOOL.EXE"}
{"EventID":1,"Im\u0061ge":"C:\\Tool.exe"}
`);

const index = createRuleIndex(loadRules([{ file: 'tool.yml', text: rule }]).rules, { constants: ['EventID'] });

/** For the few lines that cannot be read as bytes, and for machines without SIMD. */
function parsed(line: Buffer): SigmaEvent {
  const record = JSON.parse(exactJson(line.toString())) as { [name: string]: unknown };
  const texts: string[] = [];
  addTexts(record, texts);
  return { field: (name) => (Object.hasOwn(record, name) ? record[name] : undefined), texts: () => texts };
}

const reader = JsonLines.open();
reader?.load(chunk);
for (let from = 0; from < chunk.length;) {
  const feed = chunk.indexOf('\n', from);
  const to = feed < 0 ? chunk.length : feed;
  const event = reader?.read(from, to) ?? parsed(chunk.subarray(from, to));
  for (const { rule } of index.match(event)) console.log(`${rule.title} (${rule.logsource.product}) at byte ${from}`);
  from = to + 1;
}
