import { isIP, isIPv4 } from 'node:net';

/** A scalar type of the schema: what it wants, in words, and the test for it. */
export interface Scalar {
  expected: string;
  accepts: (value: unknown) => boolean;
}

/** Milliseconds on either side of 1970 that a date can hold (ECMA-262, Time Values); nanoseconds are far beyond it. */
export const MAX_TIMESTAMP = 8.64e15;

/** Longest `ip_t` and `subnet_t` in characters (OCSF 1.8.0, `max_len`). */
export const MAX_LENGTH = { ip: 40, subnet: 42 } as const;

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);
const isString = (value: unknown): value is string => typeof value === 'string';

function integer(expected: string, least: number, most: number): Scalar {
  return { expected, accepts: (value) => isInteger(value) && value >= least && value <= most };
}

function text(expected: string, accepts: (value: string) => boolean = () => true): Scalar {
  return { expected, accepts: (value) => isString(value) && accepts(value) };
}

function pattern(expected: string, regex: RegExp): Scalar {
  return text(expected, (value) => regex.test(value));
}

function isSubnet(value: string): boolean {
  const [address = '', prefix = '', ...rest] = value.split('/');
  const bits = isIPv4(address) ? 32 : 128;
  return rest.length === 0 && isIP(address) !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
}

/** Base 64 or its URL-safe alphabet (RFC 4648, sections 4 and 5), padded to groups of four. */
function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)={0,2}$/.test(value);
}

const string = text('a string');
const whole = integer('an integer', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

/**
 * Tests by scalar type (OCSF 1.8.0, dictionary `types`). The patterns are the schema's where it has one, with two exceptions:
 * its address pattern lets `1a2b3c4` pass, and its byte string pattern rejects Base 64 that needs no padding.
 */
export const scalars: ReadonlyMap<string, Scalar> = new Map([
  ['boolean_t', { expected: 'true or false', accepts: (value) => typeof value === 'boolean' }],
  ['integer_t', whole],
  ['long_t', whole],
  ['port_t', integer('a port, 0 to 65535', 0, 65_535)],
  ['timestamp_t', integer('milliseconds since 1970 as an integer', -MAX_TIMESTAMP, MAX_TIMESTAMP)],
  ['float_t', { expected: 'a finite number', accepts: (value) => Number.isFinite(value) }],
  ['json_t', { expected: 'any JSON value', accepts: () => true }],
  ['ip_t', text('an IPv4 or IPv6 address', (value) => value.length <= MAX_LENGTH.ip && isIP(value) !== 0)],
  ['subnet_t', text('an address/prefix length', (value) => value.length <= MAX_LENGTH.subnet && isSubnet(value))],
  ['mac_t', pattern('a MAC address such as 18:36:F3:98:4F:9A', /^([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$/)],
  ['uuid_t', pattern('a UUID', /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/)],
  ['email_t', pattern('an e-mail address', /^[a-zA-Z0-9!#$%&'*+-/=?^_`{|}~.]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+$/)],
  [
    'datetime_t',
    pattern('an RFC 3339 time', /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})?$/),
  ],
  ['bytestring_t', text('bytes in Base 64', isBase64)],
  ...['string_t', 'hostname_t', 'username_t', 'url_t', 'file_name_t', 'file_path_t', 'file_hash_t'].map(
    (name): [string, Scalar] => [name, string],
  ),
  ...['process_name_t', 'resource_uid_t', 'reg_key_path_t'].map((name): [string, Scalar] => [name, string]),
]);
