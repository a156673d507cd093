import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { capabilities } from '@yuheng/capabilities';
import { LogsourceMap, type Record } from '@yuheng/engine';
import { loadRules, type CompiledRule, type SigmaSource } from '@yuheng/sigma';
import { kindOf } from '../capabilities/windows-log/sources/windows-record.ts';
import { otrfFiles, windowsRules } from './corpus.ts';

/** Lines of JSON, and how often they are gone through in a round. */
export interface Workload {
  readonly lines: readonly string[];
  readonly repeat: number;
}

/** What the detection benches work on. */
export interface DetectInput {
  readonly mix: Workload;
  readonly process: Workload;
  readonly sources: readonly SigmaSource[];
  readonly rules: readonly CompiledRule[];
  readonly logsources: LogsourceMap;
  /** What the rules take, compiled and not yet asked. */
  readonly rulesMegabytes: number;
}

/** Process creations are few: a round goes through them often enough to be measured. */
const PROCESS_REPEAT = 40;

/** Reads the corpus; compiles the rules. */
export async function loadDetectInput(corpus: string): Promise<DetectInput> {
  const lines = await windowsLines(corpus);
  const sources = windowsRules(corpus);
  const before = liveMegabytes();
  const { rules } = loadRules(sources);
  return {
    mix: { lines, repeat: 1 },
    process: { lines: lines.filter(isProcessCreation), repeat: PROCESS_REPEAT },
    sources,
    rules,
    rulesMegabytes: liveMegabytes() - before,
    logsources: new LogsourceMap(capabilities.flatMap((capability) => capability.logsources)),
  };
}

/** The lines of OTRF's Windows events. */
async function windowsLines(corpus: string): Promise<string[]> {
  const files = await otrfFiles(corpus);
  return files.flatMap(({ content }) => content.toString('utf8').split('\n')).filter((line) => line !== '');
}

function isProcessCreation(line: string): boolean {
  const { Channel: channel, EventID: id } = JSON.parse(line) as { Channel?: unknown; EventID?: unknown };
  const name = String(channel).toLowerCase();
  return (name === 'microsoft-windows-sysmon/operational' && id === 1) || (name === 'security' && id === 4688);
}

const ORIGIN = { tenant: 'default', source: 'windows-json', file: 'bench' };
const TIME = { ms: 0, ns: 0 };

/** A line as a record, with nothing but what detection reads. */
export function recordOf(line: string): Record {
  const fields = JSON.parse(line) as { [name: string]: unknown };
  const kind = kindOf(String(fields['Channel']), fields['EventID']);
  return { origin: ORIGIN, number: 1, raw: line, fields, structured: true, json: true, time: TIME, kind };
}

/** Lines as bytes, and where each ends, as a file is read. */
export interface Chunk {
  readonly lines: readonly string[];
  readonly bytes: Buffer;
  readonly ends: readonly number[];
}

/** Lines in pieces of so many. */
export function* chunksOf(lines: readonly string[], size: number): Generator<Chunk> {
  for (let from = 0; from < lines.length; from += size) {
    const some = lines.slice(from, from + size);
    const bytes = Buffer.from(`${some.join('\n')}\n`);
    const ends: number[] = [];
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, end + 1)) ends.push(end);
    yield { lines: some, bytes, ends };
  }
}

/** Megabytes that live on the heap and beside it, after a collection. */
export function liveMegabytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // The first only lets go of buffers, the second frees them.
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}
