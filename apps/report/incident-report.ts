import { titleIn, type IncidentFinding, type Language, type Status, type Translations } from '@yuheng/engine';
import { document } from './document.ts';
import { html } from './html.ts';
import { timeText } from './numbers.ts';
import { incidentBody } from './sections/incident.ts';
import type { ShownFinding } from './shown-finding.ts';
import { say, STATUS_WORDS, WORDS, type Both } from './words.ts';

/** Findings that a report of one incident tells; the rest is counted. */
export const MAX_INCIDENT_FINDINGS = 1_000;

/** What story and evidence may take together, so that the file can be mailed. */
const MAX_CHARACTERS = 1_800_000;

/** An incident with all that its report tells. */
export interface ReportedIncident {
  readonly incident: IncidentFinding;
  /** Its findings in order, at most `MAX_INCIDENT_FINDINGS`. */
  readonly findings: readonly ShownFinding[];
  readonly status: Status;
  /** Why it has this state; '' where nobody said. */
  readonly reason: string;
  /** Who works on it; '' nobody. */
  readonly owner: string;
}

/** The report of one incident as one HTML document in both languages, which begins in the given one. */
export function incidentReport(
  { incident, findings, status, reason, owner }: ReportedIncident,
  translations: Translations,
  version: string,
  language: Language,
): string {
  const [from, to] = [timeText(incident['start_time'] as number), timeText(incident.time)];
  const { titles } = incident.unmapped;
  const headline = { en: `${titles.en}, from ${from} to ${to}.`, 'zh-CN': `${titles['zh-CN']}，自 ${from} 至 ${to}。` };
  const body = html`<h1>${say(headline)}</h1>
    ${incidentBody(incident, findings, {
      level: 2,
      titleOf: ({ rule, title }) => ({ en: title, 'zh-CN': titleIn(translations, rule, title, 'zh-CN') }),
      state: stateText(status, reason, owner),
      maxFindings: MAX_INCIDENT_FINDINGS,
      maxCharacters: MAX_CHARACTERS,
      elsewhere: WORDS.onServer,
    })}`;
  return document(body, { name: WORDS.incidentReport, version, language });
}

function stateText(status: Status, reason: string, owner: string): Both {
  const { en, 'zh-CN': chinese } = STATUS_WORDS[status];
  return {
    en: `${en}${reason && `: ${reason}`} · ${owner ? `owner: ${owner}` : 'nobody assigned'}`,
    'zh-CN': `${chinese}${reason && `：${reason}`} · ${owner ? `负责人：${owner}` : '未分派'}`,
  };
}
