import { present, type FieldReader } from '@yuheng/engine';
import { endpoint, file, hashes, process, user } from './parts.ts';
import type { Mapped, MapperTable } from './mapping.ts';

type Attributes = { readonly [name: string]: unknown };

/** Sysmon's events by id, for Windows and Linux alike: https://learn.microsoft.com/sysinternals/downloads/sysmon#events */
export const sysmon: MapperTable = {
  1: launch,
  2: (fields) => fileEvent(fields, 6),
  3: network,
  5: (fields) => subject(fields, 1007, 2, (target) => ({ process: target })),
  6: driver,
  7: (fields) => imageLoad(fields),
  8: (fields) => between(fields, 4),
  9: (fields) => fileRead(fields),
  10: (fields) => between(fields, 3),
  11: (fields) => fileEvent(fields, 1),
  12: registryKey,
  13: registryValue,
  14: registryKey,
  15: (fields) => fileEvent(fields, 1),
  17: (fields) => pipe(fields, 1),
  18: (fields) => pipe(fields, 14),
  19: subscription,
  20: subscription,
  21: subscription,
  22: dns,
  23: (fields) => fileEvent(fields, 4),
  25: (fields) => subject(fields, 1007, 4, (target) => ({ process: target })),
  26: (fields) => fileEvent(fields, 4),
  27: (fields) => fileEvent(fields, 1),
  28: (fields) => fileEvent(fields, 4),
  29: (fields) => fileEvent(fields, 1),
};

function launch(fields: FieldReader): Mapped | undefined {
  const path = fields.text('Image');
  const started = process({
    path,
    pid: fields.integer('ProcessId'),
    uid: fields.text('ProcessGuid'),
    commandLine: fields.text('CommandLine'),
    more: {
      working_directory: fields.text('CurrentDirectory'),
      integrity: fields.text('IntegrityLevel'),
      user: user(fields.text('User')),
      file: file(path, {
        hashes: hashes(fields.text('Hashes')),
        version: fields.text('FileVersion'),
        company_name: fields.text('Company'),
        desc: fields.text('Description'),
      }),
    },
  });
  const parentPath = fields.text('ParentImage');
  const parent = process({
    path: parentPath,
    pid: fields.integer('ParentProcessId'),
    uid: fields.text('ParentProcessGuid'),
    commandLine: fields.text('ParentCommandLine'),
  });
  if (!started) return undefined;
  const actor = present({ process: parent, user: started['user'], session: session(fields) });
  return {
    classUid: 1007,
    activityId: 1,
    attributes: { process: { ...started, parent_process: parent }, actor: actor ?? { app_name: 'unknown' } },
  };
}

function session(fields: FieldReader): Attributes | undefined {
  return present({ uid: fields.text('LogonId'), uid_alt: fields.text('LogonGuid') });
}

/** The process that an event is about, as the fields without a prefix name it. */
function actingProcess(fields: FieldReader, prefix = ''): Attributes | undefined {
  const image = prefix === '' ? 'Image' : `${prefix}Image`;
  return process({
    path: fields.text(image),
    pid: fields.integer(`${prefix}ProcessId`),
    uid: fields.text(`${prefix}ProcessGuid`, `${prefix}ProcessGUID`),
  });
}

/** An event whose actor is the process that it names. */
function subject(
  fields: FieldReader,
  classUid: Mapped['classUid'],
  activityId: number,
  attributes: (actor: Attributes) => Attributes,
): Mapped | undefined {
  const acting = actingProcess(fields);
  if (!acting) return undefined;
  const actor = present({ process: acting, user: user(fields.text('User')) });
  return { classUid, activityId, attributes: { ...attributes(acting), actor } };
}

function fileEvent(fields: FieldReader, activityId: number): Mapped | undefined {
  const target = file(fields.text('TargetFilename'), { hashes: hashes(fields.text('Hashes', 'Hash')) });
  return target && subject(fields, 1001, activityId, () => ({ file: target }));
}

function fileRead(fields: FieldReader): Mapped | undefined {
  const target = file(fields.text('Device'));
  return target && subject(fields, 1001, 2, () => ({ file: { ...target, type_id: 4 } }));
}

function pipe(fields: FieldReader, activityId: number): Mapped | undefined {
  const target = file(fields.text('PipeName'));
  return target && subject(fields, 1001, activityId, () => ({ file: { ...target, type_id: 6 } }));
}

function imageLoad(fields: FieldReader): Mapped | undefined {
  const loaded = file(fields.text('ImageLoaded'), {
    hashes: hashes(fields.text('Hashes')),
    company_name: fields.text('Company'),
    desc: fields.text('Description'),
  });
  return loaded && subject(fields, 1005, 1, () => ({ module: { file: loaded, load_type_id: 1 } }));
}

function driver(fields: FieldReader): Mapped | undefined {
  const loaded = file(fields.text('ImageLoaded'), { hashes: hashes(fields.text('Hashes')) });
  if (!loaded) return undefined;
  return {
    classUid: 1002,
    activityId: 1,
    attributes: { driver: { file: loaded }, actor: { process: { pid: 4, name: 'System' } } },
  };
}

/** One process reaches into another: opened (3) or injected (4). */
function between(fields: FieldReader, activityId: number): Mapped | undefined {
  const source = actingProcess(fields, 'Source');
  const target = actingProcess(fields, 'Target');
  if (!source || !target) return undefined;
  const actor = present({ process: source, user: user(fields.text('SourceUser')) });
  const access = fields.integer('GrantedAccess');
  return {
    classUid: 1007,
    activityId,
    attributes: { process: target, actor, ...(access === undefined ? {} : { requested_permissions: access }) },
  };
}

function network(fields: FieldReader): Mapped | undefined {
  const source = endpoint(fields.text('SourceIp'), fields.integer('SourcePort'), fields.text('SourceHostname'));
  const target = endpoint(
    fields.text('DestinationIp'),
    fields.integer('DestinationPort'),
    fields.text('DestinationHostname'),
  );
  const initiated = fields.text('Initiated');
  const connection = {
    direction_id: initiated === 'true' ? 2 : initiated === 'false' ? 1 : 0,
    protocol_name: fields.text('Protocol'),
  };
  return subject(fields, 4001, 1, () => ({
    ...present({ src_endpoint: source, dst_endpoint: target, connection_info: present(connection) }),
  }));
}

function dns(fields: FieldReader): Mapped | undefined {
  const hostname = fields.text('QueryName');
  const acting = actingProcess(fields);
  if (!hostname || !acting) return undefined;
  const actor = present({ process: acting, user: user(fields.text('User')) });
  return {
    classUid: 4003,
    activityId: 1,
    attributes: { query: { hostname }, actor, src_endpoint: { name: 'local', type_id: 0 } },
  };
}

/** A part of a WMI event subscription: OCSF has no class for it, but who made it is told. */
function subscription(fields: FieldReader): Mapped | undefined {
  const who = user(fields.text('User'));
  return who && { classUid: 0, activityId: 0, attributes: { actor: { user: who } } };
}

const KEY_ACTIVITY: { readonly [type: string]: number } = {
  CreateKey: 1,
  DeleteKey: 4,
  RenameKey: 5,
  DeleteValue: 4,
  CreateValue: 2,
};

function registryKey(fields: FieldReader): Mapped | undefined {
  const path = fields.text('TargetObject');
  const type = fields.text('EventType') ?? '';
  if (!path) return undefined;
  if (type.endsWith('Value')) return value(fields, path, KEY_ACTIVITY[type] ?? 0);
  return subject(fields, 201001, KEY_ACTIVITY[type] ?? 0, () => ({ reg_key: { path } }));
}

function registryValue(fields: FieldReader): Mapped | undefined {
  const path = fields.text('TargetObject');
  return path === undefined ? undefined : value(fields, path, 2);
}

function value(fields: FieldReader, path: string, activityId: number): Mapped | undefined {
  const cut = path.lastIndexOf('\\');
  const data = fields.text('Details');
  const entry = {
    path: path.slice(0, Math.max(cut, 0)) || path,
    name: path.slice(cut + 1),
    ...(data === undefined ? {} : { data }),
  };
  return subject(fields, 201002, activityId, () => ({ reg_value: entry }));
}
