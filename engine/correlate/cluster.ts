import type { Attack } from '../attacks.ts';
import type { Entity } from '../entities.ts';
import type { PlacedFinding } from '../finding.ts';
import type { Incident, IncidentEntity, IncidentRule, ScorePart } from '../incident.ts';
import { compareOrder, compareText, type Order } from '../order.ts';
import { uidOf } from '../record.ts';
import { LEVELS, severityOf, type Level } from '../severity.ts';

interface FindingRef {
  readonly order: Order;
  readonly title: string;
}

/** Findings that belong together: an incident, or one in the making. */
export class Cluster {
  readonly first: Order;
  readonly tenant: string;
  /** When the first event of any finding happened: a finding may look back on many. */
  startMs: number;
  endMs: number;
  findings: FindingRef[] = [];
  readonly entities = new Map<string, IncidentEntity>();
  private readonly rules = new Map<string, IncidentRule>();
  private readonly attacks = new Map<string, Attack>();
  private level: Level = 'informational';

  constructor(first: Order, tenant: string) {
    this.first = first;
    this.tenant = tenant;
    this.startMs = this.endMs = first.ms;
  }

  /** The same cluster a second time. */
  copy(): Cluster {
    const copy = new Cluster(this.first, this.tenant);
    copy.absorb(this);
    return copy;
  }

  add({ order, finding, level, entities }: PlacedFinding): void {
    this.findings.push({ order, title: finding.finding_info.title });
    this.startMs = Math.min(this.startMs, finding.finding_info.first_seen_time);
    this.endMs = Math.max(this.endMs, order.ms);
    this.raise(level);
    const { analytic, attacks, title } = finding.finding_info;
    this.countRule({ uid: analytic.uid, title, level, findings: 1 });
    for (const attack of attacks) this.attacks.set(attackKey(attack), attack);
    for (const entity of entities)
      this.countEntity(entityKey(entity), { kind: entity.kind, value: entity.value, findings: 1 });
  }

  /** Takes everything that another holds. */
  absorb(other: Cluster): void {
    this.findings = [...this.findings, ...other.findings].sort((a, b) => compareOrder(a.order, b.order));
    this.startMs = Math.min(this.startMs, other.startMs);
    this.endMs = Math.max(this.endMs, other.endMs);
    this.raise(other.level);
    for (const rule of other.rules.values()) this.countRule(rule);
    for (const [key, attack] of other.attacks) this.attacks.set(key, attack);
    for (const [key, entity] of other.entities) this.countEntity(key, entity);
  }

  /** At least two different rules, or one critical finding: all else stays single findings. */
  get isIncident(): boolean {
    return this.rules.size >= 2 || this.level === 'critical';
  }

  incident(): Incident {
    const parts = this.score();
    return {
      uid: uidOf('incident', this.first.uid),
      tenant: this.tenant,
      first: this.first,
      score: parts.reduce((sum, part) => sum + part.value, 0),
      parts,
      level: this.level,
      startMs: this.startMs,
      endMs: this.endMs,
      findings: this.findings.map(({ order, title }) => ({ uid: order.uid, title })),
      entities: [...this.entities.values()].sort(
        (a, b) => b.findings - a.findings || compareText(a.kind, b.kind) || compareText(a.value, b.value),
      ),
      rules: [...this.rules.values()].sort(
        (a, b) => severityOf(b.level) - severityOf(a.level) || b.findings - a.findings || compareText(a.uid, b.uid),
      ),
      attacks: [...this.attacks.entries()].sort(([a], [b]) => compareText(a, b)).map(([, attack]) => attack),
    };
  }

  private score(): ScorePart[] {
    const tactics = new Set([...this.attacks.values()].map((attack) => attack.tactic?.uid));
    const hosts = [...this.entities.values()].filter((entity) => entity.kind === 'host');
    return [
      { name: 'severity', value: SEVERITY_SCORE[LEVELS.indexOf(this.level)]! },
      { name: 'rules', value: Math.min(20, 4 * (this.rules.size - 1)) },
      { name: 'tactics', value: Math.min(20, 4 * Math.max(0, tactics.size - 1)) },
      { name: 'hosts', value: Math.min(10, 5 * Math.max(0, hosts.length - 1)) },
    ];
  }

  private raise(level: Level): void {
    if (severityOf(level) > severityOf(this.level)) this.level = level;
  }

  private countRule(rule: IncidentRule): void {
    const known = this.rules.get(rule.uid);
    this.rules.set(rule.uid, known ? { ...known, findings: known.findings + rule.findings } : rule);
  }

  private countEntity(key: string, entity: IncidentEntity): void {
    const known = this.entities.get(key);
    this.entities.set(key, known ? { ...known, findings: known.findings + entity.findings } : entity);
  }
}

/** Together with the other parts at most 100. */
const SEVERITY_SCORE = [5, 10, 20, 35, 50];

/** Equal for equal entities. */
export function entityKey({ kind, value }: Pick<Entity, 'kind' | 'value'>): string {
  return `${kind} ${value}`;
}

function attackKey(attack: Attack): string {
  return [attack.tactic?.uid, attack.technique?.uid, attack.sub_technique?.uid].join(' ');
}
