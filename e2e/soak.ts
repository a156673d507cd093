import { killRound, unbalanced } from './server/kill-round.ts';
import { memoryRound } from './server/memory-round.ts';
import { TestServer } from './server/run-server.ts';

// Long tests, by command; what they printed stands in docs/reference/soak.md.
// `npm run soak -- kill --rounds 50`: kills a server again and again at random moments while it takes records.
// `npm run soak -- memory --seconds 120`: brings twice what a server can keep up with, and looks at its memory.

/** In the last third memory may be so many times that of the first. */
const MAX_GROWTH = 1.15;
/** Few enough that the server has to refuse: by default it would take two minutes to fill the journal. */
const PENDING_BYTES = 32 * 2 ** 20;

async function kill(rounds: number): Promise<boolean> {
  const server = await TestServer.start();
  let acknowledged = 0;
  let failed = 0;
  for (let number = 1; number <= rounds; number++) {
    const afterMs = Math.round(Math.random() * 3_000);
    const round = await killRound(server, `round-${number}`, afterMs);
    const books = unbalanced(await server.ledger());
    acknowledged += round.acknowledged;
    const sound = round.lost.length === 0 && round.twice.length === 0 && books.length === 0;
    if (!sound) failed++;
    print(
      `${sound ? 'sound ' : 'FAILED'} ${number}: killed after ${afterMs} ms, ${round.acknowledged} acknowledged, ${round.lost.length} lost, ${round.twice.length} twice, ${books.length} books unbalanced`,
    );
  }
  await server.remove();
  print(`${rounds} rounds, ${acknowledged} records acknowledged, ${failed} rounds failed`);
  return failed === 0;
}

async function memory(seconds: number): Promise<boolean> {
  const server = await TestServer.start(['--max-pending-bytes', String(PENDING_BYTES)]);
  const { sustainable, offered, accepted, refused, first, last, most } = await memoryRound(server, seconds);
  const health = (await server.request('/api/v1/health', { key: null })).status;
  await server.remove();
  const growth = last / first;
  print(`sustainable ${sustainable} records/s, offered ${offered} records/s, ${accepted} accepted, ${refused} refused`);
  print(
    `memory ${mib(first)} MiB in the first third of ${seconds} s, ${mib(last)} MiB in the last: ${growth.toFixed(2)} × (at most ${MAX_GROWTH}); most ${mib(most)} MiB; health ${health}`,
  );
  return growth <= MAX_GROWTH;
}

function mib(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const SOAKS = new Map([
  ['kill', { flag: '--rounds', usual: '50', run: kill }],
  ['memory', { flag: '--seconds', usual: '120', run: memory }],
]);
const [name = '', flag, given] = process.argv.slice(2);
const soak = SOAKS.get(name);
const count = given ?? soak?.usual ?? '';
if (!soak || (flag !== undefined && flag !== soak.flag) || !/^\d+$/.test(count)) {
  process.stderr.write('npm run soak -- kill [--rounds <n>] | memory [--seconds <n>]\n');
  process.exitCode = 2;
} else if (!(await soak.run(Number(count)))) process.exitCode = 1;
