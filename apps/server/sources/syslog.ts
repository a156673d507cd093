import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Log } from '../log.ts';
import type { Deliverer } from './deliver.ts';
import { LineQueue } from './line-queue.ts';
import { SyslogFramer } from './syslog-framer.ts';

/** Where syslog is listened for. */
export interface SyslogOptions {
  readonly host: string;
  /** Ports; 0 for any free one, absent for none. */
  readonly udp?: number | undefined;
  readonly tcp?: number | undefined;
  readonly tenant: string;
  readonly source: string;
}

/** Datagrams that wait for the intake at most; nobody can be asked to wait, so what is more is refused, on the books. */
export const MAX_DATAGRAMS = 20_000;
/** Connections at once. */
const MAX_CONNECTIONS = 1_024;
/** Datagrams are gathered for so long, ms. */
const GATHER_MS = 100;
/** Room that the system keeps for datagrams. */
const RECEIVE_BUFFER = 4 * 2 ** 20;

/** Listens for syslog over UDP (RFC 5426) and TCP (RFC 6587, both framings). */
export class SyslogListener {
  private readonly options: SyslogOptions;
  private readonly deliverer: Deliverer;
  private readonly log: Log;
  private udp: DatagramSocket | undefined;
  private tcp: Server | undefined;
  private readonly connections = new Set<Socket>();
  private readonly waiting = new LineQueue(MAX_DATAGRAMS);
  private sending: Promise<void> | undefined;

  constructor(options: SyslogOptions, deliverer: Deliverer, log: Log) {
    this.options = options;
    this.deliverer = deliverer;
    this.log = log;
  }

  /** Starts to listen; resolves to the ports. */
  async start(): Promise<{ udp?: number; tcp?: number }> {
    const { udp, tcp } = this.options;
    return {
      ...(udp === undefined ? {} : { udp: await this.listenUdp(udp) }),
      ...(tcp === undefined ? {} : { tcp: await this.listenTcp(tcp) }),
    };
  }

  async stop(): Promise<void> {
    this.udp?.close();
    this.tcp?.close();
    for (const connection of this.connections) connection.destroy();
    await this.sending;
  }

  private listenUdp(port: number): Promise<number> {
    const { host } = this.options;
    const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER });
    this.udp = socket;
    socket.on('message', (message) => this.add(message.toString('utf8')));
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, host, () => {
        socket.off('error', reject).on('error', (error) => this.log.error('YH-SYSLOG', error.message));
        resolve(socket.address().port);
      });
    });
  }

  private listenTcp(port: number): Promise<number> {
    const server = createServer((connection) => void this.serve(connection));
    server.maxConnections = MAX_CONNECTIONS;
    this.tcp = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.options.host, () => resolve((server.address() as AddressInfo).port));
    });
  }

  /** Reads a connection as fast as the intake takes: whoever sends faster waits. */
  private async serve(connection: Socket): Promise<void> {
    this.connections.add(connection);
    const framer = new SyslogFramer();
    try {
      for await (const chunk of connection) await this.bring(framer.push(chunk as Buffer));
    } catch (error) {
      this.log.info(`A syslog connection broke: ${(error as Error).message}`);
    }
    await this.bring(framer.end());
    this.connections.delete(connection);
  }

  private async bring(messages: readonly string[], overflow = 0): Promise<void> {
    if (messages.length === 0 && overflow === 0) return;
    const { tenant, source } = this.options;
    const rejected = overflow > 0 ? { overflow } : {};
    const body = Buffer.from(`${messages.map(oneRecord).join('\n')}\n`);
    await this.deliverer.deliver({ tenant, source, body, rejected });
  }

  /** Takes a message that nobody can be asked to send again. */
  add(message: string): void {
    this.waiting.add(message);
    this.sending ??= this.send()
      .catch((error: unknown) => this.log.error('YH-SYSLOG', `Messages wait to be taken: ${String(error)}`))
      .finally(() => (this.sending = undefined));
  }

  private async send(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    while (!this.waiting.isEmpty) {
      const portion = this.waiting.first();
      await this.bring(portion.lines, portion.overflow);
      this.waiting.drop(portion);
    }
  }
}

/** A message of several lines stays one record: further lines begin with a blank, as syslog files have them. */
function oneRecord(message: string): string {
  return message.replace(/[\r\n\0]+$/, '').replace(/\r?\n/g, '\n ');
}
