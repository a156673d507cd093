import { describe, expect, it } from 'vitest';
import { hasCorpus } from './corpus.ts';
import { runCrowdsec } from './crowdsec.ts';
import { knownMisses, summarise } from './misses.ts';

/** The least share of asserted fields that must come out. */
const LEAST_SHARE = 0.98;

describe.skipIf(!hasCorpus)('CrowdSec hub: parser.assert of syslog, auditd and LAUREL logs', () => {
  it('reads the asserted fields, but for those that are listed with a reason', async () => {
    const { tests, asserted, misses } = await runCrowdsec();
    const share = 1 - misses.length / asserted;
    console.info(
      `CrowdSec: ${asserted - misses.length} of ${asserted} asserted fields (${(share * 100).toFixed(2)} %) in ${tests.length} tests`,
    );
    expect(summarise(misses)).toEqual(knownMisses('crowdsec'));
    expect(tests).toHaveLength(18);
    expect(share).toBeGreaterThan(LEAST_SHARE);
  });
});
