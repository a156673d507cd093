import type { RuleSet } from '@yuheng/sigma';
import { IncidentFold } from '../correlate/incidents.ts';
import type { PlacedFinding } from '../finding.ts';
import type { Incident } from '../incident.ts';
import { Judge } from '../judge.ts';
import type { MatchedEvent } from '../match.ts';
import { compareOrder } from '../order.ts';

/** What stands at a moment. */
export interface Standing {
  /** Findings that became complete since the last time. */
  readonly completed: readonly PlacedFinding[];
  /** Findings that can still grow. */
  readonly growing: readonly PlacedFinding[];
  /** Incidents that take no more, since the last time. */
  readonly closed: readonly Incident[];
  /** Incidents that can still change, among them those of growing findings. */
  readonly open: readonly Incident[];
}

/**
 * The conclusion of matches that keep coming. At every moment it stands where a hunt over the same matches would end: what can
 * still grow is told as it is, and told again when it has grown.
 */
export class LiveConclusion {
  private readonly judge: Judge;
  /** Takes only what nothing can come before any more. */
  private readonly fold = new IncidentFold();
  private completed: PlacedFinding[] = [];
  /** Complete findings that are not folded, for one that is still growing may come to stand before them. */
  private waiting: PlacedFinding[] = [];

  constructor(rules: RuleSet) {
    this.judge = new Judge(rules);
  }

  /** The next match in order. */
  push(match: MatchedEvent): void {
    for (const found of this.judge.push(match)) this.complete(found);
  }

  /** Everything before this moment (ms, a whole second) has been pushed. */
  standAt(ms: number): Standing {
    for (const found of this.judge.advance(ms)) this.complete(found);
    const growing = [...this.judge.open()];
    this.foldUntil(growing);
    const fork = this.fold.fork();
    for (const found of [...this.waiting, ...growing].sort(compareFindings)) fork.push(found);
    const { completed } = this;
    this.completed = [];
    return { completed, growing, closed: this.fold.takeClosed(), open: fork.end() };
  }

  private complete(found: PlacedFinding): void {
    this.completed.push(found);
    this.waiting.push(found);
  }

  /** A growing finding stands at its last event, and can only move on from there. */
  private foldUntil(growing: readonly PlacedFinding[]): void {
    this.waiting.sort(compareFindings);
    const first = [...growing].sort(compareFindings)[0];
    const ready = first ? this.waiting.filter((found) => compareFindings(found, first) < 0) : this.waiting;
    for (const found of ready) this.fold.push(found);
    this.waiting = this.waiting.slice(ready.length);
  }
}

function compareFindings(a: PlacedFinding, b: PlacedFinding): number {
  return compareOrder(a.order, b.order);
}
