import { expect, it } from 'vitest';
import type { IncidentFinding } from '../incident.ts';
import { incidentWords, MAX_WORDS } from './incident-words.ts';

const incidentOf = (title: string, ...values: string[]): IncidentFinding =>
  ({
    unmapped: { titles: { en: title, 'zh-CN': '登录' }, entities: values.map((value) => ({ value })) },
  }) as unknown as IncidentFinding;

it('are titles and entities in lower case, without NUL, and no more than can be kept', () => {
  expect(incidentWords(incidentOf('Log Cleared', 'WEB01', 'a\0b'))).toBe('log cleared\n登录\nweb01\nab');
  expect(incidentWords(incidentOf('x'.repeat(MAX_WORDS), 'web01'))).toHaveLength(MAX_WORDS);
});
