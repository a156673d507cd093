import { measureProcess, type ProcessFigures } from './measure.ts';

/** A hunter that ours is compared with over JSON. */
export interface Peer {
  readonly name: string;
  /** Its CPU time over OTRF's events, as a multiple of that of JSON.parse alone (measured once, with the same rules). */
  readonly timesJsonParse: number;
  /** The same over the public EVTX files: of JSON.parse alone over OTRF's events, for that is the floor of every round. */
  readonly evtxTimesJsonParse?: number;
  /** How it is run here, where the machine has it. */
  readonly run?: (events: string, rules: string) => ProcessFigures | undefined;
}

/** CPU seconds of JSON.parse alone over OTRF's events (289,000 a second) where the peers were measured. */
const FLOOR_SECONDS = 0.351;

/** The hunters of the field, the fastest first. */
export const PEERS: readonly Peer[] = [
  { name: 'rsigma', timesJsonParse: 9.2, run: runRsigma },
  { name: 'hayabusa', timesJsonParse: 107, evtxTimesJsonParse: 13.5 / FLOOR_SECONDS },
  { name: 'chainsaw', timesJsonParse: 138, evtxTimesJsonParse: 16.6 / FLOOR_SECONDS },
  { name: 'zircolite', timesJsonParse: 411 },
];

/** `cargo install rsigma-cli`: lines in, matches out; without a pipeline it does not look at log sources. */
function runRsigma(events: string, rules: string): ProcessFigures | undefined {
  return measureProcess('rsigma', ['engine', 'eval', '--rules', rules, '--event', `@${events}`]);
}
