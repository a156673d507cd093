import { createServer, type Socket } from 'node:net';
import type { KeyPair } from '@microsoft/dev-tunnels-ssh';
import type { Log } from '../log.ts';
import { endsOf, listen, type Decoy, type DecoyAddress } from './listener.ts';
import { greet, GreetedStream } from './ssh-greeting.ts';
import { readHostKey } from './ssh-host-key.ts';
import { DecoySession, type Attempt } from './ssh-session.ts';
import type { TouchQueue } from './touch-queue.ts';

/** Bounds of what visitors may take; who takes more is hung up on. */
export interface SshDecoyBounds {
  /** At once; who comes then is not answered. */
  readonly maxConnections: number;
  /** Of one connection. */
  readonly maxBytes: number;
  /** Of one connection, ms. */
  readonly patienceMs: number;
}

/** The bounds that hold. */
export const SSH_DECOY_BOUNDS: SshDecoyBounds = { maxConnections: 64, maxBytes: 65_536, patienceMs: 60_000 };

/** Opens a port that looks like OpenSSH's. It lets nobody in, and tells of every attempt, and of who comes and tries nothing. */
export async function openSshDecoy(
  address: DecoyAddress,
  hostKeyFile: string,
  touches: Pick<TouchQueue, 'add'>,
  log: Log,
  bounds = SSH_DECOY_BOUNDS,
): Promise<Decoy> {
  const hostKey = await readHostKey(hostKeyFile);
  const visits = new Map<Socket, Promise<void>>();
  const server = createServer((socket) => {
    bound(socket, bounds);
    const visit = receive(socket, hostKey, touches)
      .catch((error: unknown) => {
        log.error('YH-DECOY', `The SSH decoy could not answer: ${String(error)}`);
        socket.destroy();
      })
      .finally(() => visits.delete(socket));
    visits.set(socket, visit);
  });
  server.maxConnections = bounds.maxConnections;
  return {
    address: await listen(server, address),
    async stop() {
      server.close();
      for (const visitor of visits.keys()) visitor.destroy();
      // Who is hung up on is told of too.
      await Promise.all(visits.values());
    },
  };
}

/** Hangs up on a visitor who stays too long or sends too much. */
function bound(socket: Socket, { patienceMs, maxBytes }: SshDecoyBounds): void {
  const patience = setTimeout(() => socket.destroy(), patienceMs);
  socket.on('data', () => socket.bytesRead > maxBytes && socket.destroy());
  socket.on('error', () => {});
  socket.on('close', () => clearTimeout(patience));
}

async function receive(socket: Socket, hostKey: KeyPair, touches: Pick<TouchQueue, 'add'>): Promise<void> {
  const ends = endsOf(socket);
  let attempts = 0;
  const tell = (fields: object): void =>
    touches.add({ decoy: 'ssh', time: new Date().toISOString(), ...ends, ...fields });
  const version = await greet(socket);
  const client = version === undefined ? {} : { 'ssh-client': version };
  const gone = new Promise<void>((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())));
  if (version?.startsWith('SSH-2.0-')) {
    const session = new DecoySession(hostKey, (attempt) => {
      attempts++;
      tell({ ...client, ...fieldsOf(attempt) });
    });
    session.onClosed(() => socket.destroySoon());
    const connected = session.connect(new GreetedStream(socket, version));
    socket.resume();
    // How a session fails is the visitor's affair.
    await connected.catch(() => socket.destroy());
  } else socket.destroy();
  await gone;
  if (attempts === 0) tell(client);
}

function fieldsOf({ method, user, key }: Attempt) {
  return {
    'auth-method': method,
    'cs-username': user,
    ...(key ? { 'key-type': key.type, 'key-fingerprint': key.fingerprint } : {}),
  };
}
