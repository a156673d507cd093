import { expect, it } from 'vitest';
import { incidentNews, MAX_ENTITIES, MAX_RULES, MAX_TEXT, type IncidentSummary } from './news.ts';

const long = 'x'.repeat(MAX_TEXT + 1);
const body = JSON.stringify({
  severity_id: 5,
  start_time: 1,
  end_time: 2,
  finding_info_list: [{}, {}, {}],
  unmapped: {
    uid: 'i1',
    title: long,
    titles: { en: long, 'zh-CN': '玉衡' },
    score: 7,
    rules: Array.from({ length: MAX_RULES + 1 }, () => ({ uid: 'r', title: long, level: 'low', findings: 1 })),
    entities: Array.from({ length: MAX_ENTITIES + 1 }, () => ({ kind: 'host', value: long, findings: 3 })),
  },
});

it('tells of an incident within bounds', () => {
  const news = incidentNews('a', body, 'https://y');
  expect(news).toMatchObject({ type: 'incident.critical', tenant: 'a', url: 'https://y/incidents/i1' });
  const { rules, entities, titles, ...rest } = (news as { incident: IncidentSummary }).incident;
  expect(rest).toMatchObject({ uid: 'i1', severity: 'critical', findings: 3, start_time: 1, end_time: 2, score: 7 });
  expect([rules.length, entities.length]).toEqual([MAX_RULES, MAX_ENTITIES]);
  const texts = [rest.title, titles.en, rules[0]!.title, entities[0]!.value];
  expect(texts.map((text) => text.length)).toEqual([MAX_TEXT, MAX_TEXT, MAX_TEXT, MAX_TEXT]);
  expect(titles['zh-CN']).toBe('玉衡');
});
