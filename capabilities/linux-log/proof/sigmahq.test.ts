import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogsourceMap, memoryFile, prove } from '@yuheng/engine';
import { loadRules } from '@yuheng/sigma';
import { describe, expect, it } from 'vitest';
import { linuxLog } from '../capability.ts';
import { corpus, corpusText, hasCorpus, sourceOf } from './corpus.ts';

/** Rules of SigmaHQ that are about Linux. */
function linuxRules(): ReturnType<typeof loadRules> {
  const files = readdirSync(join(corpus, 'sigma'), { recursive: true, encoding: 'utf8' });
  const linux = files.filter((name) => name.endsWith('.yml') && /(?:^|\/)rules[^/]*\/linux\//.test(name)).sort();
  return loadRules(linux.map((file) => ({ file, text: readFileSync(join(corpus, 'sigma', file), 'utf8') })));
}

/** Our own stories, which nobody at SigmaHQ has seen. */
function samples(): { name: string; bytes: Buffer }[] {
  const folder = join(import.meta.dirname, '../samples');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }));
}

describe.skipIf(!hasCorpus)('SigmaHQ’s rules for Linux', () => {
  const rules = hasCorpus ? linuxRules() : loadRules([]);

  it('load, and ask for logsources that are answered here', () => {
    const logsources = new LogsourceMap(linuxLog.logsources);
    expect(rules.problems).toEqual([]);
    expect(rules.rules.filter(({ rule }) => !logsources.knows(rule.logsource)).map(({ rule }) => rule.title)).toEqual(
      [],
    );
    console.info(`SigmaHQ: ${rules.rules.length} rules about Linux`);
    expect(rules.rules.length).toBeGreaterThan(200);
  });

  it('find what our own stories tell, and what stands in the logs of the corpus', async () => {
    const titles = async (files: { name: string; bytes: Buffer }[]): Promise<Set<string>> => {
      const found = new Set<string>();
      for (const { name, bytes } of files) {
        const { findings } = await prove([memoryFile(name, bytes)], rules, [linuxLog]);
        for (const { finding } of findings) found.add(String(finding.finding_info.analytic.name));
      }
      return found;
    };
    const logs = corpusText('logs/INDEX.tsv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t')[0]!);
    const inCorpus = await titles(
      logs
        .map((name) => ({ name, bytes: readFileSync(join(corpus, 'logs', name)) }))
        .filter(({ bytes }) => sourceOf(bytes)),
    );
    const inStories = await titles(samples());
    console.info(`SigmaHQ: ${inStories.size} rules match our stories, ${inCorpus.size} the logs of the corpus`);
    expect([...inStories].sort()).toEqual(
      expect.arrayContaining(['Suspicious Reverse Shell Command Line', 'Privileged User Has Been Created']),
    );
    expect(inStories.size).toBeGreaterThanOrEqual(12);
    expect(inCorpus.size).toBeGreaterThanOrEqual(12);
  });
});
