import { describe, expect, it } from 'vitest';
import { CORRELATION, RULE, explain } from './explain-samples.ts';

describe('yuheng rules explain of a correlation', () => {
  it('says which window of a correlation was nearest, and what it lacked', async () => {
    const { stdout } = await explain(CORRELATION, '');
    expect(stdout).toContain('It turned true 0 times.');
    expect(stdout).toContain('It looks at "Shell by Office": matched 2 times');
    expect(stdout).toContain('Computer = ws01: 2 matches, 2026-03-01T02:14:01.000Z (events.json: 1)');
    expect(stdout).toContain('its figure is 2; it would have to be ≥ 3');
    const { json } = await explain(CORRELATION.replace('gte: 3', 'gte: 2'), '', '--json');
    expect(json).toMatchObject({ kind: 'correlation', turns: 1, inputs: [{ count: 2 }] });
  });

  it('says in which order rules came, where that stopped a correlation', async () => {
    const office = RULE.replace('and not', 'and');
    const desktop = RULE.replace('11111111-', '44444444-')
      .replace('Shell by Office', 'Shell by the desktop')
      .replace('winword', 'explorer')
      .replace('Image|endswith: [', 'Image|contains: [');
    const ordered = `${office}name: office\n---${desktop}name: desktop\n---
title: First the desktop, then Office
correlation:
    type: temporal_ordered
    rules: [desktop, office]
    group-by: [Computer]
    timespan: 3s
`;
    const { stdout } = await explain(ordered, '');
    expect(stdout).toContain('It turned true 0 times.');
    expect(stdout).toMatch(/It looks at "Shell by Office": matched once$/m);
    expect(stdout).toContain('its figure is 1; it would have to be ≥ 2');
    expect(stdout).toContain(
      'they came in the order "Shell by Office" → "Shell by the desktop"; it would have to be "Shell by the desktop" → "Shell by Office"',
    );
    const chinese = await explain(ordered, '', '--lang', 'zh-CN');
    expect(chinese.stdout).toContain('出现顺序为 "Shell by Office" → "Shell by the desktop"，应为 ');
  });

  it('shows the nearest record for a rule of a correlation that never matched', async () => {
    const { json } = await explain(CORRELATION.replace('winword.exe', 'excel.exe'), '', '--json');
    expect(json).toMatchObject({ turns: 0, inputs: [{ count: 0, nearest: { matched: false } }] });
    expect(json?.nearest).toBeUndefined();
  });

  it('shows the definition of a correlation, and how far off a missing rule was', async () => {
    const late = RULE.replace('11111111-', '44444444-')
      .replace('Shell by Office', 'By the desktop')
      .replace("ParentImage|endswith: '\\winword.exe'", "ParentImage: 'C:\\explorer.exe'")
      .replace('Image|endswith: [', 'Image|contains: [');
    const both = `${RULE}name: office\n---${late}name: desktop\n---
title: Both
correlation: { type: temporal, rules: [desktop, office], group-by: [Computer], timespan: 1s }
`;
    const { stdout } = await explain(both, '');
    expect(stdout).toContain(
      '\nCorrelation: temporal ("By the desktop", "Shell by Office"); group-by Computer; timespan 1s; condition ≥ 2\n',
    );
    expect(stdout).toContain('missing: "By the desktop", which came 1 s before (events.json: 3), just too early\n');
    const chinese = await explain(both, '', '--lang', 'zh-CN');
    expect(chinese.stdout).toContain('它在之前 1 秒出现（events.json: 3），恰好过早');
  });

  it('explains the group of a record that is asked about, and says where it is in none', async () => {
    const { stdout, json } = await explain(CORRELATION, ':4', '--json');
    expect(json).toMatchObject({ about: { records: [{ record: 4, matches: [{ title: 'Shell by Office' }] }] } });
    expect(stdout).toContain('"groups":[[{"field":"Computer","value":"ws01"}]]');
    const told = await explain(CORRELATION, ':4');
    expect(told.stdout).toContain('record 4, 2026-03-01T02:14:04.000Z: matches "Shell by Office"\n');
    expect(told.stdout).toContain('\nOf its group alone, Computer = ws01:\n');
    const none = await explain(CORRELATION, ':3');
    expect(none.stdout).toContain(': matches none of the rules that it looks at\nIt is in none of the groups');
  });
});
