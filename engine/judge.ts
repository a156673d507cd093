import { createCorrelator, type Correlator, type CorrelationFinding, type Match, type RuleSet } from '@yuheng/sigma';
import { CopyMerger } from './correlate/copies.ts';
import { findingUid, makeFinding, type FindingRule, type PlacedFinding } from './finding.ts';
import type { MatchedEvent } from './match.ts';

/** A match as the correlator sees it, with the event behind it. */
interface EventMatch extends Match {
  readonly event: MatchedEvent;
}

/** What a rule says of one event. */
function singleFinding(rule: FindingRule, event: MatchedEvent): PlacedFinding {
  return makeFinding(findingUid(rule.uid, event.uid), rule, { events: [event], total: 1, omittedPlaces: 0 });
}

/** What single rules say of matches that were not judged yet: it can be shown at once, for only copies of the record can change it. */
export function* previewFindings(rules: RuleSet, matches: Iterable<MatchedEvent>): Generator<PlacedFinding> {
  const ruleOf = new Map(rules.rules.map(({ rule }) => [rule.uid, rule]));
  for (const match of matches) {
    for (const uid of match.rules) {
      const rule = ruleOf.get(uid);
      if (rule && !rules.silent.has(uid)) yield singleFinding(rule, match);
    }
  }
}

/** Makes findings of matches that come in order: copies are joined, single rules told, correlations judged. */
export class Judge {
  private readonly rules: RuleSet;
  private readonly ruleOf: ReadonlyMap<string, FindingRule>;
  private readonly copies = new CopyMerger();
  private readonly correlator: Correlator;

  constructor(rules: RuleSet) {
    this.rules = rules;
    const all = [...rules.rules.map(({ rule }) => rule), ...rules.correlations.map(({ correlation }) => correlation)];
    this.ruleOf = new Map(all.map((rule) => [rule.uid, rule]));
    this.correlator = createCorrelator(rules);
  }

  /** Matched records that were copies of another. */
  get duplicates(): number {
    return this.copies.duplicates;
  }

  /** The next match in order; gives the findings that are complete. */
  *push(match: MatchedEvent): Generator<PlacedFinding> {
    for (const event of this.copies.push(match)) yield* this.judge(event);
  }

  /** No match before this moment (ms, a whole second) will come any more; gives what is complete by that. */
  *advance(ms: number): Generator<PlacedFinding> {
    for (const event of this.copies.end()) yield* this.judge(event);
    for (const finding of this.correlator.advance({ ms, ns: 0 })) yield this.correlated(finding);
  }

  /** Findings that can still grow, as they stand. */
  *open(): Generator<PlacedFinding> {
    for (const finding of this.correlator.open()) yield this.correlated(finding);
  }

  /** All matches are in. */
  *end(): Generator<PlacedFinding> {
    for (const event of this.copies.end()) yield* this.judge(event);
    for (const finding of this.correlator.end()) yield this.correlated(finding);
  }

  private *judge(event: MatchedEvent): Generator<PlacedFinding> {
    for (const uid of [...event.rules].sort()) {
      const rule = this.ruleOf.get(uid);
      // A match that was stored before its rule was taken away.
      if (!rule) continue;
      if (!this.rules.silent.has(uid)) {
        yield singleFinding(rule, event);
      }
      const match: EventMatch = {
        rule: uid,
        uid: event.uid,
        time: event,
        weight: event.places.length,
        field: (name) => event.fields[name],
        event,
      };
      for (const finding of this.correlator.push(match)) yield this.correlated(finding);
    }
  }

  private correlated({ correlation, matches, key }: CorrelationFinding): PlacedFinding {
    const events = ([...matches.first, ...matches.last] as EventMatch[]).map((match) => match.event);
    const held = events.reduce((sum, event) => sum + event.places.length, 0);
    const omittedPlaces = matches.weight - held;
    return makeFinding(findingUid(key), correlation, { events, total: matches.count, omittedPlaces });
  }
}
