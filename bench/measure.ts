import { spawnSync } from 'node:child_process';

/** A benchmark's figures by name; a text says why one could not be had. */
export type Figures = { readonly [name: string]: number | string };

/** Runs of each side of a comparison. */
export const ROUNDS = 3;

/** The middle of some figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** CPU seconds of this process (all threads) that a piece of work took. */
export async function cpuSeconds(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Figures of a whole process, by the shell's own accounting. */
export interface ProcessFigures {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMb: number;
}

/** Node reads all certificates of this file at every start where it is set: a cost of the machine's, not of ours. */
const { NODE_EXTRA_CA_CERTS: _, ...ENVIRONMENT } = process.env;

/** Runs a command to its end and measures it from outside (GNU time); `undefined` when it cannot be run here. A peer that complains of damaged input still counts. */
export function measureProcess(command: string, args: readonly string[]): ProcessFigures | undefined {
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '%U %S %e %M', command, ...args], {
    encoding: 'utf8',
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
  });
  const figures = /^([\d.]+) ([\d.]+) ([\d.]+) (\d+)$/m.exec(stderr?.trim().split('\n').at(-1) ?? '');
  if (status === null || status > 125 || !figures) return undefined;
  const [user, system, wall, kilobytes] = figures.slice(1).map(Number);
  return { cpuSeconds: user! + system!, wallSeconds: wall!, peakMb: kilobytes! / 1024 };
}

/** Two decimals. */
export function rounded(figure: number): number {
  return Math.round(figure * 100) / 100;
}
