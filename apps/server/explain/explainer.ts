import type { Finding, MatchedEvent, MatchStore, PlacedFinding } from '@yuheng/engine';
import type { CompiledRule, RuleSet, SigmaEvent } from '@yuheng/sigma';

type Reason = PlacedFinding['because'][number];

/** Says which fields of its last event made a finding's rule match, as they were kept when the event came. */
export class Explainer {
  private readonly matches: MatchStore;
  private readonly ruleOf: ReadonlyMap<string, CompiledRule>;
  /** Of a correlation: the rules and correlations that it looks at. */
  private readonly partsOf: ReadonlyMap<string, readonly string[]>;

  constructor(matches: MatchStore, rules: RuleSet) {
    this.matches = matches;
    this.ruleOf = new Map(rules.rules.map((compiled) => [compiled.rule.uid, compiled]));
    this.partsOf = new Map(rules.correlations.map(({ correlation: { uid, rules: parts } }) => [uid, parts]));
  }

  /** The reasons of each finding, in their order; none where the match is no longer kept. A keyword's field is ''. */
  async explain(tenant: string, findings: readonly Finding[]): Promise<readonly (readonly Reason[])[]> {
    const uids = findings.map(lastEventUid);
    const kept = await this.matches.findEach(tenant, [...new Set(uids)]);
    const matchOf = new Map(kept.map((match) => [match.uid, match]));
    return findings.map(({ finding_info }, index) => {
      const match = matchOf.get(uids[index]!);
      return match ? this.reasonsIn(match, finding_info.analytic.uid) : [];
    });
  }

  private reasonsIn(match: MatchedEvent, rule: string): Reason[] {
    const rules = this.rulesBelow(rule).filter((uid) => Object.hasOwn(match.because, uid));
    const reasons = rules.flatMap((uid) =>
      match.because[uid]!.flatMap((reason) => (reason.field === '' ? this.keywordsIn(match, uid) : [reason])),
    );
    return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
  }

  /** The rule itself, or those that a correlation comes down to; the loader lets in no circle. */
  private rulesBelow(uid: string): readonly string[] {
    const parts = this.partsOf.get(uid);
    return parts ? parts.flatMap((part) => this.rulesBelow(part)) : [uid];
  }

  /** Keywords of the rule that stand in the record: what is kept of them is only that one did. */
  private keywordsIn(match: MatchedEvent, uid: string): Reason[] {
    const raw = String(match.event['raw_data'] ?? '');
    const folded = raw.toLowerCase();
    const verdicts = this.ruleOf.get(uid)?.explain(keptEvent(match, uid, raw)).decisive ?? [];
    return verdicts
      .filter(({ field, matched, negated }) => field === undefined && matched && !negated)
      .flatMap(({ expected }) => expected.map((text) => text.replace(/^\*+|\*+$/g, '')))
      .filter((text) => text !== '' && folded.includes(text.toLowerCase()))
      .map((value) => ({ field: '', value }));
  }
}

/** The event as far as it was kept: the fields that matched, and the record's text. */
function keptEvent({ because }: MatchedEvent, uid: string, raw: string): SigmaEvent {
  const fields = new Map(because[uid]!.map(({ field, value }) => [field, value]));
  return { field: (name) => fields.get(name), texts: () => [raw] };
}

function lastEventUid({ evidences }: Finding): string {
  return evidences.at(-1)!.data.event.metadata.uid;
}
