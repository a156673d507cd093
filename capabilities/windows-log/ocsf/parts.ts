import { isIP } from 'node:net';
import { present, type FieldReader } from '@yuheng/engine';

type Attributes = { readonly [name: string]: unknown };

/** The last part of a Windows path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1) || path;
}

/** OCSF `file` of a path; type 1 is a regular file. */
export function file(path: string | undefined, more: Attributes = {}): Attributes | undefined {
  if (path === undefined) return undefined;
  return { name: baseName(path), path, type_id: 1, ...present(more) };
}

/** `DOMAIN\name` or `name`, and the SID where it is known. */
export function user(account: string | undefined, domain?: string, sid?: string): Attributes | undefined {
  const backslash = account?.indexOf('\\') ?? -1;
  const name = backslash < 0 ? account : account!.slice(backslash + 1);
  return present({ name, domain: backslash < 0 ? domain : account!.slice(0, backslash), uid: sid, type_id: undefined });
}

const ALGORITHMS: { readonly [name: string]: number } = { MD5: 1, SHA1: 2, SHA256: 3, SHA512: 4, IMPHASH: 99 };

/** Sysmon's `SHA1=…,MD5=…`. */
export function hashes(text: string | undefined): Attributes[] | undefined {
  const found = (text ?? '').split(',').flatMap((part) => {
    const [name, value] = part.split('=');
    const algorithm = ALGORITHMS[name?.trim().toUpperCase() ?? ''];
    if (algorithm === undefined || !value || /^0+$/.test(value)) return [];
    return [
      {
        algorithm_id: algorithm,
        algorithm: algorithm === 99 ? 'IMPHASH' : ALGORITHM_NAMES[algorithm],
        value: value.trim(),
      },
    ];
  });
  return found.length > 0 ? found : undefined;
}

const ALGORITHM_NAMES = ['', 'MD5', 'SHA-1', 'SHA-256', 'SHA-512'];

/** OCSF `process`; nothing where neither pid nor GUID is known. */
export function process(what: {
  readonly path?: string | undefined;
  readonly pid?: number | undefined;
  readonly uid?: string | undefined;
  readonly commandLine?: string | undefined;
  readonly more?: Attributes;
}): Attributes | undefined {
  const { path, pid, uid, commandLine, more = {} } = what;
  if (pid === undefined && uid === undefined) return undefined;
  return present({ pid, uid, name: path && baseName(path), cmd_line: commandLine, file: file(path), ...more });
}

/** OCSF `network_endpoint`; `name` because the schema wants a name or an id. */
export function endpoint(ip: string | undefined, port: number | undefined, hostname?: string): Attributes | undefined {
  const address = ip !== undefined && isIP(ip) > 0 ? ip : undefined;
  const name = hostname ?? ip;
  if (name === undefined) return undefined;
  return present({ name, ip: address, hostname, port: port === 0 ? undefined : port });
}

/** The host that wrote the event. */
export function device(reader: FieldReader): Attributes {
  const hostname = reader.text('Computer') ?? 'unknown';
  return { hostname, name: hostname, type_id: 0 };
}
