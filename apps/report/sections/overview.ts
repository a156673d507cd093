import { LEVELS, levelOf, type IncidentFinding, type Level } from '@yuheng/engine';
import { countText, timeText } from '../numbers.ts';
import type { ReportCollector } from '../collect.ts';
import { html, type Html } from '../html.ts';
import { levelBoth, timeline } from '../svg/timeline.ts';
import { say, WORDS, type Both } from '../words.ts';

/** The answer as a sentence, five facts, the picture, and the way to each incident. */
export function overview(collected: ReportCollector, incidents: readonly IncidentFinding[]): Html {
  const { total, hosts, users, buckets, bucketMs } = collected;
  const keys = [...buckets.keys()];
  return html`<h1>${say(answer(incidents, total))}</h1>
    <dl class="facts">
      <div>
        <dt>${say(WORDS.incidents)}</dt>
        <dd>${countText(incidents.length)}</dd>
      </div>
      <div>
        <dt>${say(WORDS.findings)}</dt>
        <dd>${countText(total)} ${levelCounts(collected)}</dd>
      </div>
      <div>
        <dt>${say(WORDS.hosts)}</dt>
        <dd>${countText(hosts.size)}</dd>
      </div>
      <div>
        <dt>${say(WORDS.users)}</dt>
        <dd>${countText(users.size)}</dd>
      </div>
      ${
        total > 0 &&
        html`<div>
          <dt>${say(WORDS.first)}</dt>
          <dd>${timeText(Math.min(...keys) * bucketMs)}</dd>
          <dt>${say(WORDS.last)}</dt>
          <dd>${timeText(Math.max(...keys) * bucketMs)}</dd>
        </div>`
      }
    </dl>
    ${
      total > 0 &&
      html`<h2>${say(WORDS.timeline)}</h2>
        ${timeline(buckets, bucketMs)}`
    }
    ${contents(incidents)}`;
}

function answer(incidents: readonly IncidentFinding[], total: number): Both {
  const [worst] = incidents;
  if (total === 0) return { en: 'Nothing was found.', 'zh-CN': '没有发现。' };
  if (!worst)
    return {
      en: `No incident; ${countText(total)} single findings.`,
      'zh-CN': `没有构成安全事件；有 ${countText(total)} 条单独的发现。`,
    };
  const since = timeText(worst['start_time'] as number);
  const count = incidents.length;
  return {
    en: `${count} incident${count === 1 ? '' : 's'} in ${countText(total)} findings. The worst: ${worst.unmapped.titles.en}, since ${since}.`,
    'zh-CN': `${countText(total)} 条发现中有 ${count} 个安全事件。最严重的：${worst.unmapped.titles['zh-CN']}，始于 ${since}。`,
  };
}

function levelCounts({ rules }: ReportCollector): Html {
  const counts = new Map<Level, number>();
  for (const { level, total } of rules.values()) counts.set(level, (counts.get(level) ?? 0) + total);
  const present = [...LEVELS].reverse().filter((level) => counts.has(level));
  return html`<span class="small"
    >${present.map((level) => html` <span class="sev ${level}">${countText(counts.get(level)!)} ${say(levelBoth(level))}</span>`)}</span
  >`;
}

function contents(incidents: readonly IncidentFinding[]): Html | undefined {
  if (incidents.length === 0) return html`<p>${say(WORDS.noIncident)}</p>`;
  return html`<nav aria-labelledby="contents">
    <h2 id="contents">${say(WORDS.contents)}</h2>
    <ol>
      ${incidents.map((incident, index) => {
        const level = levelOf(incident.severity_id);
        return html`<li>
          <span class="sev ${level}">${say(levelBoth(level))}</span>
          <a href="#incident-${index + 1}">${say(incident.unmapped.titles)}</a>
          <span class="dim small"
            >${timeText(incident['start_time'] as number)} · ${countText(incident.finding_info_list.length)}
            ${say(WORDS.findings)}</span
          >
        </li>`;
      })}
    </ol>
  </nav>`;
}
