import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unbalanced } from './kill-round.ts';
import { TestServer } from './run-server.ts';

const present = spawnSync('rsyslogd', ['-v']).status === 0;
if (!present) console.info('Skipped: what rsyslog sends, for there is no rsyslogd here.');

const MESSAGES = 3_000;
const PROTOCOLS = ['udp', 'tcp'] as const;

describe.skipIf(!present)('what rsyslog sends', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-test-'));
  const lines = Array.from({ length: MESSAGES }, (_, n) => `message ${n} 玉衡 <13> "quoted" \\ %`);
  let server: TestServer;
  let rsyslogd: ChildProcess;

  beforeAll(async () => {
    const config = join(folder, 'yuheng.yaml');
    const sources = PROTOCOLS.map((protocol) => ({ syslog: { [protocol]: 0 }, source: protocol }));
    writeFileSync(config, JSON.stringify({ sources }));
    server = await TestServer.start(['--config', config]);
    const [udp, tcp] = PROTOCOLS.map((protocol) => new RegExp(`\\\\"${protocol}\\\\":(\\d+)`).exec(server.log)![1]!);
    const log = join(folder, 'app.log');
    writeFileSync(log, `${lines.join('\n')}\n`);
    mkdirSync(join(folder, 'work'));
    const target = 'type="omfwd" target="127.0.0.1" template="RSYSLOG_SyslogProtocol23Format"';
    writeFileSync(
      join(folder, 'rsyslog.conf'),
      `global(workDirectory="${join(folder, 'work')}")
module(load="imfile")
input(type="imfile" file="${log}" tag="app:")
action(${target} port="${udp}" protocol="udp")
action(${target} port="${tcp}" protocol="tcp" tcp_framing="octet-counted")
`,
    );
    const args = ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')];
    rsyslogd = spawn('rsyslogd', args, { stdio: 'ignore' });
  });
  afterAll(async () => {
    rsyslogd.kill('SIGKILL');
    await server.remove();
    rmSync(folder, { recursive: true });
  });

  it.each(PROTOCOLS)('by %s is there, every message once and whole', async (source) => {
    const count = `select count() as n from events where source = '${source}'`;
    for (let tries = 0; tries < 300 && Number((await server.search(count))[0]!['n']) < MESSAGES; tries++)
      await sleep(100);
    const rows = await server.search(`select raw_data from events where source = '${source}' limit 10000`);
    const messages = rows.map((row) => String(row['raw_data']).replace(/^.* - - - /, ''));
    expect(messages.sort()).toEqual([...lines].sort());
    expect(unbalanced(await server.drained())).toEqual([]);
  });
});
