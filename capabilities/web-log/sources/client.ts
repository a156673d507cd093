import { isIP } from 'node:net';
import type { Fields } from '@yuheng/engine';

const HOST_NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?(?::\d{1,5})?$/;

/** Whether a word can stand where a log names a host. */
function isHost(word: string): boolean {
  return isIP(word) > 0 || HOST_NAME.test(word);
}

/** Addresses as proxies list them (`a, b, c`); `undefined` when one of them is none. */
export function readAddressList(text: string): string[] | undefined {
  const addresses = text.split(/, ?/).map((word) => word.trim());
  return addresses.every((address) => isIP(address) > 0) ? addresses : undefined;
}

const PRIVATE = /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd]|fe[89ab])/i;

/**
 * What stands before ident and user: `client`, `vhost client`, or the list of X-Forwarded-For, also with the peer behind it.
 * Of a list the first public address is the client. `false` when it is nothing of that kind.
 */
export function addClient(fields: Fields, text: string): boolean {
  const listed = /^"([^"]*)" (\S+)$/.exec(text) ?? /^([^ ",]+(?:, [^ ",]+)+)(?: (\S+))?$/.exec(text);
  if (listed) return addForwarded(fields, listed[1]!, listed[2]);
  const words = text.split(' ');
  if (words.length > 2 || !words.every(isHost)) return false;
  const [first, second] = words as [string, string | undefined];
  fields['c-ip'] = second ?? first;
  if (second !== undefined) addVirtualHost(fields, first);
  return true;
}

function addVirtualHost(fields: Fields, text: string): void {
  const [, host, port] = /^(.*?)(?::(\d{1,5}))?$/.exec(text)!;
  fields['cs-host'] = isIP(text) > 0 ? text : host;
  if (port !== undefined && isIP(text) === 0) fields['s-port'] = port;
}

function addForwarded(fields: Fields, list: string, peer: string | undefined): boolean {
  const addresses = readAddressList(list);
  if (!addresses || (peer !== undefined && !isHost(peer))) return false;
  fields['c-ip'] = addresses.find((address) => !PRIVATE.test(address)) ?? addresses[0];
  fields['x-forwarded-for'] = addresses.join(', ');
  if (peer !== undefined) fields['peer'] = peer;
  return true;
}
