import { present, type FieldReader } from '@yuheng/engine';
import { user } from './parts.ts';
import type { Mapped, MapperTable } from './mapping.ts';

/** The System channel. */
export const system: MapperTable = {
  104: (fields) => ({
    classUid: 1008,
    activityId: 1,
    attributes: { log_name: fields.text('Channel', 'LogName') ?? 'System', actor: actor(fields) },
  }),
  7045: (fields) => service(fields, 1),
  7040: (fields) => service(fields, 2),
};

/** PowerShell's own channels. */
export const powershell: MapperTable = {
  4103: (fields) => script(fields, fields.text('Payload'), undefined),
  4104: (fields) => script(fields, fields.text('ScriptBlockText'), fields.text('Path')),
  400: (fields) => script(fields, fields.text('Data'), undefined),
  800: (fields) => script(fields, fields.text('Data'), undefined),
};

/** Task Scheduler's operational channel. */
export const taskScheduler: MapperTable = {
  106: (fields) => task(fields, 1),
  140: (fields) => task(fields, 2),
  141: (fields) => task(fields, 3),
  200: (fields) => task(fields, 6),
};

function actor(fields: FieldReader): { [name: string]: unknown } {
  const who = user(
    fields.text('SubjectUserName', 'UserName', 'AccountName'),
    fields.text('SubjectDomainName'),
    fields.text('Security_UserID'),
  );
  return present({ user: who }) ?? { app_name: fields.text('Provider_Name') ?? 'unknown' };
}

function service(fields: FieldReader, activityId: number): Mapped | undefined {
  const name = fields.text('ServiceName', 'param1');
  if (name === undefined) return undefined;
  const winService = { name, cmd_line: fields.text('ImagePath') ?? 'unknown' };
  return { classUid: 201004, activityId, attributes: { win_service: winService, actor: actor(fields) } };
}

function script(fields: FieldReader, content: string | undefined, path: string | undefined): Mapped | undefined {
  if (content === undefined) return undefined;
  const file = path === undefined ? undefined : { name: path.slice(path.lastIndexOf('\\') + 1), path, type_id: 1 };
  const run = present({ script_content: { value: content }, type_id: 2, uid: fields.text('ScriptBlockId'), file });
  return { classUid: 1009, activityId: 1, attributes: { script: run, actor: actor(fields) } };
}

function task(fields: FieldReader, activityId: number): Mapped | undefined {
  const name = fields.text('TaskName');
  if (name === undefined) return undefined;
  const job = present({ name, cmd_line: fields.text('ActionName') });
  return { classUid: 1006, activityId, attributes: { job, actor: actor(fields) } };
}
