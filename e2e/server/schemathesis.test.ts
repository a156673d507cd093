import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder } from '../cli.ts';
import { TestServer } from './run-server.ts';

const tool = process.env['YUHENG_SCHEMATHESIS'] ?? 'schemathesis';
const present = spawnSync(tool, ['--version']).status === 0;
if (!present)
  console.info(
    'Skipped: requests made up from the OpenAPI document, for there is no schemathesis (set YUHENG_SCHEMATHESIS).',
  );

/** The same requests each time. */
const SEED = 7;
/** Then it has to be enough, s. */
const SECONDS = 60;

describe.skipIf(!present)('requests made up from the OpenAPI document', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
    await server.ingest(
      'Mar  1 02:00:00 web sshd[1]: Failed password for root from 203.0.113.9 port 4 ssh2\n',
      '?source=ssh',
    );
    await server.drained();
  });
  afterAll(() => server.remove());

  it('are never answered with an error of ours', async () => {
    const args = ['run', `${server.url}/api/v1/openapi.json`, '--checks=not_a_server_error', `--seed=${SEED}`];
    const bounds = [`--max-time=${SECONDS}`, '--phases=examples,coverage,fuzzing', '--workers=2', '--no-color'];
    const child = spawn(tool, [...args, ...bounds, `--header=Authorization: Bearer ${server.key}`], {
      cwd: emptyFolder(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(status, `${told}\n${server.log}`).toBe(0);
    expect(Number(/(\d[\d,]*) generated/.exec(told)?.[1]?.replace(/,/g, '')), told).toBeGreaterThan(500);
    expect(server.log).not.toContain('YH-INTERNAL');
    expect((await server.request('/api/v1/health', { key: null })).status).toBe(200);
  });
});
