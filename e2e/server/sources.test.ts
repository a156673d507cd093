import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { appendFileSync, chmodSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unbalanced } from './kill-round.ts';
import { TestServer } from './run-server.ts';

const line = (text: string): string => `Mar  1 02:00:00 web01 app[1]: ${text}\n`;

describe('live sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-test-'));
  const log = join(folder, 'app.log');
  let server: TestServer;
  let ports: { udp: number; tcp: number };

  beforeAll(async () => {
    writeFileSync(log, line('first'));
    const journalctl = join(folder, 'journalctl');
    // Entries as `journalctl --output=export` writes them, one of them with a binary field that holds an empty line.
    const binary = `MESSAGE\\n\\011\\000\\000\\000\\000\\000\\000\\000one\\n\\ntwo!\\n`;
    const entry = (number: number, message: string): string =>
      `printf '__CURSOR=c${number}\\n__REALTIME_TIMESTAMP=177233040${number}000000\\n_HOSTNAME=web01\\n${message}\\n'`;
    writeFileSync(
      journalctl,
      [
        '#!/bin/sh',
        `case "$*" in *after-cursor*) ;; *) ${entry(1, 'MESSAGE=plain\\n')};; esac`,
        `case "$*" in *after-cursor=c2*) ;; *) ${entry(2, binary)};; esac`,
        'exec sleep 600',
        '',
      ].join('\n'),
    );
    chmodSync(journalctl, 0o755);
    const config = join(folder, 'yuheng.yaml');
    writeFileSync(
      config,
      `sources:\n  - follow: ${log}\n    source: app\n  - syslog: { udp: 0, tcp: 0 }\n    source: net\n  - journald: true\n    command: ${journalctl}\n`,
    );
    server = await TestServer.start(['--config', config]);
    ports = listening(server);
  });
  afterAll(async () => {
    await server.remove();
    rmSync(folder, { recursive: true });
  });

  const texts = async (source: string): Promise<string[]> => {
    const rows = await server.search(
      `select raw_data from events where source = '${source}' order by received, position, record`,
    );
    return rows.map((row) => String(row['raw_data'])).sort();
  };
  const until = async (source: string, count: number): Promise<string[]> => {
    for (let tries = 0; tries < 200 && (await texts(source)).length < count; tries++) await sleep(100);
    return texts(source);
  };

  it('follow a file over rotation, truncation and a killed server, every line once', async () => {
    appendFileSync(log, line('second') + 'Mar  1 02:00:00 web01 app[1]: thi');
    expect(await until('app', 1)).toHaveLength(1);
    appendFileSync(log, 'rd\n');
    renameSync(log, `${log}.1`);
    appendFileSync(`${log}.1`, line('fourth, after the renaming'));
    writeFileSync(log, line('fifth, in the new file'));
    expect(await until('app', 5)).toHaveLength(5);
    await server.killGroup();
    appendFileSync(log, line('sixth, while nobody looks'));
    await server.up();
    ports = listening(server);
    expect(await until('app', 6)).toHaveLength(6);
    truncateSync(log, 0);
    await sleep(1_200);
    appendFileSync(log, line('7'));
    const all = await until('app', 7);
    expect(new Set(all).size).toBe(7);
    expect(unbalanced(await server.drained())).toEqual([]);
  });

  it('take syslog over UDP, and over TCP in both framings', async () => {
    const before = (await texts('net')).length;
    const socket = createSocket('udp4');
    for (const message of ['<13>Mar  1 02:00:00 a app: by udp', '<13>Mar  1 02:00:00 a app: two\nlines'])
      await new Promise((done) => socket.send(message, ports.udp, '127.0.0.1', done));
    socket.close();
    const counted = '<13>1 2026-03-01T02:00:00Z a app - - - counted\nover lines';
    await new Promise<void>((done) => {
      const connection = connect(ports.tcp, '127.0.0.1', () => {
        connection.write(`${counted.length} ${counted.slice(0, 10)}`);
        setTimeout(() => connection.end(`${counted.slice(10)}<13>1 2026-03-01T02:00:01Z a app - - - a line\n`), 50);
      });
      connection.on('close', () => done());
    });
    const all = await until('net', before + 4);
    expect(all.filter((text) => /by udp|two\n lines|counted\n over lines|a line/.test(text))).toHaveLength(4);
  });

  it.skipIf(spawnSync('logger', ['--version']).status !== 0)('take what logger sends', async () => {
    spawnSync('logger', ['--server', '127.0.0.1', '--port', String(ports.udp), '--udp', 'from logger by udp']);
    spawnSync('logger', [
      '--server',
      '127.0.0.1',
      '--port',
      String(ports.tcp),
      '--tcp',
      '--octet-count',
      'from logger by tcp',
    ]);
    for (let tries = 0; tries < 100; tries++) {
      const all = await texts('net');
      if (
        all.some((text) => text.includes('by udp')) &&
        all.filter((text) => text.includes('from logger')).length === 2
      )
        return;
      await sleep(100);
    }
    throw new Error(`what logger sent did not come: ${JSON.stringify(await texts('net'))}`);
  });

  it("follow systemd's journal by its cursor, binary fields and all", async () => {
    expect(await until('journald-export', 2)).toHaveLength(2);
    await server.killGroup();
    await server.up();
    ports = listening(server);
    await sleep(1_500);
    expect(await texts('journald-export')).toHaveLength(2);
  });
});

/** The ports that the server says it listens on. */
function listening(server: TestServer): { udp: number; tcp: number } {
  const told =
    server.log
      .split('\n')
      .filter((text) => text.includes('Listening for syslog'))
      .at(-1) ?? '{"message":"{}"}';
  const { message } = JSON.parse(told) as { message: string };
  return JSON.parse(message.slice(message.indexOf('{'), message.lastIndexOf('}') + 1)) as { udp: number; tcp: number };
}
