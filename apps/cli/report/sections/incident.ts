import { tactics } from '@yuheng/attack';
import { levelOf, nextSteps, sentence, tacticName, type IncidentFinding, type Language } from '@yuheng/engine';
import { timeText } from '../../text/numbers.ts';
import type { KeptFinding } from '../collect.ts';
import { html, type Html } from '../html.ts';
import { entityId, graph } from '../svg/graph.ts';
import { levelBoth } from '../svg/timeline.ts';
import { PARTS, say, sayBlock, sayHtml, WORDS, type Both } from '../words.ts';
import { evidence } from './evidence.ts';

/** Findings of one incident told one by one; the rest is counted. */
const MAX_TOLD = 60;

/** Entities of a kind named in a fact. */
const MAX_NAMED = 5;

/** One incident, from headline to raw record. `findings` are those of it that were kept, in order. */
export function incidentSection(
  incident: IncidentFinding,
  number: number,
  findings: readonly KeptFinding[],
  titleOf: (finding: KeptFinding) => Both,
): Html {
  const level = levelOf(incident.severity_id);
  const told = findings.slice(0, MAX_TOLD);
  return html`<section id="incident-${number}" aria-labelledby="incident-${number}-title">
    <h2 id="incident-${number}-title">${number}. ${say(incident.unmapped.titles)}</h2>
    <dl class="facts">
      <div>
        <dt>${say(WORDS.severity)}</dt>
        <dd>
          <span class="sev ${level}">${say(levelBoth(level))}</span>
          <span class="dim small">${scoreText(incident)}</span>
        </dd>
      </div>
      <div>
        <dt>${say(WORDS.first)}</dt>
        <dd>${timeText(incident['start_time'] as number)}</dd>
        <dt>${say(WORDS.last)}</dt>
        <dd>${timeText(incident.time)}</dd>
      </div>
      <div>
        <dt>${say(WORDS.hosts)}</dt>
        <dd>${named(incident, 'host')}</dd>
      </div>
      <div>
        <dt>${say(WORDS.users)}</dt>
        <dd>${named(incident, 'user')}</dd>
      </div>
      <div>
        <dt>${say(WORDS.status)}</dt>
        <dd>${say(WORDS.statusNew)}</dd>
      </div>
    </dl>
    <h3>${say(WORDS.story)}</h3>
    ${story(told, titleOf)} ${restText(incident, told)} ${graphPart(incident, findings)} ${verdict(incident, findings)}
    <h3>${say(WORDS.evidence)}</h3>
    ${told.map((finding) => evidence(finding, titleOf(finding)))}
  </section>`;
}

function scoreText(incident: IncidentFinding): Html {
  const { score, parts } = incident.unmapped;
  const counted = parts.filter((part) => part.value > 0);
  return html`${say(WORDS.score)} ${score} =
  ${counted.map(({ name, value }, index) => html`${index > 0 && ' + '}${value} ${say(PARTS[name] ?? { en: name, 'zh-CN': name })}`)}`;
}

function named(incident: IncidentFinding, kind: string): Html {
  const all = incident.unmapped.entities.filter((entity) => entity.kind === kind);
  const rest = all.length - MAX_NAMED;
  const shown = all
    .slice(0, MAX_NAMED)
    .map(({ value }, index) => html`${index > 0 && ', '}<span data-e="${entityId(kind, value)}">${value}</span>`);
  return all.length === 0 ? html`–` : html`${shown}${rest > 0 && ` +${rest}`}`;
}

/** Findings by their first tactic, in the order in which an attack is told; within it by time. */
function story(findings: readonly KeptFinding[], titleOf: (finding: KeptFinding) => Both): Html {
  const groups = new Map<string, KeptFinding[]>();
  for (const finding of findings) {
    const tactic = finding.attacks[0]?.tactic?.uid ?? '';
    groups.set(tactic, [...(groups.get(tactic) ?? []), finding]);
  }
  const order = [...tactics.filter((tactic) => groups.has(tactic.id)), ...(groups.has('') ? [undefined] : [])];
  return html`${order.map(
    (tactic) =>
      html`${tactic && html`<p class="tactic">${sayHtml((language) => html`${tacticName(tactic.short, language)}`)}</p>`}
        <ol class="story">
          ${groups.get(tactic?.id ?? '')!.map((finding) => told(finding, titleOf(finding)))}
        </ol>`,
  )}`;
}

function told(finding: KeptFinding, title: Both): Html {
  const ids = finding.entities.map(({ kind, value }) => entityId(kind, value)).join(' ');
  const half = (language: Language): Html =>
    html`<span>${title[language]}${finding.count > 1 && ` ×${finding.count}`}</span>${sentence(
      finding.facts,
      language,
    ).map((piece, index) => {
      const before = index === 0 && (language === 'en' ? ' — ' : '：');
      return 'words' in piece ? html`${before}${piece.words}` : html`${before}<span class="val">${piece.value}</span>`;
    })}`;
  return html`<li data-e="${ids}">
    <span class="when">${timeText(finding.ms)} · <a href="#f-${finding.uid}">${say(WORDS.evidence)}</a></span
    ><span class="sev ${finding.level}">${say(levelBoth(finding.level))}</span> ${sayHtml(half)}
  </li>`;
}

function restText(incident: IncidentFinding, shown: readonly KeptFinding[]): Html | undefined {
  const rest = incident.finding_info_list.length - shown.length;
  if (rest <= 0) return undefined;
  return html`<p class="dim">
    ${say({ en: `… and ${rest} more findings of this incident, in the NDJSON.`, 'zh-CN': `……该事件另有 ${rest} 条发现，见 NDJSON。` })}
  </p>`;
}

function graphPart(incident: IncidentFinding, findings: readonly KeptFinding[]): Html | undefined {
  const drawn = graph(incident, findings);
  return (
    drawn &&
    html`<h3>${say(WORDS.graph)}</h3>
      ${drawn}`
  );
}

function verdict(incident: IncidentFinding, findings: readonly KeptFinding[]): Html {
  const used = new Set(findings.flatMap((finding) => finding.attacks.map((attack) => attack.tactic?.uid)));
  const done = tactics.filter((tactic) => used.has(tactic.id));
  const rules = incident.unmapped.rules.length;
  const hosts = incident.unmapped.entities.filter((entity) => entity.kind === 'host').length;
  const known = {
    en: `${incident.finding_info_list.length} findings of ${rules} rule${rules === 1 ? '' : 's'} matched records on ${hosts} host${hosts === 1 ? '' : 's'}; each is shown with its record.`,
    'zh-CN': `${rules} 条规则在 ${hosts} 台主机的记录上产生了 ${incident.finding_info_list.length} 条发现，均附有原始记录。`,
  };
  const guessed = {
    en: 'That they belong together: they share processes, sessions, accounts, addresses or hosts within hours. An administrator at work can look alike.',
    'zh-CN': '它们属于同一起事件：数小时内共享进程、会话、账户、地址或主机。管理员的正常操作也可能看起来相似。',
  };
  return html`<h3>${say(WORDS.known)}</h3>
    <p>${say(known)}</p>
    <h3>${say(WORDS.guessed)}</h3>
    <p>${say(guessed)}</p>
    <h3>${say(WORDS.next)}</h3>
    ${sayBlock(
      (language) =>
        html`<ol>
          ${nextSteps(
            done.map((tactic) => tactic.short),
            language,
          ).map((step) => html`<li>${step}</li>`)}
        </ol>`,
    )}`;
}
