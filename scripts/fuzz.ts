import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { evtxRounds, pathsRound, type Found, type Round } from './fuzz-subjects.ts';

// `npm run fuzz -- paths|evtx [--seconds n] [--seed n] [--logs folder]`: see docs/reference/fuzz.md.

const USAGE = 'npm run fuzz -- paths|evtx [--seconds n] [--seed n] [--logs folder with .evtx files]\n';
/** Where it is noted how far it came, and what it found. */
const FOLDER = '.yuheng/fuzz';

/** What some seeds come to. */
interface Sum {
  executions: number;
  cpuSeconds: number;
  found: number;
  counts: { [what: string]: number };
}

/** What all runs so far come to, and the seed with which the next one begins. */
interface State extends Sum {
  next: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, logs: { type: 'string' } },
});
const [subject = ''] = positionals;
const roundOf = new Map([
  ['paths', () => pathsRound],
  ['evtx', () => evtxRounds(values.logs)],
]).get(subject)?.();
if (!roundOf || ![values.seconds, values.seed ?? '0'].every((text) => /^\d+$/.test(text))) {
  process.stderr.write(USAGE);
  process.exit(2);
}
// Damage is the rule here: a trace for every damaged chunk would take a tenth of the time.
Error.stackTraceLimit = 2;
const folder = join(FOLDER, subject);
mkdirSync(folder, { recursive: true });
const noted = join(folder, 'state.json');
const before: State = existsSync(noted)
  ? (JSON.parse(readFileSync(noted, 'utf8')) as State)
  : { next: 0, executions: 0, cpuSeconds: 0, found: 0, counts: {} };
const first = values.seed === undefined ? before.next : Number(values.seed);
const { seeds, ...sum } = await run(roundOf, first, Number(values.seconds));
tell(`seeds ${first} to ${first + seeds - 1}`, sum);
if (values.seed === undefined) {
  const all = { next: first + seeds, ...added(before, sum) };
  writeFileSync(noted, `${JSON.stringify(all, undefined, 2)}\n`);
  tell('all runs', all);
}
process.exitCode = sum.found > 0 ? 1 : 0;

/** Takes seed after seed until the time is over. */
async function run(roundOf: (seed: number) => Round, first: number, seconds: number): Promise<Sum & { seeds: number }> {
  let sum: Sum = { executions: 0, cpuSeconds: 0, found: 0, counts: {} };
  let seeds = 0;
  const began = process.cpuUsage();
  for (const end = performance.now() + seconds * 1_000; performance.now() < end; seeds++) {
    const { executions, counts, found } = roundOf(first + seeds);
    found.forEach(keep);
    sum = added(sum, { executions, cpuSeconds: 0, found: found.length, counts });
    // WebAssembly's memory is given back between tasks.
    await setImmediate();
  }
  const { user, system } = process.cpuUsage(began);
  return { ...sum, cpuSeconds: (user + system) / 1e6, seeds };
}

function keep({ name, what, content }: Found): void {
  const path = join(folder, name);
  writeFileSync(path, content);
  process.stdout.write(`${path}: ${what}\n`);
}

function added(one: Sum, other: Readonly<Sum>): Sum {
  const counts = { ...one.counts };
  for (const [what, count] of Object.entries(other.counts)) counts[what] = (counts[what] ?? 0) + count;
  return {
    executions: one.executions + other.executions,
    cpuSeconds: one.cpuSeconds + other.cpuSeconds,
    found: one.found + other.found,
    counts,
  };
}

function tell(of: string, { executions, cpuSeconds, found, counts }: Sum): void {
  const rate = Math.round(executions / Math.max(cpuSeconds, 1e-3));
  const others = Object.entries(counts).map(([what, count]) => `, ${count} ${what}`);
  process.stdout.write(`${of}: ${executions} executions, ${rate} a second of CPU, ${found} found${others.join('')}\n`);
}
