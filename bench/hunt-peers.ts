import { measureProcess, type ProcessFigures } from './measure.ts';

/** A hunter that ours is compared with over JSON. */
export interface Peer {
  readonly name: string;
  /** Its CPU time over OTRF's events, as a multiple of that of JSON.parse alone (measured once, with the same rules). */
  readonly timesJsonParse: number;
  /** Its CPU seconds over the public EVTX files, measured once on such a machine. */
  readonly evtxSeconds?: number;
  /** How it is run here, where the machine has it. */
  readonly run?: (events: string, rules: string) => ProcessFigures | undefined;
}

/** The hunters of the field, the fastest first. */
export const PEERS: readonly Peer[] = [
  { name: 'rsigma', timesJsonParse: 9.2, run: runRsigma },
  { name: 'hayabusa', timesJsonParse: 107, evtxSeconds: 13.5 },
  { name: 'chainsaw', timesJsonParse: 138, evtxSeconds: 16.6 },
  { name: 'zircolite', timesJsonParse: 411 },
];

/** `cargo install rsigma-cli`: lines in, matches out; without a pipeline it does not look at log sources. */
function runRsigma(events: string, rules: string): ProcessFigures | undefined {
  return measureProcess('rsigma', ['engine', 'eval', '--rules', rules, '--event', `@${events}`]);
}
