import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTcpPostgres, type TcpPostgres } from '../../adapters/postgres/server/testing/tcp-server.ts';
import { killRound, unbalanced } from './kill-round.ts';
import { TestServer } from './run-server.ts';

describe('a server with a PostgreSQL of the operator’s own', () => {
  let postgres: TcpPostgres;
  let server: TestServer;
  beforeAll(async () => {
    postgres = await startTcpPostgres();
    server = await TestServer.start([], { env: { YUHENG_POSTGRES_URL: postgres.url } });
  });
  afterAll(async () => {
    await server.remove();
    await postgres.remove();
  });

  it('takes, answers, knows its tenants and keys, and starts no other database', async () => {
    expect((await server.ingest('Mar  1 02:00:00 web app[1]: hello\n', '?source=web')).status).toBe(200);
    expect(await server.drained()).toMatchObject([{ source: 'web', received: 1, stored: 1 }]);
    const other = await server.addTenant('other');
    expect(await server.ledger(other)).toEqual([]);
    expect(await server.stop()).toBe(0);
    await server.up();
    expect(await server.ledger()).toMatchObject([{ source: 'web', received: 1, stored: 1 }]);
    expect(existsSync(join(server.data, 'postgres'))).toBe(false);
  });

  it('keeps what it acknowledged when it is killed', async () => {
    const round = await killRound(server, 'kill', 500);
    expect(round).toMatchObject({ lost: [], twice: [] });
    expect(unbalanced(await server.ledger())).toEqual([]);
  });

  it('goes on by itself when the database was away', async () => {
    await postgres.stop();
    expect((await server.ingest('Mar  1 02:00:00 web app[1]: away\n', '?source=away')).status).toBe(503);
    await postgres.start();
    for (let tries = 0; tries < 100; tries++) {
      const { status } = await server.ingest('Mar  1 02:00:00 web app[1]: back\n', '?source=away', {
        'idempotency-key': 'back',
      });
      if (status === 200) break;
      await sleep(100);
    }
    expect(await server.drained()).toContainEqual(expect.objectContaining({ source: 'away', received: 1, stored: 1 }));
  });
});
