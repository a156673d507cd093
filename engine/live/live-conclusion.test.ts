import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../decide.ts';
import type { Incident } from '../incident.ts';
import { LiveConclusion } from './live-conclusion.ts';
import { hunted, matches, RULES } from './live-matches.testing.ts';

/** Keeps what stands, as the server does. */
class Kept {
  private readonly findings = new Map<string, string>();
  private readonly closed = new Map<string, string>();
  private open = new Map<string, string>();

  take(conclusion: LiveConclusion, ms: number): void {
    const { completed, growing, closed, open } = conclusion.standAt(ms);
    for (const { finding } of [...completed, ...growing])
      this.findings.set(finding.metadata.uid, JSON.stringify(finding));
    for (const incident of closed) this.closed.set(...keyed(incident));
    this.open = new Map(open.map(keyed));
  }

  get all() {
    return {
      findings: [...this.findings.values()].sort(),
      incidents: [...this.closed.values(), ...this.open.values()].sort(),
    };
  }
}

function keyed(incident: Incident): [string, string] {
  return [incident.uid, JSON.stringify(decide(incident))];
}

describe('a live conclusion', () => {
  it('stands at every moment where a hunt over the same matches ends', async () => {
    await fc.assert(
      fc.asyncProperty(matches, fc.array(fc.integer({ min: 1, max: 90_010 }), { maxLength: 5 }), async (all, stops) => {
        const conclusion = new LiveConclusion(RULES);
        const kept = new Kept();
        let from = 0;
        for (const stop of [...stops.sort((a, b) => a - b), 90_011]) {
          const until = all.filter(({ ms }) => ms < stop * 1000);
          for (const one of until.slice(from)) conclusion.push(one);
          from = until.length;
          kept.take(conclusion, stop * 1000);
          expect(kept.all).toEqual(await hunted(until));
        }
      }),
      { numRuns: 200 },
    );
  });
});
