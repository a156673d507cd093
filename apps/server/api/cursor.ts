import type { Order } from '@yuheng/engine';
import { ServerError } from '../server-error.ts';

/** A place in a list as callers hand it back. */
export function writeCursor({ ms, ns, source, file, number, uid }: Order): string {
  return Buffer.from(JSON.stringify([ms, ns, source, file, number, uid])).toString('base64url');
}

/** The place behind a cursor that was given out. */
export function readCursor(text: string): Order {
  try {
    const [ms, ns, source, file, number, uid] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (
      Number.isSafeInteger(ms) &&
      Number.isSafeInteger(ns) &&
      Number.isSafeInteger(number) &&
      [source, file, uid].every((part) => typeof part === 'string' && !part.includes('\0')) &&
      Math.abs(ns as number) < 2 ** 31
    )
      return { ms, ns, source, file, number, uid } as Order;
  } catch {
    // Told below, as for any other text that is none of ours.
  }
  throw new ServerError(400, 'YH-CURSOR', {
    en: 'This cursor was not given out by this server. Begin without one.',
    'zh-CN': '该游标不是本服务器给出的。请不带游标重新开始。',
  });
}
