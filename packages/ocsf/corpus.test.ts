import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CORPUS, readUpstream } from './generate/read.ts';
import { renderFiles } from './generate/render.ts';
import { validate, type Problem } from './src/index.ts';

const GENERATED = join(import.meta.dirname, 'src/generated');
const EXAMPLES = join(CORPUS, 'ocsf-examples');
const hasCorpus = existsSync(join(CORPUS, 'ocsf-schema')) && existsSync(EXAMPLES);
if (!hasCorpus) console.info(`ocsf: corpus tests skipped, there is no ${CORPUS} (set YUHENG_CORPUS)`);

describe.skipIf(!hasCorpus)('corpus', () => {
  it('the generated files are fresh', () => {
    const fresh = renderFiles(readUpstream());
    expect([...fresh.keys()].sort()).toEqual(readdirSync(GENERATED).sort());
    for (const [name, text] of fresh) {
      const isFresh = readFileSync(join(GENERATED, name), 'utf8') === text;
      expect(isFresh, `${name} is stale: run generate.ts again`).toBe(true);
    }
  });

  it('reads the examples of older schema versions without throwing', () => {
    const results = exampleEvents().map((event) => validate(event));
    expect(results.length).toBeGreaterThanOrEqual(80);
    const count = (isGood: (problem: Problem) => boolean): number =>
      results.filter((each) => each.every(isGood)).length;
    console.info(
      `ocsf: ${results.length} examples of older versions, ${count(() => false)} without a problem,`,
      `${count(({ what }) => what === 'version')} but for their version,`,
      `${results.filter((each) => each.some(({ what }) => what === 'class')).length} of a class not known here`,
    );
  });
});

function exampleEvents(): unknown[] {
  const paths = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => /\.(?:ocsf|json|event)$/.test(path)).flatMap((path) => parse(join(EXAMPLES, path)));
}

/** One JSON value, or one a line; what is neither is raw input that lies among the examples. */
function parse(path: string): unknown[] {
  const text = readFileSync(path, 'utf8');
  try {
    return [JSON.parse(text) as unknown].flat();
  } catch {
    return text.split('\n').flatMap((line) => {
      try {
        return [JSON.parse(line) as unknown];
      } catch {
        return [];
      }
    });
  }
}
