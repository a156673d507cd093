import { ATTACK_VERSION, tacticOf, techniqueOf } from '@yuheng/attack';
import type { SigmaMetadata, SigmaProblem } from '@yuheng/sigma';

const PREFIX = 'attack.';
const TECHNIQUE = /^t\d{4}(?:\.\d{3})?$/i;
/** Groups, software, campaigns, mitigations and data sources, which stand in tags too, and of which there is no table here. */
const OTHER = /^(?:[gscm]|ds)\d{4}$/i;

/** Tags that name a technique or tactic which ATT&CK does not have, or no longer under this id. */
export function attackTagProblems(rule: SigmaMetadata): SigmaProblem[] {
  const names = rule.tags.filter((tag) => tag.startsWith(PREFIX)).map((tag) => tag.slice(PREFIX.length));
  return names.flatMap((name) => {
    if (OTHER.test(name)) return [];
    if (!TECHNIQUE.test(name)) return tacticOf(name) ? [] : [unknown(rule, name, 'tactic')];
    const technique = techniqueOf(name);
    if (!technique) return [unknown(rule, name, 'technique')];
    return technique.id === name.toUpperCase() ? [] : [revoked(rule, name, `${technique.id} (${technique.name})`)];
  });
}

function unknown(rule: SigmaMetadata, name: string, what: string): SigmaProblem {
  return {
    ...base(rule),
    severity: 'error',
    code: 'tag.attack-unknown',
    what: `there is no ATT&CK ${what} "${name}"`,
    why: `ATT&CK ${ATTACK_VERSION} does not have it, so findings of the rule cannot be placed`,
    fix: 'correct the tag',
  };
}

function revoked(rule: SigmaMetadata, name: string, now: string): SigmaProblem {
  return {
    ...base(rule),
    severity: 'warning',
    code: 'tag.attack-revoked',
    what: `the ATT&CK technique "${name}" was revoked`,
    why: `since then it is ${now}`,
    fix: `write attack.${now.split(' ')[0]!.toLowerCase()}`,
  };
}

function base(rule: SigmaMetadata): Pick<SigmaProblem, 'file' | 'rule'> {
  return { file: rule.file, rule: rule.id ?? rule.title };
}
