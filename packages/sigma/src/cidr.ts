/** An IP network: the leading `prefix` bits of an address of 4 or 16 bytes. */
export interface Network {
  readonly bytes: readonly number[];
  readonly prefix: number;
}

const OCTET = /^(?:0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** Reads an IPv4 or IPv6 address into 4 or 16 bytes; `undefined` when the text is none. A zone (`%eth0`) is ignored. */
export function parseAddress(text: string): readonly number[] | undefined {
  if (!text.includes(':')) return parseIPv4(text);
  const zone = text.indexOf('%');
  return parseIPv6(zone < 0 ? text : text.slice(0, zone));
}

/** Reads `address/prefix`, or an address alone as a network of one; `undefined` when the text is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [address, length, ...rest] = text.split('/');
  const bytes = parseAddress(address!);
  if (!bytes || rest.length > 0 || address!.includes('%')) return undefined;
  if (length === undefined) return { bytes, prefix: bytes.length * 8 };
  if (!OCTET.test(length) || Number(length) > bytes.length * 8) return undefined;
  return { bytes, prefix: Number(length) };
}

/** The network with all bits behind its prefix cleared. */
export function maskNetwork({ bytes, prefix }: Network): Network {
  return { bytes: bytes.map((byte, index) => byte & maskOf(prefix, index)), prefix };
}

/** Whether an address lies in a network of its own family. */
export function contains(network: Network, address: readonly number[]): boolean {
  if (address.length !== network.bytes.length) return false;
  return address.every((byte, index) => {
    const mask = maskOf(network.prefix, index);
    return (byte & mask) === (network.bytes[index]! & mask);
  });
}

/** Writes an address so that a reader knows it again. */
export function formatAddress(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bytes[2 * index]! << 8) | bytes[2 * index + 1]!).toString(16),
  );
  return groups.join(':');
}

function maskOf(prefix: number, index: number): number {
  const bits = Math.min(8, Math.max(0, prefix - 8 * index));
  return (0xff << (8 - bits)) & 0xff;
}

function parseIPv4(text: string): readonly number[] | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) < 256)) return undefined;
  return octets.map(Number);
}

function parseIPv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : parseGroups(half)));
  if (!head) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  if (!tail || head.length + tail.length > 14) return undefined;
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

function parseGroups(text: string): number[] | undefined {
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    const embedded = index === groups.length - 1 && group.includes('.') ? parseIPv4(group) : undefined;
    if (embedded) bytes.push(...embedded);
    else if (GROUP.test(group)) bytes.push(parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return bytes;
}
