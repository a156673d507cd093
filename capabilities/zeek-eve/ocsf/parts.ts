import { isIP } from 'node:net';
import { present, type FieldReader, type Mapping } from '@yuheng/engine';

/** Attributes of an OCSF object. */
export type Attributes = { readonly [name: string]: unknown };

/** What a mapper says of one kind of record; product, log name and what is left over are added by the caller. */
export type Mapped = Pick<Mapping, 'classUid' | 'activityId' | 'attributes'> &
  Partial<Pick<Mapping, 'profiles' | 'severityId' | 'message'>>;

/** Reads one kind of record; `undefined` where it lacks what its class must have, so that it becomes network activity or a base event. */
export type Mapper = (fields: FieldReader) => Mapped | undefined;

const MAX_PORT = 65_535;

/** OCSF `network_endpoint` of an address or host name; nothing where neither is known. */
export function endpoint(host: string | undefined, port?: number, more: Attributes = {}): Attributes | undefined {
  if (host === undefined) return undefined;
  const what = isIP(host) > 0 ? { ip: host } : { hostname: host };
  const known = port !== undefined && port > 0 && port <= MAX_PORT ? port : undefined;
  return present({ name: host, ...what, port: known, ...more });
}

/** OCSF `fingerprint` by the algorithm's number; nothing without a value. */
export function fingerprint(algorithmId: number, value: string | undefined): Attributes | undefined {
  return value === undefined ? undefined : { algorithm_id: algorithmId, value };
}

/** The parts that are there; nothing when none is. */
export function listed<T>(...parts: readonly (T | undefined)[]): T[] | undefined {
  const there = parts.filter((part) => part !== undefined);
  return there.length > 0 ? there : undefined;
}

/** The last part of a path with `\` or `/`. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1) || path;
}

/** A number of seconds as whole milliseconds. */
export function milliseconds(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value * 1000) : undefined;
}

/** Texts of a list, or of a single value. */
export function texts(value: unknown): string[] {
  return [value].flat().filter((entry) => typeof entry === 'string');
}

/** A whole number that a double holds; nothing for what is none. */
export function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}
