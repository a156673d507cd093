import { spawnSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NodeStream, SshAlgorithms, SshClientSession, SshSessionConfiguration } from '@microsoft/dev-tunnels-ssh';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Decoy } from './listener.ts';
import { openSshDecoy, SSH_DECOY_BOUNDS } from './ssh-decoy.ts';
import { BANNER } from './ssh-greeting.ts';
import { MAX_ATTEMPTS } from './ssh-session.ts';

type Touch = { readonly [field: string]: unknown };

const errors: string[] = [];
const log = { info: () => {}, error: (_: string, message: string) => errors.push(message) };

let folder: string;
let touches: Touch[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuheng-test-'));
  touches = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  expect(errors).toEqual([]);
});

async function open(bounds: Partial<typeof SSH_DECOY_BOUNDS> = {}): Promise<Decoy> {
  const own = touches;
  const queue = { add: (touch: Touch) => own.push(touch) };
  const address = { host: '127.0.0.1', port: 0 };
  const decoy = await openSshDecoy(address, join(folder, 'key'), queue, log, { ...SSH_DECOY_BOUNDS, ...bounds });
  onTestFinished(() => decoy.stop());
  return decoy;
}

function call({ address }: Decoy): Promise<Socket> {
  const [host, port] = address.split(':');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), host);
    socket.on('error', reject).on('connect', () => resolve(socket));
  });
}

const closed = (socket: Socket): Promise<unknown> =>
  new Promise((resolve) =>
    socket
      .resume()
      .on('error', () => {})
      .on('close', resolve),
  );

/** Touches once there are so many; none more come within a moment. */
async function told(count: number): Promise<Touch[]> {
  for (let tries = 0; tries < 100 && touches.length < count; tries++) await sleep(50);
  await sleep(100);
  expect(touches).toHaveLength(count);
  return touches;
}

async function client(decoy: Decoy): Promise<SshClientSession> {
  const session = new SshClientSession(new SshSessionConfiguration());
  session.onAuthenticating((attempt) => (attempt.authenticationPromise = Promise.resolve({})));
  await session.connect(new NodeStream(await call(decoy)));
  return session;
}

/** Bytes that a client sends: in the clear up to the keys, then encrypted for a session that only this one had. */
async function recordHandshake(decoy: Decoy): Promise<Buffer> {
  const sent: Buffer[] = [];
  const socket = await call(decoy);
  const send = socket.write.bind(socket);
  socket.write = ((bytes: Buffer, done: () => void) => {
    sent.push(Buffer.from(bytes));
    return send(bytes, done);
  }) as typeof socket.write;
  const session = new SshClientSession(new SshSessionConfiguration());
  session.onAuthenticating((attempt) => (attempt.authenticationPromise = Promise.resolve({})));
  await session.connect(new NodeStream(socket));
  await session.authenticateClient({ username: 'u', password: 'p' });
  socket.destroy();
  return Buffer.concat(sent);
}

/** Handshakes of each kind. */
const ROUNDS = 150;

describe('the SSH decoy', () => {
  it('refuses a password and a key, and tells of both, but not of the password', async () => {
    const decoy = await open();
    const session = await client(decoy);
    const key = await SshAlgorithms.publicKey.ecdsaSha2Nistp384!.generateKeyPair();
    const signedIn = await session.authenticateClient({ username: 'admin', password: 'hunter2', publicKeys: [key] });
    expect(signedIn).toBe(false);
    const [offered, typed] = await told(2);
    const ends = { decoy: 'ssh', 'c-ip': '127.0.0.1', 's-port': Number(decoy.address.split(':')[1]) };
    expect(typed).toMatchObject({ ...ends, 'auth-method': 'password', 'cs-username': 'admin' });
    expect(offered).toMatchObject({
      ...ends,
      'auth-method': 'publickey',
      'cs-username': 'admin',
      'key-type': 'ecdsa-sha2-nistp384',
      'key-fingerprint': expect.stringMatching(/^SHA256:[\w+/]{43}$/),
      'ssh-client': expect.stringMatching(/^SSH-2\.0-/),
    });
    expect(JSON.stringify(touches)).not.toContain('hunter2');
  });

  it('hangs up after as many attempts as OpenSSH allows, and keeps names short', async () => {
    const session = await client(await open());
    const ended = new Promise((resolve) => session.onClosed(resolve));
    const username = 'x'.repeat(5_000);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++)
      await session.authenticateClient({ username, password: 'p' }).catch(() => {});
    await ended;
    const all = await told(MAX_ATTEMPTS);
    expect(all.map((touch) => String(touch['cs-username']).length)).toEqual(all.map(() => 256));
  });

  it('opens nothing to who has not signed in', async () => {
    const session = await client(await open());
    await expect(session.openChannel()).rejects.toThrow();
    await told(1);
  });

  it.each([
    ['nothing', ''],
    ['another protocol', 'GET / HTTP/1.1\r\n\r\n'],
    ['an old protocol', 'SSH-1.5-old\r\n'],
    ['a line without an end', 'SSH-2.0-'.padEnd(300, 'x')],
    ['bytes', '\u0000\u00ff\u001b[2J\n'],
    ['a version and no more', 'SSH-2.0-libssh_0.9\n'],
    ['a version and noise', `SSH-2.0-x\r\n${'\u0000\u0000\u0001\u000c\u0004'.repeat(500)}`],
    ['a length of four billion', `SSH-2.0-x\r\n${'\u00ff'.repeat(400)}`],
  ])('tells once of who says %s', async (_, said) => {
    const decoy = await open({ patienceMs: 2_000 });
    const socket = await call(decoy);
    let greeting = '';
    socket.on('data', (bytes: Buffer) => (greeting += bytes.toString('latin1')));
    socket.write(said, 'latin1');
    setTimeout(() => socket.end(), 300);
    await closed(socket);
    const [touch] = await told(1);
    expect(greeting).toContain(`${BANNER}\r\n`);
    expect(greeting.split('SSH-2.0-OpenSSH')).toHaveLength(2);
    expect(touch).toMatchObject({ decoy: 'ssh', 'c-ip': '127.0.0.1' });
    expect(touch).not.toHaveProperty('cs-username');
  });

  it.each(['go wrong', 'break off', 'are cut off'])('survives handshakes that %s at any byte', async (how) => {
    const handshake = await recordHandshake(await open());
    expect(handshake.length).toBeGreaterThan(800);
    const limit = (n: number): number => (how === 'are cut off' ? 1 + 90 * n : 65_536);
    const decoys = await Promise.all(Array.from({ length: 10 }, (_, n) => open({ maxBytes: limit(n) })));
    for (let round = 0; round < ROUNDS; round++) {
      const socket = await call(decoys[round % 10]!);
      const ended = closed(socket);
      const at = Math.floor((handshake.length * round) / ROUNDS);
      const bytes = Buffer.from(handshake);
      if (how === 'go wrong') bytes[at]! ^= 1 << (round % 8);
      socket.write(how === 'break off' ? bytes.subarray(0, at) : bytes);
      await Promise.race([ended, sleep(round % 20)]);
      socket.destroy();
    }
    const session = await client(await open());
    expect(await session.authenticateClient({ username: 'still there', password: 'p' })).toBe(false);
  });

  it('hangs up on who stays or sends too much, and answers so many at once', async () => {
    const slow = await open({ patienceMs: 200 });
    const began = Date.now();
    await closed(await call(slow));
    expect(Date.now() - began).toBeLessThan(2_000);
    const busy = await open({ maxBytes: 2_000 });
    const socket = await call(busy);
    socket.write('SSH-2.0-x\r\n');
    socket.write(Buffer.alloc(4_000));
    await closed(socket);
    const crowded = await open({ maxConnections: 2 });
    const guests = [await call(crowded), await call(crowded)];
    const greeted = new Promise((resolve) => guests[0]!.once('data', resolve));
    await closed(await call(crowded));
    await greeted;
    for (const guest of guests) guest.destroy();
  });

  it('keeps its host key, for itself', async () => {
    const first = await client(await open());
    const path = join(folder, 'key');
    const key = readFileSync(path, 'utf8');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const second = await client(await open());
    expect(readFileSync(path, 'utf8')).toBe(key);
    for (const session of [first, second]) await session.close(0).catch(() => {});
    writeFileSync(path, 'no key');
    await expect(open()).rejects.toMatchObject({ code: 'YH-DECOY-KEY' });
  });
});

const ssh = spawnSync('ssh', ['-V']).status === 0;
if (!ssh) console.info('Skipped: the SSH decoy and the real client, for there is no ssh on PATH.');

it.skipIf(!ssh)('takes in the real ssh', async () => {
  const decoy = await open();
  const identity = join(folder, 'id');
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', identity]);
  const options = ['BatchMode=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'IdentitiesOnly=yes'];
  const flags = [...options.flatMap((option) => ['-o', option]), '-F', '/dev/null', '-i', identity];
  const child = spawn('ssh', [...flags, '-p', decoy.address.split(':')[1]!, 'root@127.0.0.1']);
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(255);
  expect(said).toContain('Permission denied (publickey,password)');
  const [none, key] = await told(2);
  expect(none).toMatchObject({ 'auth-method': 'none', 'cs-username': 'root' });
  const fingerprint = spawnSync('ssh-keygen', ['-lf', `${identity}.pub`], { encoding: 'utf8' }).stdout.split(' ')[1];
  expect(key).toMatchObject({ 'auth-method': 'publickey', 'key-type': 'ssh-ed25519', 'key-fingerprint': fingerprint });
});
