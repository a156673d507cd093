import type { AddressInfo, Server, Socket } from 'node:net';
import { hostname } from 'node:os';

/** Where a decoy listens. */
export interface DecoyAddress {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** A decoy that listens. */
export interface Decoy {
  /** `host:port` */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts to listen; the address as bound. */
export function listen(server: Server, { host, port }: DecoyAddress): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      const { port: bound } = server.address() as AddressInfo;
      resolve(`${host.includes(':') ? `[${host}]` : host}:${bound}`);
    });
  });
}

/** Who came, and where to: in the names that web server logs give them (W3C). */
export function endsOf(socket: Socket): { readonly [field: string]: unknown } {
  return {
    'c-ip': plain(socket.remoteAddress),
    'c-port': socket.remotePort,
    's-ip': plain(socket.localAddress),
    's-port': socket.localPort,
    's-computername': hostname(),
  };
}

function plain(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:/, '');
}
