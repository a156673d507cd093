import { levelOf, type IncidentFinding } from '@yuheng/engine';
import { html, within, type Html } from '../html.ts';
import { timeText } from '../numbers.ts';
import type { ShownFinding } from '../shown-finding.ts';
import { entityId, graph } from '../svg/graph.ts';
import { levelBoth } from '../svg/timeline.ts';
import { heading, PARTS, say, WORDS, type Both, type PartLevel } from '../words.ts';
import { evidence } from './evidence.ts';
import { story } from './story.ts';
import { verdict } from './verdict.ts';

/** Entities of a kind named in a fact. */
const MAX_NAMED = 5;

/** How an incident is told. */
export interface Telling {
  readonly level: PartLevel;
  readonly titleOf: (finding: ShownFinding) => Both;
  /** What people made of it. */
  readonly state: Both;
  /** Findings told one by one at most; the rest is counted. */
  readonly maxFindings: number;
  /** Characters that the story and the evidence may take together; evidence that does not fit is counted. */
  readonly maxCharacters: number;
  /** Where the rest is. */
  readonly elsewhere: Both;
}

/** One incident below its headline, down to the raw records. `findings` are those of it that are at hand, in order. */
export function incidentBody(incident: IncidentFinding, findings: readonly ShownFinding[], telling: Telling): Html {
  const { level, titleOf, state, maxFindings, maxCharacters, elsewhere } = telling;
  const told = findings.slice(0, maxFindings);
  const room = maxCharacters - story(told, titleOf, () => true).text.length;
  const evidences = within(
    room,
    told.map((finding) => evidence(finding, titleOf(finding))),
  );
  const shown = new Set(told.slice(0, evidences.length));
  return html`${facts(incident, state)}
    ${heading(level, WORDS.story)}
    ${story(told, titleOf, (finding) => shown.has(finding))}
    ${restText(incident.finding_info_list.length - told.length, elsewhere)} ${graphPart(incident, findings, level)}
    ${verdict(incident, findings, level)}
    ${heading(level, WORDS.evidence)}
    ${evidences} ${restText(told.length - evidences.length, elsewhere)}`;
}

function facts(incident: IncidentFinding, state: Both): Html {
  const level = levelOf(incident.severity_id);
  return html`<dl class="facts">
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
        <dd>${say(state)}</dd>
      </div>
    </dl>`;
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

function restText(rest: number, elsewhere: Both): Html | undefined {
  if (rest <= 0) return undefined;
  const en = `… and ${rest} more findings of this incident, ${elsewhere.en}.`;
  return html`<p class="dim">${say({ en, 'zh-CN': `……该事件另有 ${rest} 条发现，${elsewhere['zh-CN']}。` })}</p>`;
}

function graphPart(incident: IncidentFinding, findings: readonly ShownFinding[], level: PartLevel): Html | undefined {
  const drawn = graph(incident, findings);
  return (
    drawn &&
    html`${heading(level, WORDS.graph)}
      ${drawn}`
  );
}
