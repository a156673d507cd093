import { describe, expect, it } from 'vitest';
import { runAucoalesce } from './aucoalesce.ts';
import { runAuparse } from './auparse.ts';
import { hasCorpus } from './corpus.ts';
import { knownMisses, summarise } from './misses.ts';

/** The least share of golden values that must come out. */
const LEAST_SHARE = 0.95;

describe.skipIf(!hasCorpus)('go-libaudit: golden records and events', () => {
  it('reads the values of each record (auparse), but for those listed with a reason', () => {
    const { records, asserted, misses } = runAuparse();
    console.info(`auparse: ${asserted - misses.length} of ${asserted} values of ${records} records`);
    expect(summarise(misses)).toEqual(knownMisses('auparse'));
    expect(records).toBeGreaterThan(70);
    expect(1 - misses.length / asserted).toBeGreaterThan(LEAST_SHARE);
  });

  it('joins the records of each event (aucoalesce), but for those listed with a reason', async () => {
    const { events, asserted, misses } = await runAucoalesce();
    console.info(`aucoalesce: ${asserted - misses.length} of ${asserted} values of ${events} events`);
    expect(summarise(misses)).toEqual(knownMisses('aucoalesce'));
    expect(events).toBe(48);
    expect(1 - misses.length / asserted).toBeGreaterThan(LEAST_SHARE);
  });
});
