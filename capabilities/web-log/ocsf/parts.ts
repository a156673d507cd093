import { isIP } from 'node:net';
import { present, type FieldReader } from '@yuheng/engine';

/** Attributes of an OCSF object. */
export type Attributes = { readonly [name: string]: unknown };

const MAX_PORT = 65_535;

/** OCSF `network_endpoint` of an address or host name; nothing where neither is known. */
export function endpoint(host: string | undefined, port?: number): Attributes | undefined {
  if (host === undefined) return undefined;
  const what = isIP(host) > 0 ? { ip: host } : { hostname: host };
  return present({ name: host, ...what, port: portOf(port) });
}

/** The web server: the host that the client asked for, and the address that it reached where the log tells. */
export function server(fields: FieldReader): Attributes | undefined {
  const { host, port } = hostAndPort(fields.text('cs-host', 'server'));
  const address = fields.text('s-ip');
  const name = host ?? fields.text('s-computername') ?? address;
  const told = endpoint(name, fields.integer('s-port') ?? port);
  return told && present({ ...told, ip: address ?? told['ip'] });
}

/** `host:port` in its parts; `_` is nginx's server without a name. */
export function hostAndPort(text: string | undefined): { readonly host?: string; readonly port?: number } {
  if (text === undefined || text === '_') return {};
  if (isIP(text) > 0) return { host: text };
  const parts = /^\[?([^[\]]+?)\]?(?::(\d{1,5}))?$/.exec(text);
  const host = parts?.[1];
  if (host === undefined || (isIP(host) === 0 && !/^[\w.-]{1,253}$/.test(host))) return {};
  const port = portOf(parts![2] === undefined ? undefined : Number(parts![2]));
  return { host, ...(port === undefined ? {} : { port }) };
}

function portOf(port: number | undefined): number | undefined {
  return port !== undefined && port > 0 && port <= MAX_PORT ? port : undefined;
}

/** The first of a field's spellings: what the client sent. */
export function asSent(fields: FieldReader, name: string): string | undefined {
  const value = fields.value(name);
  const text: unknown = Array.isArray(value) ? value[0] : value;
  return typeof text === 'string' ? text : undefined;
}
