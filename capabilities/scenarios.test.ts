import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryFile, readScenario, runScenario } from '@yuheng/engine';
import { loadRules } from '@yuheng/sigma';
import { describe, expect, it } from 'vitest';
import { capabilities } from './index.ts';

const folder = import.meta.dirname;

function filesBelow(capability: string, part: string, ending: RegExp): string[] {
  const path = join(folder, capability, part);
  return existsSync(path) ? readdirSync(path).filter((name) => ending.test(name) && !/\.test\.yml$/.test(name)) : [];
}

const rules = loadRules(
  capabilities.flatMap(({ id }) =>
    filesBelow(id, 'rules', /\.yml$/).map((name) => ({
      file: `${id}/rules/${name}`,
      text: readFileSync(join(folder, id, 'rules', name), 'utf8'),
    })),
  ),
);

describe.each(capabilities.map(({ id }) => id))('%s', (id) => {
  const scenarios = filesBelow(id, 'scenarios', /\.yml$/);

  it('has a scenario', () => expect(scenarios.length).toBeGreaterThan(0));

  it.each(scenarios)('%s comes out as it tells', async (name) => {
    const scenario = readScenario(readFileSync(join(folder, id, 'scenarios', name), 'utf8'));
    const files = scenario.samples.map((sample) =>
      memoryFile(sample, readFileSync(join(folder, id, 'samples', sample))),
    );
    const { findings, incidents, entities = [], unparsed = 0 } = scenario.expect;
    expect(await runScenario(scenario, files, rules, capabilities)).toEqual({
      findings,
      incidents,
      entities,
      unparsed,
    });
  });
});
