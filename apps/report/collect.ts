import type { Entity, Finding, Level, PlacedFinding } from '@yuheng/engine';
import { showFinding, type ShownFinding } from './shown-finding.ts';

/** Findings of one rule that are kept to be shown; the others are counted. */
export const SHOWN_PER_RULE = 20;

/** Buckets of the timeline while findings stream by; when there are more, two become one. */
const MAX_BUCKETS = 2_000;

/** Hosts and users that are followed one by one. */
const MAX_INVOLVED = 5_000;

/** What is kept of a rule. */
export interface KeptRule {
  readonly uid: string;
  readonly title: string;
  readonly level: Level;
  readonly attacks: Finding['finding_info']['attacks'];
  total: number;
  firstMs: number;
  lastMs: number;
  readonly shown: ShownFinding[];
}

/** A host or user: how often and when. */
export interface Involved {
  readonly label: string;
  findings: number;
  firstMs: number;
  lastMs: number;
  readonly rules: Map<string, number>;
}

/** Keeps of a stream of findings what a report shows, in memory that does not grow with their number. */
export class ReportCollector {
  readonly rules = new Map<string, KeptRule>();
  readonly hosts = new Map<string, Involved>();
  readonly users = new Map<string, Involved>();
  total = 0;
  /** Width of a timeline bucket, ms. */
  bucketMs = 1_000;
  buckets = new Map<number, Map<Level, number>>();

  add(found: PlacedFinding): void {
    const { order, level, entities } = found;
    this.total++;
    this.countTime(order.ms, level);
    const rule = this.ruleOf(found);
    rule.total++;
    rule.lastMs = order.ms;
    if (rule.shown.length < SHOWN_PER_RULE) rule.shown.push(showFinding(found));
    for (const entity of entities) {
      if (entity.kind === 'host') involve(this.hosts, entity, order.ms, rule.uid);
      if (entity.kind === 'user') involve(this.users, entity, order.ms, rule.uid);
    }
  }

  private ruleOf({ finding, level, order }: PlacedFinding): KeptRule {
    const { analytic, title, attacks } = finding.finding_info;
    let rule = this.rules.get(analytic.uid);
    if (!rule) {
      rule = { uid: analytic.uid, title, level, attacks, total: 0, firstMs: order.ms, lastMs: order.ms, shown: [] };
      this.rules.set(analytic.uid, rule);
    }
    return rule;
  }

  private countTime(ms: number, level: Level): void {
    const key = Math.floor(ms / this.bucketMs);
    const bucket = this.buckets.get(key) ?? new Map<Level, number>();
    this.buckets.set(key, bucket.set(level, (bucket.get(level) ?? 0) + 1));
    while (this.buckets.size > MAX_BUCKETS) this.widen();
  }

  private widen(): void {
    const wider = new Map<number, Map<Level, number>>();
    for (const [key, levels] of this.buckets) {
      const bucket = wider.get(Math.floor(key / 2)) ?? new Map<Level, number>();
      for (const [level, count] of levels) bucket.set(level, (bucket.get(level) ?? 0) + count);
      wider.set(Math.floor(key / 2), bucket);
    }
    this.bucketMs *= 2;
    this.buckets = wider;
  }
}

function involve(all: Map<string, Involved>, entity: Entity, ms: number, rule: string): void {
  let one = all.get(entity.value);
  if (!one) {
    if (all.size >= MAX_INVOLVED) return;
    one = { label: entity.label, findings: 0, firstMs: ms, lastMs: ms, rules: new Map() };
    all.set(entity.value, one);
  }
  one.findings++;
  one.lastMs = ms;
  one.rules.set(rule, (one.rules.get(rule) ?? 0) + 1);
}
