import { LEVELS, severityOf, type Level, type PlacedFinding } from '@yuheng/engine';

/** What is remembered of a rule's findings. */
export interface RuleTally {
  readonly uid: string;
  readonly title: string;
  readonly level: Level;
  findings: number;
  firstMs: number;
  lastMs: number;
  /** Hosts, the first few. */
  readonly hosts: Set<string>;
}

/** Hosts remembered for a rule. */
const MAX_HOSTS = 20;

/** Counts findings by level and rule; its size depends on the rules only. */
export class Tally {
  readonly levels: { [level in Level]: number } = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
  private readonly byRule = new Map<string, RuleTally>();

  add({ finding, level, order, entities }: PlacedFinding): void {
    this.levels[level]++;
    const { analytic, title } = finding.finding_info;
    let tally = this.byRule.get(analytic.uid);
    if (!tally) {
      tally = { uid: analytic.uid, title, level, findings: 0, firstMs: Infinity, lastMs: order.ms, hosts: new Set() };
      this.byRule.set(analytic.uid, tally);
    }
    tally.findings++;
    tally.firstMs = Math.min(tally.firstMs, finding.finding_info.first_seen_time);
    tally.lastMs = order.ms;
    for (const entity of entities)
      if (entity.kind === 'host' && tally.hosts.size < MAX_HOSTS) tally.hosts.add(entity.label);
  }

  /** Rules with findings, the worst and rarest first. */
  get rules(): RuleTally[] {
    return [...this.byRule.values()].sort(
      (a, b) => severityOf(b.level) - severityOf(a.level) || a.findings - b.findings || (a.uid < b.uid ? -1 : 1),
    );
  }

  /** All findings. */
  get total(): number {
    return this.atLeast('informational');
  }

  /** Findings of this level or worse. */
  atLeast(level: Level): number {
    return LEVELS.slice(LEVELS.indexOf(level)).reduce((sum, name) => sum + this.levels[name], 0);
  }
}

/** All findings of a hunt, and those that are told: of `--min-level` or worse. */
export interface Tallies {
  readonly all: Tally;
  readonly told: Tally;
}
