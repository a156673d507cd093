import { tactics } from '@yuheng/attack';
import { baseWorth } from './correlate/worth.ts';
import type { Incident } from './incident.ts';
import { compareText } from './order.ts';
import { severityOf } from './severity.ts';
import { tacticName, type Language } from './words.ts';

/** Tactics that a headline names at most. */
const HEADLINE_TACTICS = 3;

/** The headline of an incident: what was done, where, by whom; the worst rule's words where no tactic is known. */
export function incidentTitle(incident: Pick<Incident, 'rules' | 'attacks' | 'entities'>, language: Language): string {
  const used = new Set(incident.attacks.map((attack) => attack.tactic?.uid));
  const told = tactics.filter((tactic) => used.has(tactic.id)).slice(-HEADLINE_TACTICS);
  const worst = [...incident.rules].sort(
    (a, b) => severityOf(b.level) - severityOf(a.level) || compareText(a.uid, b.uid),
  )[0];
  const what = told.length > 0 ? told.map((tactic) => tacticName(tactic.short, language)) : [worst?.title ?? ''];
  const hosts = incident.entities.filter((entity) => entity.kind === 'host').map((entity) => entity.value);
  const user = incident.entities.find((entity) => entity.kind === 'user' && baseWorth(entity) > 0)?.value;
  const address = incident.entities.find((entity) => entity.kind === 'address')?.value;
  return SENTENCE[language](what, hosts, user, address);
}

const SENTENCE: {
  readonly [language in Language]: (what: string[], hosts: string[], user?: string, address?: string) => string;
} = {
  en(what, hosts, user, address) {
    const more = hosts.length > 1 ? ` and ${hosts.length - 1} more` : '';
    const where = hosts[0] === undefined ? '' : ` on ${hosts[0]}${more}`;
    const who = user === undefined ? (address === undefined ? '' : ` from ${address}`) : ` by ${user}`;
    return `${what.join(', ')}${where}${who}`;
  },
  'zh-CN'(what, hosts, user, address) {
    const more = hosts.length > 1 ? ` 等 ${hosts.length} 台主机` : '';
    const where = hosts[0] === undefined ? '' : `${hosts[0]}${more}：`;
    const who = user === undefined ? (address === undefined ? '' : `（来源 ${address}）`) : `（账户 ${user}）`;
    return `${where}${what.join('、')}${who}`;
  },
};
