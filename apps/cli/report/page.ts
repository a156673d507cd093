import { createHash } from 'node:crypto';
import { titleIn, type IncidentFinding, type Language, type Translations } from '@yuheng/engine';
import type { HuntResult } from '../hunt/run.ts';
import { version } from '../version.ts';
import type { KeptFinding, ReportCollector } from './collect.ts';
import { CSS, SCRIPT } from './css.ts';
import { Html, html } from './html.ts';
import { booksSection } from './sections/books.ts';
import { incidentSection } from './sections/incident.ts';
import { overview } from './sections/overview.ts';
import { attackSection, involvedSection, rulesSection } from './sections/tables.ts';
import { say, WORDS, type Both } from './words.ts';

/** Incidents told in full; the others are counted and stand in the NDJSON. */
const MAX_INCIDENTS = 40;

/** What all incidents together may take, so that the file stays one that can be mailed. */
const MAX_INCIDENT_CHARACTERS = 2_500_000;

/** The whole report as one HTML document. */
export function reportPage(
  collected: ReportCollector,
  result: HuntResult,
  translations: Translations,
  language: Language,
): string {
  const title = (uid: string, own: string): Both => ({ en: own, 'zh-CN': titleIn(translations, uid, own, 'zh-CN') });
  const kept = new Map(
    [...collected.rules.values()].flatMap((rule) => rule.shown.map((finding) => [finding.uid, finding] as const)),
  );
  const incidents = [...result.incidents].sort(
    (a, b) => b.unmapped.score - a.unmapped.score || (a.metadata.uid < b.metadata.uid ? -1 : 1),
  );
  const told = new Set<string>();
  const sections = incidentSections(incidents, kept, told, (finding) => title(finding.rule, finding.title));
  const titles = new Map([...collected.rules.values()].map((rule) => [rule.uid, title(rule.uid, rule.title)]));
  const body = html`${overview(collected, incidents)} ${sections}
  ${rulesSection(collected, told, (rule) => titles.get(rule.uid)!)}
  ${involvedSection(WORDS.perHost, WORDS.host, collected.hosts, titles)}
  ${involvedSection(WORDS.perUser, WORDS.user, collected.users, titles)} ${attackSection(collected)}
  ${booksSection(result)}`;
  return document(body, language);
}

function incidentSections(
  incidents: readonly IncidentFinding[],
  kept: ReadonlyMap<string, KeptFinding>,
  told: Set<string>,
  titleOf: (finding: KeptFinding) => Both,
): Html[] {
  const sections: Html[] = [];
  let characters = 0;
  for (const [index, incident] of incidents.slice(0, MAX_INCIDENTS).entries()) {
    const findings = incident.finding_info_list.flatMap(({ uid }) => (told.has(uid) ? [] : (kept.get(uid) ?? [])));
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

/** Nothing may be loaded from anywhere, and no other script or style may run. */
function policy(): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(CSS)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`;
}

function document(body: Html, language: Language): string {
  const chosen = (on: boolean): Html | undefined => (on ? html`checked` : undefined);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy())}">
<meta name="referrer" content="no-referrer">
<title>${WORDS.report[language]}</title>
${new Html(`<style>${CSS}</style>`)}
</head>
<body>
<main>
<input class="switch" type="radio" name="lang" id="lang-en" aria-label="English" ${chosen(language === 'en')}>
<input class="switch" type="radio" name="lang" id="lang-zh" aria-label="中文" ${chosen(language === 'zh-CN')}>
<input class="switch" type="radio" name="theme" id="theme-light" aria-label="Light / 浅色">
<input class="switch" type="radio" name="theme" id="theme-dark" aria-label="Dark / 深色">
<div class="page"><div class="wrap">
<div class="bar"><strong>${say(WORDS.report)}</strong> <span>Yuheng ${version}</span>
<span class="push">${say(WORDS.language)} <label for="lang-en">English</label><label for="lang-zh">中文</label></span>
<span>${say(WORDS.theme)} <label for="theme-light">${say(WORDS.light)}</label><label for="theme-dark">${say(WORDS.dark)}</label></span></div>
${body}
</div></div>
</main>
${new Html(`<script>${SCRIPT}</script>`)}
</body>
</html>
`.text;
}
