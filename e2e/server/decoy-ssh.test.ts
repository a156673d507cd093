import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NodeStream, SshClientSession, SshSessionConfiguration } from '@microsoft/dev-tunnels-ssh';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unbalanced } from './kill-round.ts';
import { TestServer } from './run-server.ts';

/** Tries a password, as anybody would who found the port. */
async function tryPassword(port: number, username: string, password: string): Promise<boolean> {
  const session = new SshClientSession(new SshSessionConfiguration());
  session.onAuthenticating((attempt) => (attempt.authenticationPromise = Promise.resolve({})));
  await session.connect(new NodeStream(connect(port, '127.0.0.1')));
  const signedIn = await session.authenticateClient({ username, password });
  session.dispose();
  return signedIn;
}

describe('the SSH decoy of a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(['--decoy-ssh', '0', '--decoy-http', 'off']);
  });
  afterAll(() => server.remove());

  it('lets nobody in, and its touch becomes an incident', async () => {
    expect(server.decoy).toBeUndefined();
    expect(await tryPassword(Number(server.decoySsh.split(':')[1]), 'deploy', 'hunter2')).toBe(false);
    const [incident] = await server.settled('incidents', 1);
    const { finding_info_list: findings } = JSON.parse(incident!) as { finding_info_list: { title: string }[] };
    expect(findings.map(({ title }) => title).sort()).toEqual(['A decoy was touched', 'Login tried on a decoy']);
    const [row] = await server.search("select raw_data, class_uid from events where user = 'deploy'");
    expect(row).toMatchObject({ class_uid: 3002 });
    expect(JSON.parse(String(row!['raw_data']))).toMatchObject({ decoy: 'ssh', 'auth-method': 'password' });
    expect(JSON.stringify(await server.search('select * from events')) + server.log).not.toContain('hunter2');
    expect(unbalanced(await server.drained())).toEqual([]);
  });

  it('keeps its host key over a restart, and ends with the server while a visitor waits', async () => {
    const key = join(server.data, 'decoy-ssh-host-key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    const made = statSync(key).mtimeMs;
    const visitor = connect(Number(server.decoySsh.split(':')[1]), '127.0.0.1');
    visitor.on('error', () => {});
    await new Promise((done) => visitor.once('data', done));
    const began = Date.now();
    expect(await server.stop()).toBe(0);
    expect(Date.now() - began).toBeLessThan(9_000);
    await server.up();
    expect(statSync(key).mtimeMs).toBe(made);
    await sleep(500);
    const rows = await server.search("select count() as n from events where class_uid = 4001 and source = 'decoy'");
    expect(rows).toEqual([{ n: '1' }]);
  });

  it('is not there unless asked for', async () => {
    const plain = await TestServer.start();
    expect(plain.decoySsh).toBeUndefined();
    expect(existsSync(join(plain.data, 'decoy-ssh-host-key'))).toBe(false);
    await plain.remove();
  });
});
