import { isIP } from 'node:net';
import { present, type FieldReader } from '@yuheng/engine';

/** Attributes of an OCSF object. */
export type Attributes = { readonly [name: string]: unknown };

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}

/** OCSF `file` of a path; type 1 is a regular file, 0 where the record does not tell. */
export function file(path: string | undefined, more: Attributes = {}): Attributes | undefined {
  if (path === undefined) return undefined;
  return { name: baseName(path), path, type_id: 0, ...present(more) };
}

/** OCSF `user`: by name, by number, or both. */
export function user(name: string | undefined, uid?: string): Attributes | undefined {
  return present({ name, uid });
}

/** A user that a class requires. */
export function requiredUser(name: string | undefined, uid?: string): Attributes {
  return user(name, uid) ?? { name: 'unknown' };
}

/** OCSF `process`; nothing where neither pid nor uid is known. */
export function process(what: {
  readonly path?: string | undefined;
  readonly name?: string | undefined;
  readonly pid?: number | undefined;
  readonly uid?: string | undefined;
  readonly commandLine?: string | undefined;
  readonly more?: Attributes;
}): Attributes | undefined {
  const { path, pid, uid, commandLine, more = {} } = what;
  if (pid === undefined && uid === undefined) return undefined;
  const name = what.name ?? (path && baseName(path));
  return present({ pid, uid, name, cmd_line: commandLine, file: file(path), ...more });
}

/** OCSF `network_endpoint`; `name` because the schema wants a name or an id. */
export function endpoint(address: string | undefined, port?: number, hostname?: string): Attributes | undefined {
  const name = hostname ?? address;
  if (name === undefined) return undefined;
  const ip = address !== undefined && isIP(address) > 0 ? address : undefined;
  return present({ name, ip, hostname, port: port === 0 || (port ?? 0) > 65_535 ? undefined : port });
}

/** The host that wrote the record. */
export function device(fields: FieldReader): Attributes {
  const hostname = fields.text('hostname', 'Computer') ?? 'unknown';
  return { hostname, name: hostname, type_id: 0 };
}

/** The host as the target of a logon or a connection. */
export function thisHost(fields: FieldReader, address?: string, port?: number): Attributes {
  const hostname = fields.text('hostname', 'Computer') ?? 'unknown';
  const ip = address !== undefined && isIP(address) > 0 ? address : undefined;
  return { name: hostname, hostname, ...present({ ip, port }) };
}

/** The program that wrote a message. */
export function writer(fields: FieldReader): Attributes {
  const name = fields.text('program') ?? 'unknown';
  const acting = process({ name, pid: fields.integer('pid') });
  return acting ? { process: acting } : { app_name: name };
}
