import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unbalanced } from './kill-round.ts';
import { TestServer } from './run-server.ts';

const DAY_MS = 86_400_000;

/** Longer than it takes the server to see that its clock was set, ms. */
const SEEN_MS = 2_500;

const guessed = (minute: number): string =>
  Array.from(
    { length: 30 },
    (_, n) =>
      `Mar  1 02:${String(minute).padStart(2, '0')}:${String(n).padStart(2, '0')} web sshd[${n + 100}]: Failed password for root from 203.0.113.${minute} port ${40_000 + n} ssh2\n`,
  ).join('');

describe.each([400, -400])('a clock that jumps by %i days and back', (days) => {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-test-'));
  const clock = join(folder, 'offset');
  let server: TestServer;

  const set = async (offsetMs: number): Promise<void> => {
    // Never half-written: the server reads it all the time.
    writeFileSync(`${clock}.new`, String(offsetMs));
    renameSync(`${clock}.new`, clock);
    await sleep(SEEN_MS);
  };
  const restart = async (): Promise<void> => {
    expect(await server.stop()).toBe(0);
    await server.up();
  };
  /** Brings an attack, and sees it in the lake, its finding, and the books in order. */
  const works = async (minute: number): Promise<void> => {
    const query = `?source=ssh&year=2026&file=auth.log`;
    const lines = guessed(minute);
    const [first, second] = [lines.slice(0, lines.length / 2), lines.slice(lines.length / 2)];
    const line = first.split('\n').length;
    expect((await server.ingest(second, `${query}-${minute}&first=${line}`)).status).toBe(200);
    expect((await server.ingest(first, `${query}-${minute}&first=1`)).status).toBe(200);
    const [row] = await server.drained();
    expect(unbalanced([row!])).toEqual([]);
    expect(row).toMatchObject({ expired: 0, pending: 0 });
    const [counted] = await server.search("select sum(records) as n from events where source = 'ssh'");
    expect(Number(counted!['n'])).toBe(row!.stored);
    for (let tries = 0; tries < 150; tries++) {
      const { text } = await server.request('/api/v1/findings?limit=100');
      if (text.includes(`203.0.113.${minute}`)) return;
      await sleep(100);
    }
    throw new Error(`no finding of minute ${minute}: ${server.log}`);
  };
  /** A session by the link that the server printed when it started. */
  const signIn = async (): Promise<string> => {
    const { headers } = await server.request(new URL(server.signIn).pathname + new URL(server.signIn).search, {
      key: null,
    });
    return headers.get('set-cookie')!.split(';')[0]!;
  };
  const whoAsks = async (cookie: string): Promise<number> =>
    (await server.request('/api/v1/session', { key: null, headers: { cookie } })).status;

  beforeAll(async () => {
    writeFileSync(clock, '0');
    const preload = pathToFileURL(resolve('e2e/server/shift-clock.mjs')).href;
    server = await TestServer.start([], { env: { NODE_OPTIONS: `--import=${preload}`, YUHENG_TEST_CLOCK: clock } });
    writeFileSync(join(server.data, 'yuheng.yaml'), 'retention: { days: 30 }\n');
    await restart();
  });
  afterAll(async () => {
    await server.remove();
    rmSync(folder, { recursive: true });
  });

  it('costs nothing: no event goes, none waits, and who is signed in or signs in is let in', async () => {
    const session = await signIn();
    await works(1);
    expect(server.log).not.toContain('YH-CLOCK');
    await set(days * DAY_MS);
    expect(server.log).toContain('YH-CLOCK');
    await works(2);
    // What is too old goes at a start and every hour: at this start nothing does.
    await restart();
    await works(3);
    expect(await whoAsks(await signIn())).toBe(200);
    await set(0);
    await works(4);
    await restart();
    await works(5);
    expect(await whoAsks(session)).toBe(200);
    expect(await whoAsks(await signIn())).toBe(200);
    expect(server.log).not.toContain('were let go');
    expect(server.log).not.toMatch(/YH-(RETENTION|PIPELINE|STORE|CONCLUDE|MIRROR)/);
  });
});
