import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { capabilities } from '@yuheng/capabilities';
import {
  coverageOf,
  Detector,
  LogsourceMap,
  normalize,
  recognise,
  readHead,
  type Record,
  type Source,
  YearCounter,
} from '@yuheng/engine';
import { corpus, recordsOf } from '@yuheng/engine/testing';
import { loadRules } from '@yuheng/sigma';
import { filesBelow, otrfFiles, sigmaHq } from '../bench/corpus.ts';

/** A rule that is answered otherwise over a source's own fields than over the OCSF event made of them. */
export interface OcsfDifference {
  readonly uid: string;
  readonly title: string;
  /** What the event is to the log source: its kind. */
  readonly kind: string;
  readonly only: 'source' | 'ocsf';
  readonly where: string;
}

/** What came of the comparison. */
export interface OcsfCompared {
  readonly events: number;
  /** Rules that OCSF events answer, and of how many. */
  readonly answered: number;
  readonly rules: number;
  /** Matches of both. */
  readonly agreed: number;
  readonly differences: readonly OcsfDifference[];
}

/**
 * Every event of the public logs as OCSF and back in as from outside: the rules that OCSF events are said to answer without loss have to give
 * the same matches as over the source's own fields. `step`: only every so manieth record of a file.
 */
export async function compareOcsf(step: number): Promise<OcsfCompared> {
  const { rules } = loadRules(sigmaHq(corpus));
  const logsources = new LogsourceMap(capabilities.flatMap((capability) => capability.logsources));
  const answered = coverageOf(rules, logsources, 'ocsf')
    .filter(({ lack }) => !lack)
    .map(({ rule }) => rule);
  const detector = new Detector(answered, logsources);
  const matchesOf = (record: Record): Map<string, string> =>
    new Map(detector.detect(record).map(({ rule: { rule } }) => [rule.uid, rule.title]));
  const differences: OcsfDifference[] = [];
  let [events, agreed] = [0, 0];
  for await (const { name, source, records } of publicRecords()) {
    for (let at = 0; at < records.length; at += step) {
      const record = records[at]!;
      const [own, outside] = [matchesOf(record), matchesOf(fromOutside(record, source))];
      events++;
      for (const [uid, title] of new Map([...own, ...outside])) {
        if (own.has(uid) && outside.has(uid)) agreed++;
        else {
          const only = own.has(uid) ? 'source' : 'ocsf';
          differences.push({ uid, title, kind: record.kind, only, where: `${name}:${record.number}` });
        }
      }
    }
  }
  return { events, answered: answered.length, rules: rules.length, agreed, differences };
}

/** For dates without one; nothing here depends on it. */
const YEAR = 2026;
const ocsf = capabilities.flatMap(({ sources }) => sources).find(({ id }) => id === 'ocsf')!;

/** A record's OCSF event as another house would deliver it. */
function fromOutside(record: Record, source: Source): Record {
  const text = JSON.stringify(normalize(record, source));
  const made: Record[] = [];
  const none = (): void => {};
  const sink = { record: (one: Record) => void made.push(one), unparsed: none, joined: none, directive: none };
  const origin = { ...record.origin, source: ocsf.id };
  const parser = ocsf.open({ origin, sink, offsetMinutes: () => 0, years: new YearCounter(YEAR) });
  parser.push({ number: record.number, offset: 0, text, value: JSON.parse(text) as unknown });
  return made[0]!;
}

async function* publicRecords(): AsyncGenerator<{ name: string; source: Source; records: readonly Record[] }> {
  const logs = ['evtx', 'sigma-regression', 'logs', 'zeek'].flatMap((folder) => filesBelow(join(corpus, folder), /./));
  const files = [...(await otrfFiles(corpus)), ...logs.map((name) => ({ name, content: unpacked(name) }))];
  for (const { name, content } of files) {
    const source = recognise(readHead(content.subarray(0, 65_536), content.length <= 65_536), capabilities);
    if (source && source !== ocsf) yield { name, source, records: (await recordsOf(content, source)).records };
  }
}

function unpacked(name: string): Buffer {
  const content = readFileSync(name);
  return name.endsWith('.gz') ? gunzipSync(content) : content;
}
