import { typeName } from './names.ts';
import { SchemaSources, type SourceKind } from './sources.ts';
import type { Upstream, UpstreamAttribute, UpstreamItem } from './upstream.ts';

/** Classes a log hunter emits, by their key in the compiled schema, in the order of their uids. */
const WANTED_CLASSES = [
  ...[
    'base_event',
    'file_activity',
    'kernel_extension_activity',
    'kernel_activity',
    'memory_activity',
    'module_activity',
  ],
  ...['scheduled_job_activity', 'process_activity', 'event_log_actvity', 'script_activity', 'peripheral_activity'],
  ...['vulnerability_finding', 'compliance_finding', 'detection_finding', 'incident_finding'],
  ...['account_change', 'authentication', 'authorize_session', 'entity_management', 'user_access', 'group_management'],
  ...[
    'network_activity',
    'http_activity',
    'dns_activity',
    'dhcp_activity',
    'rdp_activity',
    'smb_activity',
    'ssh_activity',
  ],
  ...['ftp_activity', 'email_activity', 'network_file_activity', 'email_file_activity', 'email_url_activity'],
  ...['ntp_activity', 'tunnel_activity', 'inventory_info', 'config_state', 'device_config_state_change'],
  ...['web_resources_activity', 'application_lifecycle', 'api_activity', 'datastore_activity', 'file_hosting'],
  ...['scan_activity', 'application_error', 'win/registry_key_activity', 'win/registry_value_activity'],
  ...['win/windows_resource_activity', 'win/windows_service_activity'],
];

/** OCSF's generic object: any content, so it needs no interface of its own. */
export const ANY_OBJECT = 'object';

export interface Attribute {
  name: string;
  caption: string;
  description: string | null;
  /** Scalar type (`ip_t`) or key of an object. */
  type: string;
  isArray: boolean;
  required: boolean;
  /** Profiles that bring the attribute; empty when it is native. */
  profiles: readonly string[];
  sibling?: string;
  /** Value and caption, ordered by value. */
  values?: readonly (readonly [value: string, caption: string])[];
}

export interface Item {
  key: string;
  /** TypeScript name. */
  name: string;
  caption: string;
  description: string | null;
  attributes: readonly Attribute[];
  atLeastOne: readonly string[];
  justOne: readonly string[];
}

export interface EventClass extends Item {
  uid: number;
  category: { uid: number; caption: string };
}

export interface Model {
  version: string;
  profiles: readonly string[];
  classes: readonly EventClass[];
  objects: readonly Item[];
}

/** The wanted classes and every object reachable from them, put right where the compiled schema is wrong. */
export function buildModel({ compiled, sources }: Upstream): Model {
  const written = new SchemaSources(sources);
  const classes = WANTED_CLASSES.map((key): EventClass => {
    const upstream = demand(compiled.classes, key);
    const category = compiled.categories[upstream.category] ?? { uid: 0, caption: 'Uncategorized' };
    const { uid, caption } = category;
    return { ...buildItem('events', key, upstream, written), uid: upstream.uid, category: { uid, caption } };
  });
  const objects = new Map<string, Item>();
  const reach = ({ attributes }: Item): void => {
    for (const { type } of attributes) {
      if (type === ANY_OBJECT || objects.has(type) || !(type in compiled.objects)) continue;
      const item = buildItem('objects', type, demand(compiled.objects, type), written);
      objects.set(type, item);
      reach(item);
    }
  };
  classes.forEach(reach);
  return {
    version: compiled.version,
    profiles: Object.keys(compiled.profiles).sort(),
    classes,
    objects: [...objects.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function buildItem(kind: SourceKind, key: string, upstream: UpstreamItem, sources: SchemaSources): Item {
  const origins = sources.origins(kind, key);
  const attributes = Object.entries(upstream.attributes)
    .map(([name, attribute]) => buildAttribute(name, attribute, origins.get(name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { at_least_one: atLeastOne, just_one: justOne } = sources.constraints(kind, key);
  return {
    key,
    name: typeName(key),
    caption: sources.caption(kind, key) ?? upstream.caption,
    description: upstream.description,
    attributes,
    atLeastOne: atLeastOne ?? [],
    justOne: justOne ?? [],
  };
}

/** @param origin the profiles the sources name; undefined for what the compiler added itself (`*_dt` of the datetime profile). */
function buildAttribute(name: string, upstream: UpstreamAttribute, origin: readonly string[] | undefined): Attribute {
  const values = Object.entries(upstream.enum ?? {}).map(([value, { caption }]) => [value, caption] as const);
  values.sort(([a], [b]) => Number(a) - Number(b) || (a < b ? -1 : 1));
  return {
    name,
    caption: upstream.caption,
    description: upstream.description,
    type: upstream.type,
    isArray: upstream.is_array === true,
    required: upstream.requirement === 'required',
    profiles: origin ?? (upstream.profile === null ? [] : [upstream.profile]),
    ...(upstream.sibling !== null && { sibling: upstream.sibling }),
    ...(values.length > 0 && { values }),
  };
}

function demand<T>(record: Record<string, T>, key: string): T {
  const value = record[key];
  if (value === undefined) throw new Error(`The compiled schema has no ${key}; was another version unpacked?`);
  return value;
}
