import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProcess } from './processes.ts';
import { PostgresError, startPostgres, type PostgresServer } from './index.ts';
import { startInChild, type ChildServer } from './testing/child-server.ts';
import { query } from './testing/query.ts';

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.info('Not root: starting as another user is not tested.');

const started: PostgresServer[] = [];
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(realpathSync(tmpdir()), 'yuheng-pgtest-')), 'data');
  chmodSync(join(folder, '..'), 0o755);
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

async function start(path = folder): Promise<PostgresServer> {
  const server = await startPostgres({ folder: path, log: () => {} });
  started.push(server);
  return server;
}

async function gone(pid: number): Promise<void> {
  for (let waited = 0; findProcess(pid) && waited < 20_000; waited += 50) await sleep(50);
  expect(findProcess(pid)).toBeUndefined();
}

async function kill({ starter, pid }: ChildServer): Promise<void> {
  starter.kill('SIGKILL');
  await gone(pid);
}

const numbers = async ({ connection }: Pick<PostgresServer, 'connection'>): Promise<unknown[]> =>
  (await query(connection, 'SELECT n FROM numbers ORDER BY n')).map((row) => row['n']);

describe('startPostgres', () => {
  it('keeps what was written over a stop and a start', async () => {
    const first = await start();
    await query(first.connection, 'CREATE TABLE numbers AS SELECT 1 AS n');
    await first.stop();
    expect(findProcess(first.pid)).toBeUndefined();
    expect(existsSync(join(folder, 'cluster', 'postmaster.pid'))).toBe(false);
    expect(await numbers(await start())).toEqual([1]);
  });

  it('is durable, listens on no port, and asks for the password', async () => {
    const server = await start();
    const asked = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses', 'TimeZone'];
    const rows = await query(
      server.connection,
      `SELECT ${asked.map((name) => `current_setting('${name}') AS "${name}"`)}`,
    );
    expect(rows).toEqual([
      {
        fsync: 'on',
        synchronous_commit: 'on',
        full_page_writes: 'on',
        data_checksums: 'on',
        listen_addresses: '',
        TimeZone: 'UTC',
      },
    ]);
    await expect(query({ ...server.connection, password: 'guess' }, 'SELECT 1')).rejects.toThrow('password');
  });

  it('finds a short place for the socket, and leaves none behind', async () => {
    const server = await start(join(folder, 'a'.repeat(60), 'with a space', 'b'.repeat(60)));
    expect(server.connection.host.length).toBeLessThan(90);
    expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(existsSync(server.connection.host)).toBe(false);
  });

  it('refuses a second server on the folder, and leaves the first alone', async () => {
    const first = await start();
    const refusal = await start().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PostgresError);
    expect(refusal).toMatchObject({ code: 'YH-DATA-IN-USE' });
    await expect(startInChild(folder)).rejects.toThrow('Another server');
    expect(await query(first.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('of two at once lets one run', async () => {
    const both = await Promise.allSettled([startInChild(folder), startInChild(folder)]);
    const winners = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(winners.length).toBe(1);
    expect(await query(winners[0]!.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await kill(winners[0]!);
  });

  it('says what PostgreSQL said when it cannot run', async () => {
    await (await start()).stop();
    writeFileSync(join(folder, 'cluster', 'PG_VERSION'), '9\n');
    await expect(start()).rejects.toThrow(/incompatible/);
  });
});

it('is found under the same path after a kill', async () => {
  const far = join(folder, 'a'.repeat(60), 'b'.repeat(60));
  const first = await start(far);
  process.kill(first.pid, 'SIGKILL');
  const again = await start(far);
  expect(again.connection).toEqual(first.connection);
  expect(await query(first.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

describe('leftovers', () => {
  it('makes a half-made database anew', async () => {
    mkdirSync(join(folder, 'initdb-999999999', 'data'), { recursive: true });
    await start();
    expect(readdirSync(folder).sort()).toEqual(['cluster', 'run']);
  });

  it.each(['999999999', String(process.pid)])(
    'steps over the note of process %s, which is no PostgreSQL',
    async (pid) => {
      await (await start()).stop();
      writeFileSync(
        join(folder, 'cluster', 'postmaster.pid'),
        `${pid}\n${folder}/cluster\n1\n5432\n/tmp\n\n1 1\nready\n`,
      );
      expect(await query((await start()).connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    },
  );

  it('tells when the server is killed, and starts again with all that was acknowledged', async () => {
    const first = await start();
    await query(first.connection, 'CREATE TABLE numbers AS SELECT 1 AS n');
    const exit = new Promise<string>((resolve) => first.onExit(resolve));
    process.kill(first.pid, 'SIGKILL');
    expect(await exit).toBe('ended by SIGKILL');
    expect(await numbers(await start())).toEqual([1]);
  });

  it('does not tell of an end that was asked for', async () => {
    const server = await start();
    const told: string[] = [];
    server.onExit((how) => told.push(how));
    await server.stop();
    await sleep(10);
    expect(told).toEqual([]);
  });
});

const USERS: [string, string[]][] = [['this user', []]];
if (isRoot) USERS.push(['nobody', ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']]);

describe.each(USERS)('a killed Node process of %s', (user, prefix) => {
  it('takes its server along; the next start is ready and nothing is lost', async () => {
    if (user === 'nobody') chmodSync(join(folder, '..'), 0o777);
    const first = await startInChild(folder, prefix);
    await query(first.connection, 'CREATE TABLE numbers (n int)');
    for (let round = 1; round <= 3; round++) {
      const { starter, pid, connection } = round === 1 ? first : await startInChild(folder, prefix);
      const before = await numbers({ connection });
      await query(connection, `INSERT INTO numbers VALUES (${round})`);
      starter.kill('SIGKILL');
      // Every other time the next start comes at once, while the old server still ends.
      if (round % 2 === 0) await gone(pid);
      expect(before).toEqual(Array.from({ length: round - 1 }, (_, i) => i + 1));
    }
    const last = await startInChild(folder, prefix);
    expect(await numbers(last)).toEqual([1, 2, 3]);
    await kill(last);
  });
});

it('starts again after both the Node process and the server were killed', async () => {
  const { starter, pid, connection } = await startInChild(folder);
  await query(connection, 'CREATE TABLE numbers AS SELECT 1 AS n');
  starter.kill('SIGKILL');
  process.kill(pid, 'SIGKILL');
  expect(await numbers(await start())).toEqual([1]);
});

it('waits for a parent that is still ending, as a killed one does for a moment', async () => {
  const { starter } = await startInChild(folder);
  const end = setTimeout(() => starter.kill('SIGKILL'), 500);
  try {
    expect(await query((await start()).connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  } finally {
    clearTimeout(end);
  }
});

describe.skipIf(!isRoot)('root', () => {
  it('leaves a folder that others cannot use, which is said', async () => {
    await (await start()).stop();
    const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    await expect(startInChild(folder, nobody)).rejects.toThrow(/cannot be used: EACCES/);
  });

  it('runs the server as another user', async () => {
    const server = await start();
    const [row] = await query(server.connection, "SELECT pg_read_file('/proc/self/status') AS status");
    expect(String(row!['status'])).toMatch(/^Uid:\s+65534\s/m);
    await expect(query(server.connection, "SELECT pg_read_file('/etc/shadow')")).rejects.toThrow('Permission denied');
  });

  it('works below a folder that is closed to others, and when it is opened later', async () => {
    chmodSync(join(folder, '..'), 0o700);
    const closed = await start();
    await query(closed.connection, 'CREATE TABLE numbers AS SELECT 1 AS n');
    await closed.stop();
    chmodSync(join(folder, '..'), 0o755);
    const open = await start();
    expect(await numbers(open)).toEqual([1]);
    await open.stop();
    chmodSync(join(folder, '..'), 0o700);
    expect(await numbers(await start())).toEqual([1]);
  });
});

describe.skipIf(!isRoot)('a system without some tools', () => {
  /** Goes before a command: the only programs to be found are these. */
  function only(...programs: string[]): string[] {
    const bin = join(folder, '..', 'bin');
    mkdirSync(bin);
    for (const program of programs) symlinkSync(`/usr/bin/${program}`, join(bin, program));
    return ['/usr/bin/env', `PATH=${bin}`];
  }

  it('without unshare, still runs below a closed folder', async () => {
    chmodSync(join(folder, '..'), 0o700);
    const server = await startInChild(folder, only('setpriv'));
    const [row] = await query(server.connection, "SELECT pg_read_file('/proc/self/status') AS status");
    expect(String(row!['status'])).toMatch(/^Uid:\s+65534\s/m);
    await kill(server);
  });

  it('without setpriv, the next start stops what a killed one left', async () => {
    chmodSync(join(folder, '..'), 0o777);
    const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', ...only()];
    const first = await startInChild(folder, nobody);
    await query(first.connection, 'CREATE TABLE numbers AS SELECT 1 AS n');
    first.starter.kill('SIGKILL');
    const again = await startInChild(folder, nobody);
    expect(findProcess(first.pid)).toBeUndefined();
    expect(await numbers(again)).toEqual([1]);
    process.kill(again.pid, 'SIGINT');
    again.starter.kill('SIGKILL');
    await gone(again.pid);
  });

  it('without any, says to root what was tried', async () => {
    await expect(startInChild(folder, only())).rejects.toThrow(/Tried setpriv: .*unshare --user: .*dac_read_search/s);
  });
});
