import type { RuleSet } from '@yuheng/sigma';
import { FOLD } from '../correlate/incidents.ts';
import { HISTORY_MS } from '../correlate/history.ts';
import { decide } from '../decide.ts';
import type { PlacedFinding } from '../finding.ts';
import type { Incident } from '../incident.ts';
import type { FindingStore, KeptFinding, MatchStore } from '../ports/state.ts';
import { incidentWords } from './incident-words.ts';
import { LiveConclusion } from './live-conclusion.ts';

/** Where a concluder reads and writes. */
export interface ConcluderStores {
  readonly matches: MatchStore;
  readonly findings: FindingStore;
}

/** What came of one round. */
export interface Concluded {
  /** Something arrived before what had been concluded: the stretch was computed again. */
  readonly again: boolean;
  readonly findings: number;
  readonly incidents: number;
}

/** Findings that are written at once. */
const PORTION = 2_000;

/**
 * Draws the conclusion of one tenant's matches as they come: the one ordered consumer, behind the watermark. What arrives late is not lost:
 * its stretch – back to a quiet that nothing reaches over – is computed again from the stored matches, and what no longer holds is retracted.
 */
export class TenantConcluder {
  private readonly tenant: string;
  private readonly rules: RuleSet;
  private readonly stores: ConcluderStores;
  private readonly quietMs: number;
  private live: LiveConclusion | undefined;
  /** Matches before this moment (ms) are in `live`. */
  private headMs = 0;
  private sequence = 0;
  /** The second after the latest match. */
  private endMs = 0;
  /** Incidents that can still change, with the uid of their first finding. */
  private open = new Map<string, string>();

  constructor(tenant: string, rules: RuleSet, stores: ConcluderStores) {
    this.tenant = tenant;
    this.rules = rules;
    this.stores = stores;
    this.quietMs = quietFor(rules);
  }

  /**
   * Concludes what happened before this moment (ms; its second is not begun), but does not run ahead of the latest match, for what comes next
   * would come late. Does nothing where nothing is new.
   */
  async concludeUntil(ms: number): Promise<Concluded | undefined> {
    const { matches, findings } = this.stores;
    const stored = this.live ? undefined : await findings.mark(this.tenant);
    const all = stored ? await matches.matchesSince(this.tenant, 0) : undefined;
    if (stored) this.sequence = stored.sequence;
    const news = await matches.matchesSince(this.tenant, this.sequence);
    this.endMs = Math.max(this.endMs, secondAfter(all?.latestMs ?? 0), secondAfter(news?.latestMs ?? 0));
    const untilMs = Math.min(Math.floor(ms / 1000) * 1000, this.endMs);
    if (!this.live) {
      if (!news && this.sequence === 0) return undefined;
      const fromMs = Math.min(news?.earliestMs ?? Infinity, stored!.concludedMs);
      return this.again(fromMs, Math.max(untilMs, stored!.concludedMs), news?.sequence ?? this.sequence);
    }
    if (news && news.earliestMs < this.headMs)
      return this.again(news.earliestMs, Math.max(untilMs, this.headMs), news.sequence);
    if (untilMs <= this.headMs) return undefined;
    return this.goOn(untilMs, news?.sequence ?? this.sequence);
  }

  private async goOn(untilMs: number, sequence: number): Promise<Concluded> {
    const { findings } = this.stores;
    const round = new Round(this.tenant, findings);
    const fromMs = this.headMs;
    await this.advance(untilMs, round);
    // What was shown at once and turned out to be a copy.
    const shown = await findings.standingFindings(this.tenant, fromMs, untilMs);
    const goneFindings = shown.filter((uid) => !round.findings.has(uid));
    const gone = [...this.open].filter(([uid]) => !round.incidents.has(uid));
    await this.finish(round, goneFindings, gone, untilMs, sequence);
    return { again: false, findings: round.findings.size, incidents: round.incidents.size };
  }

  private async again(fromMs: number, untilMs: number, sequence: number): Promise<Concluded> {
    const { matches, findings } = this.stores;
    const startMs = await matches.quietBefore(this.tenant, fromMs, this.quietMs);
    const stoodFindings = await findings.standingFindings(this.tenant, startMs, untilMs);
    const stoodIncidents = await findings.standingIncidents(this.tenant, startMs);
    const round = new Round(this.tenant, findings);
    this.live = new LiveConclusion(this.rules);
    this.headMs = startMs;
    await this.advance(untilMs, round);
    const goneFindings = stoodFindings.filter((uid) => !round.findings.has(uid));
    const goneIncidents = stoodIncidents.filter((uid) => !round.incidents.has(uid));
    const firsts = await Promise.all(goneIncidents.map((uid) => this.firstFinding(uid)));
    const gone = goneIncidents.map((uid, index): [string, string] => [uid, firsts[index]!]);
    await this.finish(round, goneFindings, gone, untilMs, sequence);
    return { again: true, findings: round.findings.size, incidents: round.incidents.size };
  }

  private async advance(untilMs: number, round: Round): Promise<void> {
    const live = this.live!;
    for await (const portion of this.stores.matches.matches(this.tenant, this.headMs, untilMs)) {
      for (const match of portion) live.push(match);
    }
    const { completed, growing, closed, open } = live.standAt(untilMs);
    await round.add([...completed, ...growing], [...closed, ...open]);
    this.open = new Map([...this.open].filter(([uid]) => !closed.some((incident) => incident.uid === uid)));
    round.open = new Map(open.map((incident) => [incident.uid, incident.findings[0]!.uid]));
    this.headMs = untilMs;
  }

  private async finish(
    round: Round,
    retractedFindings: readonly string[],
    gone: readonly (readonly [uid: string, firstFinding: string])[],
    concludedMs: number,
    sequence: number,
  ): Promise<void> {
    const retractedIncidents = gone.map(([uid, first]) => {
      const into = round.incidentOf.get(first);
      return { uid, ...(into === undefined ? {} : { into }) };
    });
    await this.stores.findings.revise(this.tenant, {
      ...round.rest(),
      retractedFindings,
      retractedIncidents,
      concludedMs,
      sequence,
    });
    this.open = round.open;
    this.sequence = sequence;
  }

  private async firstFinding(incident: string): Promise<string> {
    const kept = await this.stores.findings.find('incidents', this.tenant, incident);
    const body = JSON.parse(kept?.body ?? '{}') as { finding_info_list?: readonly { readonly uid: string }[] };
    return body.finding_info_list?.[0]?.uid ?? '';
  }
}

/** What one round found. */
class Round {
  readonly findings = new Set<string>();
  readonly incidents = new Set<string>();
  /** Finding uid → the incident that holds it. */
  readonly incidentOf = new Map<string, string>();
  open = new Map<string, string>();
  private readonly tenant: string;
  private readonly store: FindingStore;
  private keptFindings: KeptFinding[] = [];
  private keptIncidents: KeptFinding[] = [];

  constructor(tenant: string, store: FindingStore) {
    this.tenant = tenant;
    this.store = store;
  }

  async add(findings: readonly PlacedFinding[], incidents: readonly Incident[]): Promise<void> {
    for (const found of findings) {
      this.findings.add(found.finding.metadata.uid);
      this.keptFindings.push(keepFinding(found));
      if (this.keptFindings.length >= PORTION) await this.write();
    }
    for (const incident of incidents) {
      this.incidents.add(incident.uid);
      for (const { uid } of incident.findings) this.incidentOf.set(uid, incident.uid);
      this.keptIncidents.push(keepIncident(incident));
    }
  }

  /** What is not written yet. */
  rest(): { readonly findings: readonly KeptFinding[]; readonly incidents: readonly KeptFinding[] } {
    return { findings: this.keptFindings, incidents: this.keptIncidents };
  }

  /** A crash in between does no harm: the mark still says where to begin again. */
  private async write(): Promise<void> {
    const mark = await this.store.mark(this.tenant);
    const nothing = { incidents: [], retractedFindings: [], retractedIncidents: [] };
    await this.store.revise(this.tenant, { ...nothing, ...mark, findings: this.keptFindings });
    this.keptFindings = [];
  }
}

/** A finding as it is kept. */
export function keepFinding({ finding, order }: PlacedFinding): KeptFinding {
  const { title, analytic } = finding.finding_info;
  const { uid } = finding.metadata;
  return { uid, order, severityId: finding.severity_id, title, rule: analytic.uid, body: JSON.stringify(finding) };
}

function keepIncident(incident: Incident): KeptFinding {
  const decided = decide(incident);
  const { uid, first, endMs } = incident;
  const { severity_id: severityId } = decided;
  return {
    uid,
    order: first,
    severityId,
    title: decided.unmapped.title,
    rule: '',
    body: JSON.stringify(decided),
    endMs,
    words: incidentWords(decided),
  };
}

function secondAfter(ms: number): number {
  return (Math.floor(ms / 1000) + 1) * 1000;
}

/** How long nothing must have matched so that nothing before it bears on what comes after. */
function quietFor({ correlations }: RuleSet): number {
  const spans = correlations.map(({ correlation }) => correlation.timespanMs);
  // A correlation of correlations reaches as far as all of its links together.
  return Math.max(HISTORY_MS, FOLD.windowMs) + spans.reduce((sum, span) => sum + span, 0);
}
