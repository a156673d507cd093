import { FieldReader, type Mapping, type Record } from '@yuheng/engine';

/** placeholder until the mappings stand */
export function normalizeLinux(record: Record): Mapping {
  const fields = new FieldReader(record.fields);
  return { classUid: 0, activityId: 0, attributes: {}, product: { name: 'Linux' }, unmapped: fields.rest() };
}
