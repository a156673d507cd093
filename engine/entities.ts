import { isIP } from 'node:net';
import type { OcsfEvent } from './event.ts';

/** What findings can have in common. */
export type EntityKind = 'process' | 'logon' | 'hash' | 'user' | 'address' | 'host' | 'file' | 'domain';

/** Something that an event names, written so that equal things read equal. */
export interface Entity {
  readonly kind: EntityKind;
  /** The key among entities of its kind: lower case, processes and logons with their host. */
  readonly value: string;
  /** For people: as the event wrote it. */
  readonly label: string;
  /** The OCSF attribute that it came from (`process.uid`). */
  readonly name: string;
  /** OCSF observable `type_id`. */
  readonly typeId: number;
}

const OBSERVABLE_TYPE: { readonly [kind in EntityKind]: number } = {
  process: 10,
  logon: 10,
  hash: 8,
  user: 4,
  address: 2,
  host: 1,
  file: 45,
  domain: 1,
};

type Attributes = { readonly [name: string]: unknown };

/** The entities of an event, each once, in a fixed order of its attributes. A finding of another sensor tells its own under `evidences`. */
export function entitiesOf(event: OcsfEvent): Entity[] {
  const found = new Map<string, Entity>();
  const host = textAt(event, 'device.hostname')?.toLowerCase() ?? '';
  const add: Add = (kind, name, value, label = value) => {
    if (value === undefined || label === undefined || NOTHING.test(value)) return;
    const key = `${kind} ${value.toLowerCase()}`;
    if (!found.has(key)) {
      found.set(key, { kind, value: value.toLowerCase(), label, name, typeId: OBSERVABLE_TYPE[kind] });
    }
  };
  addAll(event, host, add);
  const evidences = event['evidences'];
  for (const part of Array.isArray(evidences) ? evidences : []) addAll(part as Attributes, host, add);
  return [...found.values()];
}

function addAll(event: Attributes, host: string, add: Add): void {
  add('host', 'device.hostname', textAt(event, 'device.hostname'));
  for (const path of PROCESSES) addProcess(objectAt(event, path), path, host, add);
  for (const path of USERS) addUser(objectAt(event, path), path, add);
  for (const path of SESSIONS) {
    const uid = textAt(event, `${path}.uid`);
    add('logon', `${path}.uid`, uid && `${host}|${uid}`, uid);
  }
  for (const path of ENDPOINTS) addEndpoint(objectAt(event, path), path, add);
  for (const path of FILES) addFile(objectAt(event, path), path, add);
  for (const path of DOMAINS) add('domain', path, textAt(event, path));
}

/** Nothing, or what stands for it: sources write `-`, mappings `unknown` where a class demands a value. */
const NOTHING = /^\s*(?:[-?]|unknown)?\s*$/i;
const PROCESSES = ['process', 'actor.process', 'process.parent_process'];
const USERS = ['actor.user', 'user', 'process.user'];
const SESSIONS = ['session', 'actor.session'];
const ENDPOINTS = ['src_endpoint', 'dst_endpoint'];
const FILES = ['file', 'process.file', 'actor.process.file', 'module.file'];
const DOMAINS = ['query.hostname', 'url.hostname', 'http_request.url.hostname', 'tls.sni'];

type Add = (kind: EntityKind, name: string, value: string | undefined, label?: string) => void;

function addProcess(process: Attributes | undefined, path: string, host: string, add: Add): void {
  if (!process) return;
  const uid = text(process['uid']);
  const pid = text(process['pid']);
  const names = [text(process['name']), text(process['cmd_line']), uid, pid];
  const label = names.find((name) => name !== undefined && !NOTHING.test(name));
  if (uid !== undefined) add('process', `${path}.uid`, `${host}|${uid}`, label);
  else if (pid !== undefined && pid !== '0' && pid !== '4') add('process', `${path}.pid`, `${host}|${pid}`, label);
}

function addUser(user: Attributes | undefined, path: string, add: Add): void {
  const name = text(user?.['name']);
  const domain = text(user?.['domain']);
  add('user', `${path}.name`, name && domain && !NOTHING.test(domain) ? `${domain}\\${name}` : name);
}

function addEndpoint(endpoint: Attributes | undefined, path: string, add: Add): void {
  const ip = text(endpoint?.['ip'])?.replace(/^::ffff:/i, '');
  if (ip !== undefined && isIP(ip) > 0) add('address', `${path}.ip`, ip);
  add('host', `${path}.hostname`, text(endpoint?.['hostname']));
}

function addFile(file: Attributes | undefined, path: string, add: Add): void {
  const hashes = file?.['hashes'];
  for (const hash of Array.isArray(hashes) ? hashes : [])
    add('hash', `${path}.hashes`, text((hash as Attributes)['value']));
  if (path === 'file') add('file', `${path}.path`, text(file?.['path']));
}

/** Every event is asked for the same few paths: each is taken apart once. */
const steps = new Map<string, readonly string[]>();

function valueAt(event: Attributes, path: string): unknown {
  let keys = steps.get(path);
  if (!keys) steps.set(path, (keys = path.split('.')));
  let value: unknown = event;
  for (let at = 0; at < keys.length && value !== undefined; at++) value = (value as Attributes | null)?.[keys[at]!];
  return value;
}

function objectAt(event: Attributes, path: string): Attributes | undefined {
  const value = valueAt(event, path);
  return typeof value === 'object' && value !== null ? (value as Attributes) : undefined;
}

function textAt(event: Attributes, path: string): string | undefined {
  return text(valueAt(event, path));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
