import { isIP } from 'node:net';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether an address is this machine's own, out of reach for others. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * Says by which Host headers the server may be called. On loopback only by loopback's names, so that a page whose name was bound to 127.0.0.1
 * gets no answer. Behind a proxy the proxy decides.
 */
export function ourHosts({ host, behindProxy }: { readonly host: string; readonly behindProxy: boolean }) {
  return (header: string): boolean => {
    if (behindProxy) return true;
    const name = header.replace(/:\d+$/, '').toLowerCase();
    if (isLoopback(host)) return LOOPBACK.has(name) || isLoopback(name);
    return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || LOOPBACK.has(name) || name === host;
  };
}
