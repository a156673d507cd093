import { ATTACK_VERSION, tacticOf, techniqueOf } from '@yuheng/attack';
import type { SigmaMetadata, SigmaProblem } from '@yuheng/sigma';
import type { Locate } from './locate.ts';

const PREFIX = 'attack.';
const TECHNIQUE = /^t\d{4}(?:\.\d{3})?$/i;
/** Groups, software, campaigns, mitigations and data sources, which stand in tags too, and of which there is no table here. */
const OTHER = /^(?:[gscm]|ds)\d{4}$/i;

/** Tags that name a technique or tactic which ATT&CK does not have, or no longer under this id. */
export function attackTagProblems(rule: SigmaMetadata, locate: Locate): SigmaProblem[] {
  return rule.tags.flatMap((tag, index) => {
    const told = tag.startsWith(PREFIX) ? problemOf(tag.slice(PREFIX.length)) : undefined;
    return told ? [{ ...locate(rule, ['tags', index]), ...told }] : [];
  });
}

type Told = Omit<SigmaProblem, 'file' | 'line' | 'rule'>;

function problemOf(name: string): Told | undefined {
  if (OTHER.test(name)) return undefined;
  if (!TECHNIQUE.test(name)) return tacticOf(name) ? undefined : unknown(name, 'tactic');
  const technique = techniqueOf(name);
  if (!technique) return unknown(name, 'technique');
  return technique.id === name.toUpperCase() ? undefined : revoked(name, technique.id, technique.name);
}

function unknown(name: string, what: string): Told {
  return {
    severity: 'error',
    code: 'tag.attack-unknown',
    what: `there is no ATT&CK ${what} "${name}"`,
    why: `ATT&CK ${ATTACK_VERSION} does not have it, so findings of the rule cannot be placed`,
    fix: 'correct the tag',
  };
}

function revoked(name: string, id: string, title: string): Told {
  return {
    severity: 'warning',
    code: 'tag.attack-revoked',
    what: `the ATT&CK technique "${name}" was revoked`,
    why: `since then it is ${id} (${title})`,
    fix: `write attack.${id.toLowerCase()}`,
  };
}
