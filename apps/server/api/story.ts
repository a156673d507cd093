import { tactics } from '@yuheng/attack';
import {
  entitiesOf,
  factsOf,
  LANGUAGES,
  levelOf,
  nextSteps,
  sentence,
  tacticName,
  titleIn,
  type Finding,
  type IncidentFinding,
  type Language,
  type Translations,
} from '@yuheng/engine';
import { z } from 'zod';
import { demand, uidParams } from './findings.ts';
import type { Api, ApiParts } from './parts.ts';

/** Findings of one incident that are told one by one; the rest is counted. */
const MAX_TOLD = 60;

const texts = z.object({ en: z.string(), 'zh-CN': z.string() });
const pieces = z.array(z.union([z.object({ words: z.string() }), z.object({ value: z.string() })]));
const told = z.object({
  uid: z.string(),
  rule: z.string(),
  titles: texts,
  level: z.string(),
  time: z.number().int().describe('ms since 1970, of its last event'),
  count: z.number().int().describe('Events behind it.'),
  sentences: z.object({ en: pieces, 'zh-CN': pieces }).describe('What its last event says, after the title.'),
  entities: z.array(z.object({ kind: z.string(), value: z.string(), label: z.string() })),
  file: z.string(),
  record: z.union([z.number(), z.string()]),
  event: z.record(z.string(), z.unknown()).describe('Its last event, without the raw record.'),
  raw: z.string().describe('The record as it came.'),
});
const story = z.object({
  chapters: z
    .array(z.object({ tactic: z.string(), names: texts, findings: z.array(told) }))
    .describe('Findings by their first ATT&CK tactic, in the order in which an attack is told; within it by time.'),
  untold: z.number().int().describe('Findings beyond those told.'),
  next: z.object({ en: z.array(z.string()), 'zh-CN': z.array(z.string()) }).describe('What to do next.'),
});

/** `GET /api/v1/incidents/{uid}/story`: an incident told in sentences, each with its record. */
export function storyRoute(api: Api, { findings, translations }: ApiParts): void {
  api.get(
    '/api/v1/incidents/:uid/story',
    {
      config: { scope: 'read' },
      schema: { summary: 'An incident told in sentences', params: uidParams, response: { 200: story } },
    },
    async (request) => {
      const { tenant } = request.caller;
      const incident = JSON.parse(demand(await findings.find('incidents', tenant, request.params.uid)).body);
      const { finding_info_list: all } = incident as IncidentFinding;
      const uids = all.slice(0, MAX_TOLD).map(({ uid }) => uid);
      const standing = (await findings.findEach(tenant, uids)).map(({ body }) => JSON.parse(body) as Finding);
      return tell(standing, all.length - standing.length, translations);
    },
  );
}

function tell(findings: readonly Finding[], untold: number, translations: Translations): z.infer<typeof story> {
  const byTactic = new Map<string, Finding[]>();
  for (const finding of findings) {
    const tactic = finding.finding_info.attacks[0]?.tactic?.uid ?? '';
    byTactic.set(tactic, [...(byTactic.get(tactic) ?? []), finding]);
  }
  const used = tactics.filter(({ id }) => byTactic.has(id));
  const chapters = [...used, { id: '', short: '' }].flatMap(({ id, short }) => {
    const here = byTactic.get(id);
    const names = inEach((language) => tacticName(short, language));
    return here ? [{ tactic: short, names, findings: here.map((finding) => tellOne(finding, translations)) }] : [];
  });
  const done = used.map(({ short }) => short);
  return { chapters, untold, next: inEach((language) => nextSteps(done, language)) };
}

function tellOne({ finding_info, evidences, severity_id, time, count }: Finding, translations: Translations) {
  const { uid, title, analytic } = finding_info;
  const { file, record, event } = evidences.at(-1)!.data;
  const { raw_data: raw = '', ...rest } = event;
  const facts = factsOf(event);
  return {
    uid,
    rule: analytic.uid,
    titles: inEach((language) => titleIn(translations, analytic.uid, title, language)),
    level: levelOf(severity_id),
    time,
    count,
    sentences: inEach((language) => sentence(facts, language)),
    entities: entitiesOf(event).map(({ kind, value, label }) => ({ kind, value, label })),
    file,
    record,
    event: rest,
    raw: String(raw),
  };
}

function inEach<Told>(make: (language: Language) => Told): { [language in Language]: Told } {
  return Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as { [l in Language]: Told };
}
