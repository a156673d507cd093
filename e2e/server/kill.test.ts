import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killRound, unbalanced } from './kill-round.ts';
import { TestServer } from './run-server.ts';

// Nothing that was acknowledged is lost, whatever is killed and when.

describe('a server that is killed', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.remove());

  it.each([0, 250, 600, 1_100, 1_900])('keeps every acknowledged record once after %i ms', async (afterMs) => {
    const round = await killRound(server, `kill-${afterMs}`, afterMs);
    expect(round.acknowledged).toBeGreaterThan(0);
    expect(round.lost).toEqual([]);
    expect(round.twice).toEqual([]);
    expect(unbalanced(await server.ledger())).toEqual([]);
  });

  it.each(['lake-process', 'bin/postgres'])('goes on when only its %s is killed', async (what) => {
    const source = `part-${what.slice(-4)}`;
    for (let sent = 0, tries = 0; sent < 40; tries++) {
      if (tries === 10) killChild(server.pid, what);
      const answer = await server.ingest(
        `Mar  1 02:00:00 host sshd[1]: message ${sent} of ${source}\n`,
        `?source=${source}`,
        {
          'idempotency-key': `${source}-${sent}`,
        },
      );
      if (answer.status === 200) sent++;
      else await sleep(100);
      expect([200, 503]).toContain(answer.status);
    }
    expect(unbalanced(await server.drained())).toEqual([]);
    const rows = await server.search(
      `select uniqExact(raw_data) as one, count() as all from events where source = '${source}'`,
    );
    expect(rows).toEqual([{ one: '40', all: '40' }]);
  });
});

function killChild(parent: number, what: string): void {
  const [pid] = childrenOf(parent).filter(({ command }) => command.includes(what));
  process.kill(pid!.pid, 'SIGKILL');
}

/** Processes that this one started, and those that they started. */
function childrenOf(parent: number): { pid: number; command: string }[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), command }];
      } catch {
        return [];
      }
    });
  const below = (pid: number): typeof all =>
    all.filter((one) => one.parent === pid).flatMap((one) => [one, ...below(one.pid)]);
  return below(parent);
}
