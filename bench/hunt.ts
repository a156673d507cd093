import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { eventLogs, filesBelow, otrfFiles, sigmaHq } from './corpus.ts';
import { PEERS, type Peer } from './hunt-peers.ts';
import { cpuSeconds, measureProcess, median, rounded, type Figures, type ProcessFigures } from './measure.ts';

/** Whole processes differ by a tenth from one to the next. */
const ROUNDS = 5;

/** The input of the hunts, unpacked below one folder. */
interface Ground {
  readonly rules: string;
  readonly json: string;
  /** The same events in one file, for peers that read no folders. */
  readonly lines: string;
  readonly evtx: string;
  readonly texts: readonly string[];
  /** Where compiled rules are kept between hunts. */
  readonly cache: string;
}

/**
 * `yuheng hunt` as whole processes (start-up and rules in, all workers) over OTRF's JSON and all public EVTX files with SigmaHQ's Windows
 * rules, in turns with JSON.parse alone and with the peers that the machine has. Ratios are a peer's CPU time over ours.
 */
export async function huntBench(corpus: string): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-bench-'));
  try {
    const ground = await prepare(corpus, folder);
    const [json, evtx] = [told(ground, ground.json), told(ground, ground.evtx)];
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await oneRound(ground, round));
    const peak = median(rounds.map(({ json, evtx }) => Math.max(json.peakMb, evtx.peakMb)));
    return {
      ...ratios(rounds),
      hunt_peak_mb: Math.round(peak),
      hunt_json_times_json_parse: rounded(median(rounds.map((one) => one.json.cpuSeconds / one.parse))),
      hunt_json_cpu_s: rounded(middle(rounds, 'json')),
      hunt_json_cold_cpu_s: rounded(middle(rounds, 'jsonCold')),
      hunt_json_events: json.records,
      hunt_json_findings: json.findings,
      hunt_evtx_cpu_s: rounded(middle(rounds, 'evtx')),
      hunt_evtx_cold_cpu_s: rounded(middle(rounds, 'evtxCold')),
      hunt_evtx_records: evtx.records,
      hunt_evtx_findings: evtx.findings,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(corpus: string, folder: string): Promise<Ground> {
  const below = (name: string): string => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const ground = { rules: below('rules'), json: below('json'), evtx: below('evtx'), cache: below('cache') };
  for (const [index, { text }] of sigmaHq(corpus).entries())
    if (/^\s+product: windows$/m.test(text)) writeFileSync(join(ground.rules, `${index}.yml`), text);
  const files = await otrfFiles(corpus);
  for (const [index, { content }] of files.entries()) writeFileSync(join(ground.json, `${index}.json`), content);
  const lines = join(folder, 'events.ndjson');
  writeFileSync(lines, Buffer.concat(files.flatMap(({ content }) => [content, Buffer.from('\n')])));
  const logs = [...eventLogs(corpus), ...filesBelow(join(corpus, 'sigma-regression'), /\.evtx$/).map(unread)];
  for (const [index, { name, content }] of logs.entries())
    writeFileSync(join(ground.evtx, `${index}-${basename(name, '.gz')}`), content);
  const texts = files.flatMap(({ content }) => content.toString('utf8').split('\n')).filter((line) => line !== '');
  return { ...ground, lines, texts };
}

function unread(name: string): { readonly name: string; readonly content: Buffer } {
  return { name, content: readFileSync(name) };
}

function hunting({ rules }: Ground, input: string): string[] {
  return [resolve('bin/yuheng.mjs'), 'hunt', input, '--rules', rules, '--no-builtin-rules', '--quiet'];
}

/** One hunt measured from outside. */
function measured(ground: Ground, input: string, cache: string): ProcessFigures {
  const figures = measureProcess('env', [`XDG_CACHE_HOME=${cache}`, process.execPath, ...hunting(ground, input)]);
  if (!figures)
    throw new Error('GNU time (/usr/bin/time) is needed to measure whole processes: install the package "time".');
  return figures;
}

/** What a hunt says it read and found; fills the cache. */
function told(ground: Ground, input: string): { readonly records: number; readonly findings: number } {
  const env = { ...process.env, XDG_CACHE_HOME: ground.cache };
  const { stdout } = spawnSync(process.execPath, [...hunting(ground, input), '--json'], { encoding: 'utf8', env });
  const { records, findings } = JSON.parse(stdout) as {
    records: { parsed: number };
    findings: { [level: string]: number };
  };
  return { records: records.parsed, findings: Object.values(findings).reduce((sum, count) => sum + count, 0) };
}

/** All sides once, one after another: what slows the machine down slows all of them down. */
interface Round {
  /** CPU seconds of JSON.parse alone. */
  readonly parse: number;
  readonly json: ProcessFigures;
  readonly jsonCold: ProcessFigures;
  readonly evtx: ProcessFigures;
  readonly evtxCold: ProcessFigures;
  readonly peers: ReadonlyMap<Peer, ProcessFigures>;
}

async function oneRound(ground: Ground, round: number): Promise<Round> {
  const cold = (what: string): string => join(ground.cache, `${what}-${round}`);
  const json = measured(ground, ground.json, ground.cache);
  const parse = await cpuSeconds(() => ground.texts.forEach((text) => void JSON.parse(text)));
  const evtx = measured(ground, ground.evtx, ground.cache);
  const peers = PEERS.flatMap((peer) => {
    const figures = peer.run?.(ground.lines, ground.rules);
    return figures ? [[peer, figures] as const] : [];
  });
  const jsonCold = measured(ground, ground.json, cold('json'));
  const evtxCold = measured(ground, ground.evtx, cold('evtx'));
  return { parse, json, jsonCold, evtx, evtxCold, peers: new Map(peers) };
}

function middle(rounds: readonly Round[], what: 'json' | 'jsonCold' | 'evtx' | 'evtxCold'): number {
  return median(rounds.map((round) => round[what].cpuSeconds));
}

/** Each peer's CPU time over ours: measured beside ours where the machine has it, else by its multiple of JSON.parse in the same round. */
function ratios(rounds: readonly Round[]): Figures {
  const figures: { [name: string]: number | string } = {};
  for (const peer of PEERS) {
    const run = rounds.every(({ peers }) => peers.has(peer));
    const theirs = ({ peers, parse }: Round): number =>
      run ? peers.get(peer)!.cpuSeconds : peer.timesJsonParse * parse;
    figures[`hunt_json_vs_${peer.name}`] = rounded(
      median(rounds.map((round) => theirs(round) / round.json.cpuSeconds)),
    );
    figures[`hunt_json_vs_${peer.name}_by`] = run
      ? `run here, ${rounded(median(rounds.map((round) => theirs(round) / round.parse)))} × JSON.parse`
      : `${peer.timesJsonParse} × JSON.parse of the same round`;
    const evtxTimes = peer.evtxTimesJsonParse;
    if (evtxTimes === undefined) continue;
    figures[`hunt_evtx_vs_${peer.name}`] = rounded(
      median(rounds.map(({ parse, evtx }) => (evtxTimes * parse) / evtx.cpuSeconds)),
    );
    figures[`hunt_evtx_vs_${peer.name}_by`] = `${rounded(evtxTimes)} × JSON.parse of the same round`;
  }
  return figures;
}
