import type { IncidentFinding } from '@yuheng/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { incidentReport, MAX_INCIDENT_FINDINGS } from './incident-report.ts';
import { events, HOSTILE, proveEvents, TRANSLATIONS } from './report.testing.ts';
import { showFinding, type ShownFinding } from './shown-finding.ts';

describe('the report of one incident', () => {
  let incident: IncidentFinding;
  let findings: readonly ShownFinding[];

  async function prepare(input: string): Promise<void> {
    const proved = await proveEvents(input);
    incident = proved.incidents[0]!;
    findings = proved.findings.map(showFinding);
  }
  const report = (state: Partial<Parameters<typeof incidentReport>[0]> = {}, language: 'en' | 'zh-CN' = 'en'): string =>
    incidentReport(
      { incident, findings, status: 'new', reason: '', owner: '', ...state },
      TRANSLATIONS,
      '1.2.3',
      language,
    );

  beforeAll(() => prepare(events(3)));

  it('begins with the incident and tells it in both languages, down to every raw record', () => {
    const text = report();
    expect(text).toContain(`<h1><span lang="en">${incident.unmapped.titles.en}, from 2026-03-01 02:00:00 UTC to `);
    expect(text).toContain('日志被清除');
    expect(text).toContain('<svg');
    expect([...text.matchAll(/<h(\d)/g)].map(([, level]) => level).join('')).toBe('1222222');
    for (const { uid, raw } of findings) {
      expect(text).toContain(`<a href="#f-${uid}">`);
      expect(text).toContain(`<details id="f-${uid}">`);
      expect(text.replaceAll('&quot;', '"')).toContain(raw);
    }
    expect(report({}, 'zh-CN')).toContain('<html lang="zh-CN">');
  });

  it('says what people made of it', () => {
    const text = report({ status: 'false-positive', reason: 'A <drill>', owner: 'li' });
    expect(text).toContain('False positive: A &lt;drill&gt; · owner: li');
    expect(text).toContain('误报：A &lt;drill&gt; · 负责人：li');
    expect(report()).toContain('New · nobody assigned');
  });

  it('lets nothing hostile through', async () => {
    await prepare(events(3, HOSTILE));
    const text = report({ status: 'closed', reason: HOSTILE });
    expect(text).not.toMatch(/<img|<script>alert|[\u001b\u202e]/);
    expect(text).toContain('&lt;img src=x');
    await prepare(events(3));
  });

  it.each([
    ['short', 100, 150],
    ['as long as can be', 3_000, 20],
  ])('holds 1,000 findings with %s records in 2 MB', async (_, length, evidences) => {
    await prepare(events(1, 'x'.repeat(length)));
    const many = Array.from({ length: MAX_INCIDENT_FINDINGS + 1 }, (__, index) => ({
      ...findings[index % 2]!,
      uid: String(index).padStart(32, '0'),
    }));
    const list = many.map(({ uid, title }) => ({ uid, title }));
    const text = report({ incident: { ...incident, finding_info_list: list }, findings: many });
    expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
    expect(text.match(/<span class="when"/g)!.length).toBeGreaterThan(MAX_INCIDENT_FINDINGS);
    expect(text).toContain('… and 1 more findings of this incident, on the server.');
    expect(text.match(/<details id="f-/g)!.length).toBeGreaterThan(evidences);
    for (const [, uid] of text.matchAll(/href="#f-(\d+)"/g)) expect(text).toContain(`id="f-${uid}"`);
    await prepare(events(3));
  });
});
