import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capabilities } from '@yuheng/capabilities';
import { askEach, Detector, LogsourceMap, type Hit, type Record } from '@yuheng/engine';
import { recordsOf, sourceIn } from '@yuheng/engine/testing';
import { JsonLines, loadRules } from '@yuheng/sigma';
import { eventLogs, filesBelow, otrfFiles, sigmaHq } from './corpus.ts';
import { chunksOf, recordOf } from './detect-input.ts';
import { matchBytes } from './detect-speed.ts';
import type { Figures } from './measure.ts';

/**
 * Asks every rule of SigmaHQ about every event of the corpus, and the index too: they have to give the same matches. `step`: only
 * every so manieth event is asked; the index sees no other either.
 */
export async function agreeBench(corpus: string, step = 1): Promise<Figures> {
  const { rules } = loadRules(sigmaHq(corpus));
  const logsources = new LogsourceMap(capabilities.flatMap((capability) => capability.logsources));
  const indexed = new Detector(rules, logsources);
  const naive = new Detector(rules, logsources, askEach);
  let events = 0;
  let matches = 0;
  const differing: string[] = [];
  for await (const { name, records } of windowsRecords(corpus)) {
    for (let at = 0; at < records.length; at += step) {
      const record = records[at]!;
      const expected = idsOf(naive.detect(record));
      const found = idsOf(indexed.detect(record));
      events++;
      if (expected !== '') matches += expected.split(',').length;
      if (found !== expected) differing.push(`${name}:${record.number}: [${found}] instead of [${expected}]`);
    }
  }
  return { events, matches, differing: differing.length, ...(differing.length > 0 ? { first: differing[0]! } : {}) };
}

/** The same for lines read as bytes: every line passes, and for every so manieth each rule is asked about what JSON.parse reads. */
export async function bytesAgreeBench(corpus: string, step = 1): Promise<Figures> {
  const { rules } = loadRules(sigmaHq(corpus));
  const logsources = new LogsourceMap(capabilities.flatMap((capability) => capability.logsources));
  const indexed = new Detector(rules, logsources);
  const naive = new Detector(rules, logsources, askEach);
  const reader = JsonLines.open()!;
  let matches = 0;
  const differing: string[] = [];
  for (const { name, content } of await otrfFiles(corpus)) {
    const lines = content
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    for (const chunk of chunksOf(lines, CHUNK_LINES)) {
      for (const [index, hits] of matchBytes(chunk, reader, indexed).entries()) {
        matches += hits.length;
        if (index % step !== 0) continue;
        const found = idsOf(hits);
        const expected = idsOf(naive.detect(recordOf(chunk.lines[index]!)));
        if (found !== expected) differing.push(`${name}: [${found}] instead of [${expected}]: ${chunk.lines[index]}`);
      }
    }
  }
  const { lines, left } = reader.counters;
  return {
    lines,
    left,
    matches,
    differing: differing.length,
    ...(differing.length > 0 ? { first: differing[0]! } : {}),
  };
}

const CHUNK_LINES = 64;

function idsOf(hits: readonly Hit[]): string {
  return hits.map(({ rule }) => rule.rule.uid).join();
}

async function* windowsRecords(corpus: string): AsyncGenerator<{ name: string; records: readonly Record[] }> {
  const cases = filesBelow(join(corpus, 'sigma-regression'), /\.(?:evtx|json)$/);
  const files = [
    ...(await otrfFiles(corpus)),
    ...eventLogs(corpus),
    ...cases.map((name) => ({ name, content: readFileSync(name) })),
  ];
  for (const { name, content } of files) {
    for (const capability of capabilities) {
      const source = sourceIn(capability, content);
      if (source) yield { name, records: (await recordsOf(content, source)).records };
    }
  }
}
