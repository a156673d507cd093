import { levelOf, severityOf, type IncidentFinding, type KeptSilence, type Level } from '@yuheng/engine';
import { SILENCE_LEVEL, silenceTitles } from '../operations/operational-finding.ts';
import { plainLine } from './plain-line.ts';

/** What a notice has of an incident at most: characters of a text, rules, and entities. */
export const MAX_TEXT = 500;
export const MAX_RULES = 20;
export const MAX_ENTITIES = 50;

/** What a notice says of an incident. */
export interface IncidentSummary {
  readonly uid: string;
  readonly title: string;
  readonly titles: { readonly en: string; readonly 'zh-CN': string };
  readonly severity: Level;
  readonly severity_id: number;
  readonly score: number;
  /** ms since 1970, of its first and its last event. */
  readonly start_time: number;
  readonly end_time: number;
  /** How many there are. */
  readonly findings: number;
  readonly rules: readonly {
    readonly uid: string;
    readonly title: string;
    readonly level: Level;
    readonly findings: number;
  }[];
  readonly entities: readonly { readonly kind: string; readonly value: string }[];
}

/** What a notice says of an operational finding: a source that fell silent. */
export interface OperationSummary {
  readonly uid: string;
  readonly title: string;
  readonly titles: { readonly en: string; readonly 'zh-CN': string };
  readonly severity: Level;
  readonly severity_id: number;
  readonly source: string;
  /** ms since 1970. */
  readonly last_received: number;
  readonly since: number;
}

/** The body of a webhook, and what a mail is written from. */
export type News = {
  /** `incident.high`, `operation.medium` */
  readonly type: string;
  readonly tenant: string;
  /** Where people read on. */
  readonly url: string;
} & ({ readonly incident: IncidentSummary } | { readonly operation: OperationSummary });

/** Tells of an incident (the text of an Incident Finding); `consoleUrl` without a slash at its end. */
export function incidentNews(tenant: string, body: string, consoleUrl: string): News {
  const incident = JSON.parse(body) as IncidentFinding;
  const { uid, titles, title, score, rules, entities } = incident.unmapped;
  const severity = levelOf(incident.severity_id);
  return {
    type: `incident.${severity}`,
    tenant,
    incident: {
      uid,
      title: clip(title),
      titles: { en: clip(titles.en), 'zh-CN': clip(titles['zh-CN']) },
      severity,
      severity_id: incident.severity_id,
      score,
      start_time: Number(incident['start_time']),
      end_time: Number(incident['end_time']),
      findings: incident.finding_info_list.length,
      rules: rules.slice(0, MAX_RULES).map((rule) => ({ ...rule, title: clip(rule.title) })),
      entities: entities.slice(0, MAX_ENTITIES).map(({ kind, value }) => ({ kind, value: clip(value) })),
    },
    url: `${consoleUrl}/incidents/${uid}`,
  };
}

/** Tells of a source that fell silent. */
export function silenceNews({ tenant, uid, source, lastMs, sinceMs }: KeptSilence, consoleUrl: string): News {
  const titles = silenceTitles(clip(source));
  return {
    type: `operation.${SILENCE_LEVEL}`,
    tenant,
    operation: {
      uid,
      title: titles.en,
      titles,
      severity: SILENCE_LEVEL,
      severity_id: severityOf(SILENCE_LEVEL),
      source: clip(source),
      last_received: lastMs,
      since: sinceMs,
    },
    url: `${consoleUrl}/operations`,
  };
}

function clip(text: string): string {
  return plainLine(text, MAX_TEXT);
}
