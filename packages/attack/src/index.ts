import { ATTACK_VERSION, REVOKED, TACTICS, TECHNIQUES } from './generated/table.ts';

/** The version of MITRE ATT&CK (Enterprise) that the tables hold. */
export { ATTACK_VERSION };

/** A tactic: why something was done. */
export interface Tactic {
  /** `TA0002`. */
  readonly id: string;
  /** `execution`, as Sigma tags write it. */
  readonly short: string;
  readonly name: string;
}

/** A technique or sub-technique: how it was done. */
export interface Technique {
  /** `T1059` or `T1059.001`. */
  readonly id: string;
  readonly name: string;
  /** Short names of the tactics that it serves. */
  readonly tactics: readonly string[];
  /** The technique above a sub-technique. */
  readonly parent?: string;
}

/** The order in which an attack is told (the matrix from left to right). */
const ORDER = [
  'reconnaissance',
  'resource-development',
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'stealth',
  'defense-impairment',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
];

/** Names of tactics that older rules and data sets still use (v19 split Defense Evasion). */
const RENAMED: { readonly [short: string]: string } = { 'defense-evasion': 'stealth' };

/** All tactics, in the order in which an attack is told. */
export const tactics: readonly Tactic[] = TACTICS.map(([id, short, name]) => ({ id, short, name })).sort(
  (a, b) => ORDER.indexOf(a.short) - ORDER.indexOf(b.short),
);

const tacticByName = new Map(
  tactics.flatMap((tactic) => [[tactic.short, tactic] as const, [tactic.id.toLowerCase(), tactic] as const]),
);

const techniqueById = new Map(
  TECHNIQUES.map(([id, name, of]): [string, Technique] => {
    const [parent, sub] = id.split('.');
    return [id, { id, name, tactics: of.split(' '), ...(sub === undefined ? {} : { parent: parent! }) }];
  }),
);

/** A tactic by its short name or id, in either case; `_` for `-`, old names too. `undefined`: no such tactic. */
export function tacticOf(name: string): Tactic | undefined {
  const short = name.toLowerCase().replaceAll('_', '-');
  return tacticByName.get(RENAMED[short] ?? short);
}

/** A technique by its id; a revoked id gives the technique that replaced it. `undefined`: no such technique. */
export function techniqueOf(id: string): Technique | undefined {
  let current = id.toUpperCase();
  for (let steps = 0; steps < 8 && Object.hasOwn(REVOKED, current); steps++) current = REVOKED[current]!;
  return techniqueById.get(current);
}
