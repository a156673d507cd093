import { createCorrelator, type Correlator, type CorrelationFinding, type Match, type RuleSet } from '@yuheng/sigma';
import { CopyMerger } from './correlate/copies.ts';
import { IncidentFold } from './correlate/incidents.ts';
import { decide } from './decide.ts';
import { ExternalSort } from './external-sort.ts';
import { findingUid, makeFinding, type FindingRule, type PlacedFinding } from './finding.ts';
import type { IncidentFinding } from './incident.ts';
import type { MatchedEvent } from './match.ts';
import { compareOrder } from './order.ts';
import type { Spill } from './ports/files.ts';

/** What a hunt found, besides the findings that were given on as they came. */
export interface Decided {
  readonly incidents: readonly IncidentFinding[];
  /** Matched records that were copies of another. */
  readonly duplicates: number;
}

/** A match as the correlator sees it, with the event behind it. */
interface EventMatch extends Match {
  readonly event: MatchedEvent;
}

/** Everything with memory: copies are joined, correlations judged, findings put in order, incidents folded. */
export class Conclusion {
  private readonly rules: RuleSet;
  private readonly ruleOf: ReadonlyMap<string, FindingRule>;
  private readonly copies = new CopyMerger();
  private readonly correlator: Correlator;
  private readonly findings: ExternalSort<PlacedFinding>;
  private readonly fold = new IncidentFold();
  private readonly onFinding: (found: PlacedFinding) => Promise<void> | void;

  /** `onFinding` is given every finding once, in order. */
  constructor(rules: RuleSet, spill: Spill, onFinding: (found: PlacedFinding) => Promise<void> | void) {
    this.rules = rules;
    const all = [...rules.rules.map(({ rule }) => rule), ...rules.correlations.map(({ correlation }) => correlation)];
    this.ruleOf = new Map(all.map((rule) => [rule.uid, rule]));
    this.correlator = createCorrelator(rules);
    this.findings = new ExternalSort((a, b) => compareOrder(a.order, b.order), spill);
    this.onFinding = onFinding;
  }

  /** The next match in order. */
  async store(match: MatchedEvent): Promise<void> {
    for (const event of this.copies.push(match)) await this.judge(event);
  }

  /** All matches are in. */
  async correlate(): Promise<void> {
    for (const event of this.copies.end()) await this.judge(event);
    for (const finding of this.correlator.end()) await this.keepCorrelation(finding);
    for await (const found of this.findings.sorted()) {
      this.fold.push(found);
      await this.onFinding(found);
    }
  }

  decide(): Decided {
    return { incidents: this.fold.end().map(decide), duplicates: this.copies.duplicates };
  }

  private async judge(event: MatchedEvent): Promise<void> {
    for (const uid of [...event.rules].sort()) {
      const rule = this.ruleOf.get(uid)!;
      if (!this.rules.silent.has(uid)) {
        const what = { events: [event], total: 1, omittedPlaces: 0 };
        await this.findings.push(makeFinding(findingUid(uid, event.uid), rule, what));
      }
      const match: EventMatch = {
        rule: uid,
        uid: event.uid,
        time: event,
        weight: event.places.length,
        field: (name) => event.fields[name],
        event,
      };
      for (const finding of this.correlator.push(match)) await this.keepCorrelation(finding);
    }
  }

  private async keepCorrelation(finding: CorrelationFinding): Promise<void> {
    const { correlation, matches, key } = finding;
    const events = ([...matches.first, ...matches.last] as EventMatch[]).map((match) => match.event);
    const held = events.reduce((sum, event) => sum + event.places.length, 0);
    const omittedPlaces = matches.weight - held;
    const placed = makeFinding(findingUid(key), correlation, { events, total: matches.count, omittedPlaces });
    await this.findings.push(placed);
  }
}
