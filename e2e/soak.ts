import { killRound, unbalanced } from './server/kill-round.ts';
import { TestServer } from './server/run-server.ts';

// `npm run soak -- kill --rounds 50`: kills a server again and again at random moments while it takes records.

const [what, flag, count = '50'] = process.argv.slice(2);
if (what !== 'kill' || (flag !== undefined && flag !== '--rounds') || !/^\d+$/.test(count)) {
  process.stderr.write('npm run soak -- kill [--rounds <n>]\n');
  process.exitCode = 2;
} else {
  const server = await TestServer.start();
  let acknowledged = 0;
  let failed = 0;
  for (let number = 1; number <= Number(count); number++) {
    const afterMs = Math.round(Math.random() * 3_000);
    const round = await killRound(server, `round-${number}`, afterMs);
    const books = unbalanced(await server.ledger());
    acknowledged += round.acknowledged;
    const sound = round.lost.length === 0 && round.twice.length === 0 && books.length === 0;
    if (!sound) failed++;
    process.stdout.write(
      `${sound ? 'sound ' : 'FAILED'} ${number}: killed after ${afterMs} ms, ${round.acknowledged} acknowledged, ${round.lost.length} lost, ${round.twice.length} twice, ${books.length} books unbalanced\n`,
    );
  }
  await server.remove();
  process.stdout.write(`${count} rounds, ${acknowledged} records acknowledged, ${failed} rounds failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}
