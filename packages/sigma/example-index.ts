import { readFileSync } from 'node:fs';
import { addTexts, createRuleIndex, exactJson, JsonLines, loadRules, type SigmaEvent } from '@yuheng/sigma';

const { rules } = loadRules([{ file: 'rules.yml', text: readFileSync('rules.yml', 'utf8') }]);
const index = createRuleIndex(rules, { constants: ['Channel', 'EventID'] });

/** For lines that cannot be read as bytes, and machines without SIMD. */
function parsed(line: Buffer): SigmaEvent {
  const record = JSON.parse(exactJson(line.toString())) as { [name: string]: unknown };
  const texts: string[] = [];
  addTexts(record, texts);
  return { field: (name) => (Object.hasOwn(record, name) ? record[name] : undefined), texts: () => texts };
}

const chunk = readFileSync('events.ndjson');
const reader = JsonLines.open();
reader?.load(chunk);
for (let from = 0; from < chunk.length;) {
  const feed = chunk.indexOf('\n', from);
  const to = feed < 0 ? chunk.length : feed;
  const event = reader?.read(from, to) ?? parsed(chunk.subarray(from, to));
  for (const { rule } of index.match(event)) console.log(`${rule.title} (${rule.logsource.product}) at byte ${from}`);
  from = to + 1;
}
