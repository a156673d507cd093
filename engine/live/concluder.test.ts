import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatchedEvent } from '../match.ts';
import { previewFindings } from '../judge.ts';
import { keepFinding, TenantConcluder } from './concluder.ts';
import { hunted, matches, RULES } from './live-matches.testing.ts';
import { MemoryFindings, MemoryMatches } from './memory-stores.testing.ts';

const END_MS = 1_000_000_000;

async function live(arrivals: readonly (readonly MatchedEvent[])[], until: readonly number[], restartEvery: number) {
  const stores = { matches: new MemoryMatches(), findings: new MemoryFindings() };
  let concluder = new TenantConcluder('default', RULES, stores);
  for (const [index, arrived] of arrivals.entries()) {
    await stores.matches.addMatches(arrived);
    await stores.findings.preview('default', [...previewFindings(RULES, arrived)].map(keepFinding));
    await concluder.concludeUntil(until[index % Math.max(1, until.length)] ?? 0);
    if (index % restartEvery === restartEvery - 1) concluder = new TenantConcluder('default', RULES, stores);
  }
  await concluder.concludeUntil(END_MS);
  const bodies = (kept: ReadonlyMap<string, { readonly body: string }>) =>
    [...kept.values()].map(({ body }) => body).sort();
  return { findings: bodies(stores.findings.kept.findings), incidents: bodies(stores.findings.kept.incidents) };
}

describe('a concluder', () => {
  it('ends where a hunt ends, whatever the order of arrival, the watermarks and the restarts', async () => {
    const order = fc.array(fc.nat(), { minLength: 60, maxLength: 60 });
    const marks = fc.array(fc.integer({ min: 0, max: 90_000_000 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(matches, order, marks, fc.integer({ min: 1, max: 9 }), async (all, keys, until, size) => {
        const shuffled = all.map((match, index) => ({ match, key: keys[index]! })).sort((a, b) => a.key - b.key);
        const arrivals: MatchedEvent[][] = [];
        for (let from = 0; from < shuffled.length; from += size)
          arrivals.push(shuffled.slice(from, from + size).map(({ match }) => match));
        expect(await live(arrivals, until, size)).toEqual(await hunted(all));
      }),
      { numRuns: 200 },
    );
  });

  it('takes a match that came twice once', async () => {
    const samples = fc.sample(matches, { numRuns: 50, seed: 7 });
    const sample = samples.reduce((longest, all) => (all.length > longest.length ? all : longest));
    expect(sample.length).toBeGreaterThan(5);
    expect(await live([sample, sample, sample], [0, END_MS], 2)).toEqual(await hunted(sample));
  });
});
