import { titleIn, type IncidentFinding, type Language, type Translations } from '@yuheng/engine';
import type { ReportCollector } from './collect.ts';
import { document } from './document.ts';
import { html, type Html } from './html.ts';
import { booksSection, type Books } from './sections/books.ts';
import { incidentBody, type Telling } from './sections/incident.ts';
import { overview } from './sections/overview.ts';
import { attackSection, involvedSection, rulesSection } from './sections/tables.ts';
import type { ShownFinding } from './shown-finding.ts';
import { say, WORDS, type Both } from './words.ts';

/** Incidents told in full; the others are counted and stand in the NDJSON. */
const MAX_INCIDENTS = 40;

/** Findings of one of them that are told one by one. */
const MAX_TOLD = 60;

/** What all incidents together may take, so that the file stays one that can be mailed. */
const MAX_INCIDENT_CHARACTERS = 2_500_000;

/** A hunt's outcome, besides the findings. */
export interface HuntOutcome {
  readonly incidents: readonly IncidentFinding[];
  readonly books: Books;
  /** The product's version. */
  readonly version: string;
}

/** The report of a hunt as one HTML document in both languages, which begins in the given one. */
export function huntReport(
  collected: ReportCollector,
  { incidents: all, books, version }: HuntOutcome,
  translations: Translations,
  language: Language,
): string {
  const title = (uid: string, own: string): Both => ({ en: own, 'zh-CN': titleIn(translations, uid, own, 'zh-CN') });
  const shown = new Map(
    [...collected.rules.values()].flatMap((rule) => rule.shown.map((finding) => [finding.uid, finding] as const)),
  );
  const incidents = [...all].sort(
    (a, b) => b.unmapped.score - a.unmapped.score || (a.metadata.uid < b.metadata.uid ? -1 : 1),
  );
  const told = new Set<string>();
  const sections = incidentSections(incidents, shown, told, (finding) => title(finding.rule, finding.title));
  const titles = new Map([...collected.rules.values()].map((rule) => [rule.uid, title(rule.uid, rule.title)]));
  const body = html`${overview(collected, incidents)} ${sections}
  ${rulesSection(collected, told, (rule) => titles.get(rule.uid)!)}
  ${involvedSection(WORDS.perHost, WORDS.host, collected.hosts, titles)}
  ${involvedSection(WORDS.perUser, WORDS.user, collected.users, titles)} ${attackSection(collected)}
  ${booksSection(books)}`;
  return document(body, { name: WORDS.report, version, language });
}

function incidentSections(
  incidents: readonly IncidentFinding[],
  shown: ReadonlyMap<string, ShownFinding>,
  told: Set<string>,
  titleOf: Telling['titleOf'],
): Html[] {
  const sections: Html[] = [];
  let characters = 0;
  for (const [index, incident] of incidents.slice(0, MAX_INCIDENTS).entries()) {
    const findings = incident.finding_info_list.flatMap(({ uid }) => (told.has(uid) ? [] : (shown.get(uid) ?? [])));
    const section = incidentSection(incident, index + 1, findings, titleOf);
    characters += section.text.length;
    if (characters > MAX_INCIDENT_CHARACTERS) break;
    for (const { uid } of findings) told.add(uid);
    sections.push(section);
  }
  const rest = incidents.length - sections.length;
  if (rest > 0)
    sections.push(
      html`<p>
        ${say({ en: `… and ${rest} more incidents; --incidents incidents.ndjson writes all.`, 'zh-CN': `……另有 ${rest} 个安全事件；--incidents incidents.ndjson 可写出全部。` })}
      </p>`,
    );
  return sections;
}

function incidentSection(
  incident: IncidentFinding,
  number: number,
  findings: readonly ShownFinding[],
  titleOf: Telling['titleOf'],
): Html {
  const telling: Telling = {
    level: 3,
    titleOf,
    state: WORDS.statusNew,
    maxFindings: MAX_TOLD,
    maxCharacters: MAX_INCIDENT_CHARACTERS,
    elsewhere: WORDS.inNdjson,
  };
  return html`<section id="incident-${number}" aria-labelledby="incident-${number}-title">
    <h2 id="incident-${number}-title">${number}. ${say(incident.unmapped.titles)}</h2>
    ${incidentBody(incident, findings, telling)}
  </section>`;
}
