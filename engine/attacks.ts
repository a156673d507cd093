import { ATTACK_VERSION, tacticOf, techniqueOf, type Tactic } from '@yuheng/attack';

/** OCSF `attack`. */
export interface Attack {
  readonly version: string;
  readonly tactic?: { readonly uid: string; readonly name: string };
  readonly technique?: { readonly uid: string; readonly name: string };
  readonly sub_technique?: { readonly uid: string; readonly name: string };
}

/** A rule's ATT&CK tags as OCSF attacks: each technique with the tactics that the rule names among its own, then tactics without a technique. */
export function attacksOf(tags: readonly string[]): Attack[] {
  const names = tags.filter((tag) => tag.startsWith('attack.')).map((tag) => tag.slice('attack.'.length));
  const tactics = names.map(tacticOf).filter((tactic) => tactic !== undefined);
  const techniques = names.map(techniqueOf).filter((technique) => technique !== undefined);
  const told = new Set<string>();
  const attacks: Attack[] = [];
  for (const technique of techniques) {
    const own = tactics.filter((tactic) => technique.tactics.includes(tactic.short));
    const parent = technique.parent === undefined ? undefined : techniqueOf(technique.parent);
    for (const tactic of own.length > 0 ? own : [tacticOf(technique.tactics[0]!)]) {
      if (tactic) told.add(tactic.short);
      attacks.push({
        version: ATTACK_VERSION,
        ...(tactic ? { tactic: named(tactic) } : {}),
        technique: named(parent ?? technique),
        ...(parent ? { sub_technique: named(technique) } : {}),
      });
    }
  }
  const alone = tactics.filter((tactic) => !told.has(tactic.short));
  return [...attacks, ...alone.map((tactic) => ({ version: ATTACK_VERSION, tactic: named(tactic) }))];
}

function named({ id, name }: Pick<Tactic, 'id' | 'name'>): { uid: string; name: string } {
  return { uid: id, name };
}
