import type { RuleSet } from '@yuheng/sigma';
import { IncidentFold } from './correlate/incidents.ts';
import { decide } from './decide.ts';
import { ExternalSort } from './external-sort.ts';
import type { PlacedFinding } from './finding.ts';
import type { IncidentFinding } from './incident.ts';
import { Judge } from './judge.ts';
import type { MatchedEvent } from './match.ts';
import { compareOrder } from './order.ts';
import type { Spill } from './ports/files.ts';

/** What a hunt found, besides the findings that were given on as they came. */
export interface Decided {
  readonly incidents: readonly IncidentFinding[];
  /** Matched records that were copies of another. */
  readonly duplicates: number;
}

/** Everything with memory: copies are joined, correlations judged, findings put in order, incidents folded. */
export class Conclusion {
  private readonly judge: Judge;
  private readonly findings: ExternalSort<PlacedFinding>;
  private readonly fold = new IncidentFold();
  private readonly onFinding: (found: PlacedFinding) => Promise<void> | void;

  /** `onFinding` is given every finding once, in order. */
  constructor(rules: RuleSet, spill: Spill, onFinding: (found: PlacedFinding) => Promise<void> | void) {
    this.judge = new Judge(rules);
    this.findings = new ExternalSort((a, b) => compareOrder(a.order, b.order), spill);
    this.onFinding = onFinding;
  }

  /** The next match in order. */
  async store(match: MatchedEvent): Promise<void> {
    for (const found of this.judge.push(match)) await this.findings.push(found);
  }

  /** All matches are in. */
  async correlate(): Promise<void> {
    for (const found of this.judge.end()) await this.findings.push(found);
    for await (const found of this.findings.sorted()) {
      this.fold.push(found);
      await this.onFinding(found);
    }
  }

  decide(): Decided {
    return { incidents: this.fold.end().map(decide), duplicates: this.judge.duplicates };
  }
}
