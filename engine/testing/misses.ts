import { readFileSync } from 'node:fs';

/** A fact of somebody else's test that does not hold here. */
export interface Miss {
  readonly test: string;
  readonly name: string;
  readonly expected: string;
  readonly found: string;
}

/** Misses counted by test and name, as the checked-in lists give them. */
export function summarise(misses: readonly Miss[]): string[] {
  const counts = new Map<string, number>();
  for (const { test, name } of misses) counts.set(`${test}\t${name}`, (counts.get(`${test}\t${name}`) ?? 0) + 1);
  return [...counts].map(([key, count]) => `${key}\t${count}`).sort();
}

/** The lines of one suite in a checked-in list of misses (suite, test, name, count, reason), without their reasons. */
export function missesIn(path: string, suite: string): string[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  return lines
    .map((line) => line.split('\t'))
    .filter(([name]) => name === suite)
    .map(([, test, name, count]) => `${test}\t${name}\t${count}`)
    .sort();
}
