import type { Entity } from '../entities.ts';
import type { PlacedFinding } from '../finding.ts';
import type { Incident } from '../incident.ts';
import { compareOrder } from '../order.ts';
import { Cluster, entityKey } from './cluster.ts';
import { EntityHistory } from './history.ts';
import { baseWorth } from './worth.ts';

/** How the fold binds; the figures behind the defaults stand in docs/reference/correlation.md. */
export interface FoldOptions {
  /** Shared worth from which a finding joins. */
  readonly threshold: number;
  /** How long after its last finding an incident can still be joined, ms. */
  readonly windowMs: number;
  /** An incident takes no more after this time … */
  readonly maxSpanMs: number;
  /** … or this many findings. */
  readonly maxFindings: number;
}

/** The fold's defaults. */
export const FOLD: FoldOptions = {
  threshold: 1,
  windowMs: 4 * 3_600_000,
  maxSpanMs: 7 * 24 * 3_600_000,
  maxFindings: 10_000,
};

/** An entity that more open clusters carry tells nothing of any of them, and is not followed. */
export const MAX_CARRIERS = 500;

/** Folds findings, in order, into incidents. */
export class IncidentFold {
  private readonly options: FoldOptions;
  private readonly carriers = new Map<string, Set<Cluster>>();
  private readonly history = new Map<string, EntityHistory<Cluster>>();
  /** Clusters that can still be joined. */
  private open = new Set<Cluster>();
  private done: Cluster[] = [];
  private sweptMs = Number.NEGATIVE_INFINITY;

  constructor(options: FoldOptions = FOLD) {
    this.options = options;
  }

  /** The next finding in order. */
  push(found: PlacedFinding): void {
    const nowMs = found.order.ms;
    this.sweep(nowMs);
    const entities = found.entities.filter((entity) => baseWorth(entity) > 0);
    for (const entity of entities) this.historyOf(entity).forget(nowMs);
    const bound = this.bound(entities, nowMs);
    const full = bound.filter((cluster) => cluster.findings.length >= this.options.maxFindings);
    const cluster =
      this.join(bound.filter((one) => !full.includes(one))) ??
      new Cluster(found.order, found.finding.metadata.tenant_uid);
    for (const one of full) this.succeed(one, cluster);
    cluster.add(found);
    this.open.add(cluster);
    for (const entity of entities) {
      this.historyOf(entity).add(nowMs, cluster);
      this.carriersOf(entity).add(cluster);
    }
  }

  /** All incidents, in the order of their first findings. */
  end(): Incident[] {
    for (const cluster of this.open) this.done.push(cluster);
    return this.done
      .filter((cluster) => cluster.isIncident)
      .sort((a, b) => compareOrder(a.first, b.first))
      .map((cluster) => cluster.incident());
  }

  /** Incidents that take no more; each is given once, and `end` does not give it again. */
  takeClosed(): Incident[] {
    const closed = this.done.filter((cluster) => cluster.isIncident).map((cluster) => cluster.incident());
    this.done = [];
    return closed;
  }

  /** The same fold a second time: what is pushed to one does not show in the other. Closed incidents stay with the first. */
  fork(): IncidentFold {
    const twins = new Map([...this.open].map((cluster) => [cluster, cluster.copy()]));
    const twin = (cluster: Cluster): Cluster => twins.get(cluster) ?? cluster;
    const fork = new IncidentFold(this.options);
    fork.open = new Set(twins.values());
    for (const [key, carriers] of this.carriers) fork.carriers.set(key, new Set([...carriers].map(twin)));
    for (const [key, history] of this.history) fork.history.set(key, history.copy(twin));
    fork.sweptMs = this.sweptMs;
    return fork;
  }

  /** The clusters with which these entities share enough worth. */
  private bound(entities: readonly Entity[], nowMs: number): Cluster[] {
    const shared = new Map<Cluster, number>();
    for (const entity of entities) {
      const history = this.historyOf(entity);
      const carriers = this.carriers.get(entityKey(entity));
      if (!carriers || carriers.size > MAX_CARRIERS) continue;
      for (const cluster of carriers) {
        if (!this.canJoin(cluster, nowMs)) continue;
        const worth = baseWorth(entity) / Math.log2(2 + history.outside(cluster));
        shared.set(cluster, (shared.get(cluster) ?? 0) + worth);
      }
    }
    const bound = [...shared].filter(([, worth]) => worth >= this.options.threshold).map(([cluster]) => cluster);
    return bound.sort((a, b) => compareOrder(a.first, b.first));
  }

  private canJoin(cluster: Cluster, nowMs: number): boolean {
    return nowMs - cluster.endMs <= this.options.windowMs && nowMs - cluster.first.ms <= this.options.maxSpanMs;
  }

  /** Merges all into the earliest, as long as there is room. */
  private join(clusters: readonly Cluster[]): Cluster | undefined {
    const [earliest, ...others] = clusters;
    for (const other of others) {
      if (earliest!.findings.length + other.findings.length >= this.options.maxFindings) continue;
      this.hand(other, earliest!);
      this.open.delete(other);
      earliest!.absorb(other);
    }
    return earliest;
  }

  /** A full incident goes on in another: what it shared is not held against its continuation. */
  private succeed(full: Cluster, heir: Cluster): void {
    this.hand(full, heir);
    this.open.delete(full);
    this.done.push(full);
  }

  private hand(from: Cluster, to: Cluster): void {
    for (const key of from.entities.keys()) {
      this.history.get(key)?.move(from, to);
      const carriers = this.carriers.get(key);
      if (carriers?.delete(from)) carriers.add(to);
    }
  }

  private close(cluster: Cluster): void {
    if (!this.open.delete(cluster)) return;
    for (const key of cluster.entities.keys()) this.carriers.get(key)?.delete(cluster);
    if (cluster.isIncident) this.done.push(cluster);
  }

  /** Lets go of what is out of reach, once for each window that passes. */
  private sweep(nowMs: number): void {
    if (nowMs - this.sweptMs < this.options.windowMs) return;
    this.sweptMs = nowMs;
    for (const cluster of this.open) if (!this.canJoin(cluster, nowMs)) this.close(cluster);
    for (const [key, history] of this.history) {
      history.forget(nowMs);
      if (history.empty) this.history.delete(key);
    }
    for (const [key, carriers] of this.carriers) if (carriers.size === 0) this.carriers.delete(key);
  }

  private historyOf(entity: Entity): EntityHistory<Cluster> {
    return getOrMake(this.history, entityKey(entity), () => new EntityHistory<Cluster>());
  }

  private carriersOf(entity: Entity): Set<Cluster> {
    return getOrMake(this.carriers, entityKey(entity), () => new Set<Cluster>());
  }
}

function getOrMake<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
