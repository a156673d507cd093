import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBeats } from './beats.ts';
import { hasCorpus } from './corpus.ts';
import { runCrowdsec } from './crowdsec.ts';
import { knownMisses, summarise, type Miss } from './misses.ts';

/** The least share of asserted fields that must come out. */
const LEAST = 0.95;

describe.skipIf(!hasCorpus)('what others wrote down about web server logs', () => {
  it('comes out, but for what is listed with a reason; proof.json holds the figures', async () => {
    const crowdsec = await runCrowdsec();
    const beats = await runBeats();
    for (const { test, name, expected, found } of process.env['YUHENG_MISSES']
      ? [...crowdsec.misses, ...beats.misses]
      : []) {
      console.info(test, name, '|', expected, '|', found);
    }
    const suites = [
      suite('CrowdSec hub: fields asserted of web server logs', crowdsec),
      suite('Filebeat: fields of Apache, nginx, IIS and Traefik logs', beats),
    ];
    console.info(suites);
    expect(summarise(crowdsec.misses)).toEqual(knownMisses('crowdsec'));
    expect(summarise(beats.misses)).toEqual(knownMisses('beats'));
    expect(crowdsec.tests).toHaveLength(6);
    expect(JSON.parse(readFileSync(join(import.meta.dirname, '../proof.json'), 'utf8'))).toEqual(suites);
  });
});

function suite(name: string, { asserted, misses }: { asserted: number; misses: readonly Miss[] }): object {
  return { suite: name, passed: asserted - misses.length, total: asserted, least: LEAST };
}
