import { tactics } from '@yuheng/attack';
import { sentence, tacticName, type Language } from '@yuheng/engine';
import { html, type Html } from '../html.ts';
import { timeText } from '../numbers.ts';
import type { ShownFinding } from '../shown-finding.ts';
import { entityId } from '../svg/graph.ts';
import { levelBoth } from '../svg/timeline.ts';
import { say, sayHtml, WORDS, type Both } from '../words.ts';

/** Findings by their first tactic, in the order in which an attack is told; within it by time. */
export function story(
  findings: readonly ShownFinding[],
  titleOf: (finding: ShownFinding) => Both,
  hasEvidence: (finding: ShownFinding) => boolean,
): Html {
  const groups = new Map<string, ShownFinding[]>();
  for (const finding of findings) {
    const tactic = finding.attacks[0]?.tactic?.uid ?? '';
    groups.set(tactic, [...(groups.get(tactic) ?? []), finding]);
  }
  const order = [...tactics.filter((tactic) => groups.has(tactic.id)), ...(groups.has('') ? [undefined] : [])];
  return html`${order.map(
    (tactic) =>
      html`${tactic && html`<p class="tactic">${sayHtml((language) => html`${tacticName(tactic.short, language)}`)}</p>`}
        <ol class="story">
          ${groups.get(tactic?.id ?? '')!.map((finding) => told(finding, titleOf(finding), hasEvidence(finding)))}
        </ol>`,
  )}`;
}

function told(finding: ShownFinding, title: Both, hasEvidence: boolean): Html {
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
    <span class="when"
      >${timeText(finding.ms)}${hasEvidence && html` · <a href="#f-${finding.uid}">${say(WORDS.evidence)}</a>`}</span
    ><span class="sev ${finding.level}">${say(levelBoth(finding.level))}</span> ${sayHtml(half)}
  </li>`;
}
