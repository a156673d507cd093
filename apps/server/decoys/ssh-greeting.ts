import type { Socket } from 'node:net';
import { NodeStream } from '@microsoft/dev-tunnels-ssh';

/** What the decoy says that it is. */
export const BANNER = 'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5';
/** Bytes of a visitor's first line (RFC 4253, 4.2). */
const MAX_LINE = 255;

/**
 * Greets a visitor and reads its first line, without the line end. `undefined` where the connection ended before, or the line is longer than SSH
 * allows. The socket is paused then, with what came after the line.
 */
export function greet(socket: Socket): Promise<string | undefined> {
  socket.write(`${BANNER}\r\n`);
  return new Promise((resolve) => {
    let heard = Buffer.alloc(0);
    const done = (line: string | undefined): void => {
      socket.off('data', hear).off('close', end).off('end', end);
      socket.pause();
      resolve(line);
    };
    const end = (): void => done(undefined);
    const hear = (bytes: Buffer): void => {
      heard = Buffer.concat([heard, bytes]);
      const feed = heard.subarray(0, MAX_LINE).indexOf(10);
      if (feed < 0) return heard.length >= MAX_LINE ? end() : undefined;
      done(heard.toString('latin1', 0, feed).replace(/\r$/, ''));
      const rest = heard.subarray(feed + 1);
      if (rest.length > 0 && !socket.destroyed) socket.unshift(rest);
    };
    socket.on('data', hear).on('close', end).on('end', end);
  });
}

/**
 * A stream to a visitor that was greeted. The library greets too: its line is not sent, and the visitor's is given to it at once, for a connection
 * that breaks while it reads that line would leave it with a rejection that nobody handles.
 */
export class GreetedStream extends NodeStream {
  private greeted = false;
  private line: Buffer;

  constructor(socket: Socket, line: string) {
    super(socket);
    this.line = Buffer.from(`${line}\r\n`, 'latin1');
  }

  override async read(...asked: Parameters<NodeStream['read']>): Promise<Buffer | null> {
    if (this.line.length === 0) return super.read(...asked);
    const [count] = asked;
    const bytes = this.line.subarray(0, count);
    this.line = this.line.subarray(count);
    return bytes;
  }

  override async write(...asked: Parameters<NodeStream['write']>): Promise<void> {
    if (this.greeted) return super.write(...asked);
    this.greeted = true;
  }
}
