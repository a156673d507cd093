import type { MatchedEvent } from '../match.ts';
import { compareOrder } from '../order.ts';
import type { FindingStore, KeptFinding, MatchStore, Revision } from '../ports/state.ts';

/** Matches in memory. */
export class MemoryMatches implements MatchStore {
  private readonly all: MatchedEvent[] = [];

  async addMatches(matches: readonly MatchedEvent[]): Promise<void> {
    for (const match of matches) if (!this.all.some(({ uid }) => uid === match.uid)) this.all.push(match);
  }

  async matchesSince(_: string, sequence: number) {
    const news = this.all.slice(sequence).map(({ ms }) => ms);
    if (news.length === 0) return undefined;
    return { sequence: this.all.length, earliestMs: Math.min(...news), latestMs: Math.max(...news) };
  }

  async *matches(_: string, fromMs: number, toMs: number) {
    const some = this.all.filter(({ ms }) => ms >= fromMs && ms < toMs).sort(compareOrder);
    for (let from = 0, to = 0; from < some.length; from = to) {
      while (some[to]?.ms === some[from]!.ms) to++;
      yield some.slice(from, to);
    }
  }

  async findEach(_: string, uids: readonly string[]) {
    return this.all.filter(({ uid }) => uids.includes(uid));
  }

  async quietBefore(_: string, ms: number, gapMs: number): Promise<number> {
    const times = this.all.map((match) => match.ms).filter((time) => time <= ms);
    const begins = times.filter((time) => !times.some((other) => other < time && other >= time - gapMs));
    return begins.length > 0 ? Math.max(...begins) : ms;
  }
}

/** Findings and incidents in memory. */
export class MemoryFindings implements FindingStore {
  readonly kept = { findings: new Map<string, KeptFinding>(), incidents: new Map<string, KeptFinding>() };
  private last = { concludedMs: 0, sequence: 0 };

  async mark() {
    return this.last;
  }

  async revise(_: string, { findings, incidents, retractedFindings, retractedIncidents, ...mark }: Revision) {
    for (const finding of findings) this.kept.findings.set(finding.uid, finding);
    for (const incident of incidents) this.kept.incidents.set(incident.uid, incident);
    for (const uid of retractedFindings) this.kept.findings.delete(uid);
    for (const { uid } of retractedIncidents) this.kept.incidents.delete(uid);
    this.last = mark;
  }

  async standingFindings(_: string, fromMs: number, toMs: number) {
    const between = [...this.kept.findings.values()].filter(({ order: { ms } }) => ms >= fromMs && ms < toMs);
    return between.map(({ uid }) => uid);
  }

  async standingIncidents(_: string, fromMs: number) {
    const since = [...this.kept.incidents.values()].filter(({ endMs }) => endMs! >= fromMs);
    return since.map(({ uid }) => uid);
  }

  async preview(_: string, findings: readonly KeptFinding[]) {
    for (const finding of findings)
      if (!this.kept.findings.has(finding.uid)) this.kept.findings.set(finding.uid, finding);
  }

  async find(kind: 'findings' | 'incidents', _: string, uid: string) {
    const found = this.kept[kind].get(uid);
    return found && { ...found, revision: 1, retracted: false };
  }

  list = unused;
  findEach = unused;
  changes = unused;
  count = unused;
}

function unused(): never {
  throw new Error('a concluder does not ask for this');
}
