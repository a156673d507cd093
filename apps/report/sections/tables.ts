import { tactics } from '@yuheng/attack';
import { severityOf, tacticName } from '@yuheng/engine';
import { countText, timeText } from '../numbers.ts';
import type { Involved, KeptRule, ReportCollector } from '../collect.ts';
import { html, within, type Html } from '../html.ts';
import { levelBoth } from '../svg/timeline.ts';
import { say, sayHtml, WORDS, type Both } from '../words.ts';
import type { ShownFinding } from '../shown-finding.ts';
import { evidence } from './evidence.ts';

/** Rows of a table; the rest is counted. */
const MAX_ROWS = 200;

/** Findings of a rule that are shown below the table when they stand in no incident. */
const SHOWN_ALONE = 3;

/** What those may take together. */
const MAX_ALONE_CHARACTERS = 1_000_000;

/** A table that becomes cards on a small screen. */
function table(columns: readonly Both[], rows: readonly (readonly Html[])[], rest: number): Html {
  return html`<table class="cards">
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${say(column)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, index) => html`<td data-en="${columns[index]!.en}" data-zh="${columns[index]!['zh-CN']}"><div>${cell}</div></td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${rest > 0 && html`<p class="dim">${say({ en: `… and ${rest} more.`, 'zh-CN': `……另有 ${rest} 项。` })}</p>`}`;
}

/** Every rule with findings, and the first evidences of those that no incident shows. */
export function rulesSection(
  collected: ReportCollector,
  told: ReadonlySet<string>,
  ruleTitle: (rule: KeptRule) => Both,
): Html {
  const rules = [...collected.rules.values()].sort(
    (a, b) => severityOf(b.level) - severityOf(a.level) || b.total - a.total || (a.uid < b.uid ? -1 : 1),
  );
  const rows = rules
    .slice(0, MAX_ROWS)
    .map((rule) => [
      html`<span class="sev ${rule.level}">${say(levelBoth(rule.level))}</span>`,
      html`${say(ruleTitle(rule))}`,
      html`${countText(rule.total)}`,
      html`${timeText(rule.firstMs)}`,
      html`${timeText(rule.lastMs)}`,
    ]);
  const alone = (rule: KeptRule): ShownFinding[] =>
    rule.shown.filter((finding) => !told.has(finding.uid)).slice(0, SHOWN_ALONE);
  const loose = within(
    MAX_ALONE_CHARACTERS,
    rules.slice(0, MAX_ROWS).flatMap((rule) => alone(rule).map((finding) => evidence(finding, ruleTitle(rule)))),
  );
  return html`<section>
    <h2 id="rules">${say(WORDS.rules)}</h2>
    ${table([WORDS.severity, WORDS.rule, WORDS.count, WORDS.first, WORDS.last], rows, rules.length - MAX_ROWS)}
    ${
      loose.length > 0 &&
      html`<h3>${say({ en: 'Findings outside incidents', 'zh-CN': '不属于任何安全事件的发现' })}</h3>
        ${loose}`
    }
  </section>`;
}

/** Who was involved: hosts, or users. */
export function involvedSection(
  title: Both,
  column: Both,
  involved: ReadonlyMap<string, Involved>,
  titles: ReadonlyMap<string, Both>,
): Html | undefined {
  if (involved.size === 0) return undefined;
  const all = [...involved.entries()].sort(([a, x], [b, y]) => y.findings - x.findings || (a < b ? -1 : 1));
  const rows = all
    .slice(0, MAX_ROWS)
    .map(([, one]) => [
      html`<span class="val">${one.label}</span>`,
      html`${countText(one.findings)}`,
      html`${timeText(one.firstMs)}`,
      html`${timeText(one.lastMs)}`,
      html`${mostFrequent(one.rules, titles)}`,
    ]);
  return html`<section>
    <h2>${say(title)}</h2>
    ${table([column, WORDS.findings, WORDS.first, WORDS.last, WORDS.rule], rows, all.length - MAX_ROWS)}
  </section>`;
}

function mostFrequent(rules: ReadonlyMap<string, number>, titles: ReadonlyMap<string, Both>): Html {
  const most = [...rules.entries()].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 3);
  return html`${most.map(([uid, count], index) => html`${index > 0 && '; '}${say(titles.get(uid)!)} (${countText(count)})`)}`;
}

/** Tactics in the order of an attack, with the techniques that were seen. */
export function attackSection(collected: ReportCollector): Html | undefined {
  const seen = new Map<string, Map<string, number>>();
  for (const { attacks, total } of collected.rules.values()) {
    for (const { tactic, technique, sub_technique: sub } of attacks) {
      if (!tactic) continue;
      const named = sub ?? technique;
      const techniques = seen.get(tactic.uid) ?? new Map<string, number>();
      const name = named ? `${named.uid} ${named.name}` : '';
      seen.set(tactic.uid, techniques.set(name, (techniques.get(name) ?? 0) + total));
    }
  }
  if (seen.size === 0) return undefined;
  const rows = tactics
    .filter((tactic) => seen.has(tactic.id))
    .map((tactic) => [
      html`${sayHtml((language) => html`${tacticName(tactic.short, language)}`)}
        <span class="dim small">${tactic.id}</span>`,
      html`${[...seen.get(tactic.id)!.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count], index) => html`${index > 0 && '; '}${name || '–'} (${countText(count)})`)}`,
    ]);
  return html`<section>
    <h2>${say(WORDS.attack)}</h2>
    ${table([WORDS.tactic, WORDS.techniques], rows, 0)}
  </section>`;
}
