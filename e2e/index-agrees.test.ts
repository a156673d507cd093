import { corpus, hasCorpus } from '@yuheng/engine/testing';
import { describe, expect, it } from 'vitest';
import { agreeBench, bytesAgreeBench } from '../bench/agree.ts';

/** Asking 3,700 rules one by one takes long: here about every so manieth event, about each by `npm run bench -- agree`. */
const STEP = 29;

describe.skipIf(!hasCorpus)('the rule index on the public corpus', () => {
  it('gives the matches that asking every rule gives', async () => {
    const { events, matches, differing, first } = await agreeBench(corpus, STEP);
    expect([differing, first]).toEqual([0, undefined]);
    expect(events).toBeGreaterThan(4_000);
    expect(matches).toBeGreaterThan(100);
  });

  it('gives them for lines that are read as bytes, of which less than one in a hundred is left to JSON.parse', async () => {
    const { lines, left, matches, differing, first } = await bytesAgreeBench(corpus, STEP);
    expect([differing, first]).toEqual([0, undefined]);
    expect(Number(lines)).toBeGreaterThan(100_000);
    expect(Number(left)).toBeLessThan(Number(lines) / 100);
    expect(matches).toBeGreaterThan(100);
  });
});
