/** What a SOCKADDR record's `saddr` says, by the names that ausearch gives. */
export interface SocketAddress {
  /** `inet`, `inet6`, `local`, `netlink`. */
  readonly saddr_fam: string;
  readonly laddr?: string;
  readonly lport?: string;
  /** A local socket's path. */
  readonly path?: string;
}

const LOCAL = 1;
const INET = 2;
const INET6 = 10;
const NETLINK = 16;

/** Decodes a `struct sockaddr` written in hexadecimal by a little-endian machine; `undefined` when it is too short or of another family. */
export function readSocketAddress(hex: string): SocketAddress | undefined {
  if (!/^(?:[0-9A-Fa-f]{2}){2,128}$/.test(hex)) return undefined;
  const bytes = Buffer.from(hex, 'hex');
  const family = bytes.readUInt16LE(0);
  if (family === LOCAL) return local(bytes.subarray(2));
  if (family === NETLINK) return { saddr_fam: 'netlink' };
  if (family === INET && bytes.length >= 8)
    return { saddr_fam: 'inet', laddr: bytes.subarray(4, 8).join('.'), lport: String(bytes.readUInt16BE(2)) };
  if (family === INET6 && bytes.length >= 24)
    return { saddr_fam: 'inet6', laddr: ipv6(bytes.subarray(8, 24)), lport: String(bytes.readUInt16BE(2)) };
  return undefined;
}

/** The path ends at the first NUL; an abstract socket's name begins with one. */
function local(bytes: Buffer): SocketAddress {
  const abstract = bytes[0] === 0;
  const name = abstract ? bytes.subarray(1) : bytes;
  const end = name.indexOf(0);
  const path = (abstract ? '@' : '') + name.subarray(0, end < 0 ? name.length : end).toString('utf8');
  return { saddr_fam: 'local', path };
}

/** RFC 5952: lower case, the longest run of zero groups as `::`. */
function ipv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  const text = groups.join(':');
  const runs = text.match(/(?:^|:)0(?::0)+(?=:|$)/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  return longest === '' ? text : text.replace(longest, text.endsWith(longest) ? '::' : ':').replace(/^:(?!:)/, '::');
}
