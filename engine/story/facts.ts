import type { OcsfEvent } from '../event.ts';

/** What a sentence about an event is made of; absent where the event does not say. */
export interface Facts {
  readonly host?: string;
  readonly user?: string;
  /** The program that acted: its command line, else its name. */
  readonly actor?: string;
  /** What was acted upon: a command line, file, registry path, account, script … */
  readonly target?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Values longer than this are cut in sentences; the evidence has them whole. */
const MAX_VALUE = 160;

/** Who, what, where of an event, in its own values. */
export function factsOf(told: OcsfEvent): Facts {
  // Another sensor's finding tells its story in its evidence.
  const evidences = told['evidences'];
  const event: OcsfEvent = Array.isArray(evidences) ? { ...(evidences[0] as object), ...told } : told;
  const actorProcess = at(event, 'actor.process.cmd_line') ?? at(event, 'actor.process.name');
  const facts: { [name in keyof Facts]: string | undefined } = {
    host: at(event, 'device.hostname'),
    user: account(event, 'actor.user') ?? account(event, 'user') ?? account(event, 'process.user'),
    actor: actorProcess,
    target: TARGETS.map((path) => at(event, path)).find((value) => value !== undefined),
    from: endpoint(event, 'src_endpoint'),
    to: endpoint(event, 'dst_endpoint'),
  };
  return Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value ? [[name, shorten(value)]] : [])));
}

/** Where an event says what was acted upon, the most telling first. */
const TARGETS = [
  'process.cmd_line',
  'script.script_content.value',
  'win_service.cmd_line',
  'win_service.name',
  'job.cmd_line',
  'job.name',
  'reg_value.path',
  'reg_key.path',
  'file.path',
  'module.file.path',
  'driver.file.path',
  'query.hostname',
  'http_request.url.url_string',
  'http_request.url.path',
  'group.name',
  'process.name',
  'log_name',
  'user.name',
];

function at(event: OcsfEvent, path: string): string | undefined {
  let value: unknown = event;
  for (const key of path.split('.')) value = (value as { readonly [key: string]: unknown } | undefined)?.[key];
  return typeof value === 'string' && /[^\s?-]/.test(value) ? value : undefined;
}

function account(event: OcsfEvent, path: string): string | undefined {
  const name = at(event, `${path}.name`);
  const domain = at(event, `${path}.domain`);
  return name && domain && domain !== '-' ? `${domain}\\${name}` : name;
}

function endpoint(event: OcsfEvent, path: string): string | undefined {
  return at(event, `${path}.ip`) ?? at(event, `${path}.hostname`);
}

function shorten(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_VALUE ? line : `${line.slice(0, MAX_VALUE - 1)}…`;
}
