import { tactics } from '@yuheng/attack';
import { nextSteps, type IncidentFinding } from '@yuheng/engine';
import { html, type Html } from '../html.ts';
import type { ShownFinding } from '../shown-finding.ts';
import { heading, say, sayBlock, WORDS, type PartLevel } from '../words.ts';

/** What we know, what we guess, and what to do next. */
export function verdict(incident: IncidentFinding, findings: readonly ShownFinding[], level: PartLevel): Html {
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
  return html`${heading(level, WORDS.known)}
    <p>${say(known)}</p>
    ${heading(level, WORDS.guessed)}
    <p>${say(guessed)}</p>
    ${heading(level, WORDS.next)}
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
