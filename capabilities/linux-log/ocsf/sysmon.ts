import { ClassUid, FileActivityId, NetworkActivityId, ProcessActivityId } from '@yuheng/ocsf';
import { present, type FieldReader } from '@yuheng/engine';
import type { Mapped, MapperTable } from './mapping.ts';
import { endpoint, file, process, user, type Attributes } from './parts.ts';

/** The events that Sysmon for Linux writes: https://github.com/microsoft/SysmonForLinux */
export const sysmon: MapperTable = {
  1: launch,
  3: network,
  5: (fields) =>
    subject(fields, ClassUid.ProcessActivity, ProcessActivityId.Terminate, (acting) => ({ process: acting })),
  9: rawRead,
  11: (fields) => fileEvent(fields, FileActivityId.Create),
  23: (fields) => fileEvent(fields, FileActivityId.Delete),
  26: (fields) => fileEvent(fields, FileActivityId.Delete),
};

const ALGORITHMS = new Map([
  ['MD5', 1],
  ['SHA1', 2],
  ['SHA256', 3],
]);

/** Sysmon's `SHA256=…,MD5=…`. */
function hashes(text: string | undefined): Attributes[] | undefined {
  const found = (text ?? '').split(',').flatMap((part) => {
    const [name, value] = part.split('=');
    const algorithm = ALGORITHMS.get(name ?? '');
    return algorithm === undefined || !value ? [] : [{ algorithm_id: algorithm, value }];
  });
  return found.length > 0 ? found : undefined;
}

function launch(fields: FieldReader): Mapped | undefined {
  const path = fields.text('Image');
  const account = user(fields.text('User'));
  const started = process({
    path,
    pid: fields.integer('ProcessId'),
    uid: fields.text('ProcessGuid'),
    commandLine: fields.text('CommandLine'),
    more: {
      working_directory: fields.text('CurrentDirectory'),
      user: account,
      file: file(path, { hashes: hashes(fields.text('Hashes')) }),
    },
  });
  if (!started) return undefined;
  const parent = process({
    path: fields.text('ParentImage'),
    pid: fields.integer('ParentProcessId'),
    uid: fields.text('ParentProcessGuid'),
    commandLine: fields.text('ParentCommandLine'),
    more: { user: user(fields.text('ParentUser')) },
  });
  const actor = present({ process: parent, user: account, session: present({ uid: fields.text('LogonId') }) });
  return {
    classUid: ClassUid.ProcessActivity,
    activityId: ProcessActivityId.Launch,
    attributes: { process: { ...started, parent_process: parent }, actor: actor ?? { app_name: 'unknown' } },
  };
}

/** An event whose actor is the process that it names. */
function subject(
  fields: FieldReader,
  classUid: Mapped['classUid'],
  activityId: number,
  attributes: (acting: Attributes) => Attributes,
): Mapped | undefined {
  const acting = process({
    path: fields.text('Image'),
    pid: fields.integer('ProcessId'),
    uid: fields.text('ProcessGuid'),
  });
  if (!acting) return undefined;
  const actor = present({ process: acting, user: user(fields.text('User')) });
  return { classUid, activityId, attributes: { ...attributes(acting), actor } };
}

function fileEvent(fields: FieldReader, activityId: number): Mapped | undefined {
  const target = file(fields.text('TargetFilename'), { hashes: hashes(fields.text('Hashes')) });
  return target && subject(fields, ClassUid.FileActivity, activityId, () => ({ file: target }));
}

function rawRead(fields: FieldReader): Mapped | undefined {
  const target = file(fields.text('Device'));
  return target && subject(fields, ClassUid.FileActivity, FileActivityId.Read, () => ({ file: target }));
}

function network(fields: FieldReader): Mapped | undefined {
  const initiated = fields.text('Initiated');
  const connection = {
    direction_id: initiated === 'true' ? 2 : initiated === 'false' ? 1 : 0,
    protocol_name: fields.text('Protocol'),
  };
  const attributes = {
    src_endpoint: endpoint(fields.text('SourceIp'), fields.integer('SourcePort'), fields.text('SourceHostname')),
    dst_endpoint: endpoint(
      fields.text('DestinationIp'),
      fields.integer('DestinationPort'),
      fields.text('DestinationHostname'),
    ),
    connection_info: present(connection),
  };
  return subject(fields, ClassUid.NetworkActivity, NetworkActivityId.Open, () => present(attributes) ?? {});
}
