import { present, type FieldReader } from '@yuheng/engine';
import { AnalyticTypeId, ClassUid, DetectionFindingActivityId } from '@yuheng/ocsf';
import { endpoint, listed, type Mapped } from './parts.ts';
import { ends } from './zeek-ends.ts';

/** Detection Finding of notice.log: what Zeek's own scripts thought worth telling. */
export function notice(fields: FieldReader): Mapped | undefined {
  const note = fields.text('note');
  if (note === undefined) return undefined;
  const { src_endpoint, dst_endpoint, connection_info } = ends(fields);
  const evidence = present({
    src_endpoint: src_endpoint ?? endpoint(fields.text('src')),
    dst_endpoint: dst_endpoint ?? endpoint(fields.text('dst'), fields.integer('p')),
    connection_info,
  });
  const message = fields.text('msg');
  const uid = fields.text('uid') ?? fields.text('fuid') ?? note;
  const info = {
    uid: `${note}:${uid}`,
    title: message ?? note,
    analytic: { name: note, uid: note, type_id: AnalyticTypeId.Rule },
  };
  const attributes = present({ finding_info: info, evidences: listed(evidence) }) ?? {};
  return {
    classUid: ClassUid.DetectionFinding,
    activityId: DetectionFindingActivityId.Create,
    severityId: 3,
    attributes,
    ...(message === undefined ? {} : { message }),
  };
}
