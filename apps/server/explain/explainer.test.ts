import { capabilities } from '@yuheng/capabilities';
import { memoryFile, prove, type Finding, type MatchedEvent, type MatchStore } from '@yuheng/engine';
import { loadRules } from '@yuheng/sigma';
import { describe, expect, it } from 'vitest';
import { Explainer } from './explainer.ts';

const RULES = loadRules([
  {
    file: 'r.yml',
    text: `title: Tool
id: 2b0f3c1e-6f0a-4d8e-9a51-000000000001
logsource: {product: windows, category: process_creation}
detection: {s: {Image|endswith: '\\tool.exe'}, k: ['*STEALING*', 'nothing of it'], condition: s and k}
level: high
---
title: Tools
id: 2b0f3c1e-6f0a-4d8e-9a51-000000000002
correlation: {type: event_count, rules: [2b0f3c1e-6f0a-4d8e-9a51-000000000001], group-by: [Computer], timespan: 1h, condition: {gte: 2}}
level: critical
`,
  },
]);
const [TOOL, TOOLS] = ['2b0f3c1e-6f0a-4d8e-9a51-000000000001', '2b0f3c1e-6f0a-4d8e-9a51-000000000002'];

const record = JSON.stringify({
  Channel: 'Security',
  EventID: 4688,
  Computer: 'ws1',
  TimeCreated: '2026-03-01T02:00:00Z',
  NewProcessName: 'C:\\tool.exe',
  CommandLine: 'tool.exe stealing',
});

/** Matches by uid, as a store would keep them; `because` as detection tells it. */
function storeOf(finding: Finding, because: MatchedEvent['because']): MatchStore {
  const { event } = finding.evidences.at(-1)!.data;
  const kept = { uid: event.metadata.uid, event, because } as unknown as MatchedEvent;
  const findEach = async (tenant: string, uids: readonly string[]): Promise<readonly MatchedEvent[]> =>
    tenant === 'default' && uids.includes(kept.uid) ? [kept] : [];
  return { findEach } as unknown as MatchStore;
}

describe('an explanation', async () => {
  const { findings } = await prove([memoryFile('in/log.json', `${record}\n`.repeat(2))], RULES, capabilities);
  const finding = findings.find(({ finding: { finding_info } }) => finding_info.analytic.uid === TOOLS)!.finding;
  const about = (rule: string): Finding => ({
    ...finding,
    finding_info: { ...finding.finding_info, analytic: { ...finding.finding_info.analytic, uid: rule } },
  });
  const image = { field: 'Image', value: 'C:\\tool.exe' };
  const kept = { [TOOL]: [image, { field: '', value: record.slice(0, 200) }], other: [{ field: 'x', value: 'y' }] };
  const keyword = { field: '', value: 'STEALING' };

  it.each<[string, string, MatchedEvent['because'], MatchedEvent['because'][string]]>([
    ['a rule: its fields, and which of its keywords stand there', TOOL, kept, [image, keyword]],
    ['a correlation: those of its rules', TOOLS, kept, [image, keyword]],
    ['a rule that is not loaded any more: the fields that were kept', 'other', kept, [{ field: 'x', value: 'y' }]],
    ['a rule of a hostile name', '__proto__', kept, []],
    ['a rule that the match does not know', TOOL, {}, []],
  ])('of %s', async (_, rule, because, reasons) => {
    const explainer = new Explainer(storeOf(finding, because), RULES);
    expect(await explainer.explain('default', [about(rule)])).toEqual([reasons]);
  });

  it('of a match that is not kept is empty', async () => {
    const explainer = new Explainer(storeOf(finding, kept), RULES);
    expect(await explainer.explain('other', [about(TOOL), about(TOOLS)])).toEqual([[], []]);
  });
});
