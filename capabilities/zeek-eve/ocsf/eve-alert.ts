import { present, type FieldReader, type Record, plainText } from '@yuheng/engine';
import {
  ActionId,
  AnalyticTypeId,
  ClassUid,
  DetectionFindingActivityId,
  DispositionId,
  type SeverityId,
} from '@yuheng/ocsf';
import { eveEnds } from './eve-ends.ts';
import { eveTls, httpSeen } from './eve-protocols.ts';
import { listed, type Mapped } from './parts.ts';
import { httpRequest } from './protocols.ts';

/** Suricata's priorities: 1 is the worst. */
const SEVERITIES: { readonly [severity: string]: SeverityId } = { 1: 4, 2: 3, 3: 2 };

/** Detection Finding of an alert: the signature is the analytic, the packet's ends and protocol are the evidence. */
export function alert(fields: FieldReader, record: Record): Mapped | undefined {
  const signature = fields.text('alert.signature');
  const id = fields.text('alert.signature_id');
  if (signature === undefined && id === undefined) return undefined;
  const name = signature ?? `signature ${plainText(id)}`;
  const analytic = {
    name,
    uid: listed(fields.text('alert.gid'), id)?.join(':'),
    version: fields.text('alert.rev'),
    category: fields.text('alert.category'),
    type_id: AnalyticTypeId.Rule,
  };
  const flow = fields.text('flow_id') ?? String(record.number);
  const info = { uid: `${plainText(id)}:${flow}:${record.time.ms}`, title: name, analytic: present(analytic) };
  const query = fields.text('dns.rrname');
  const evidence = present({
    ...eveEnds(fields),
    http_request: httpRequest(httpSeen(fields)),
    tls: eveTls(fields),
    query: query === undefined ? undefined : { hostname: query },
  });
  const isBlocked = fields.text('alert.action') === 'blocked';
  const attributes = {
    finding_info: info,
    evidences: listed(evidence),
    action_id: isBlocked ? ActionId.Denied : ActionId.Observed,
    disposition_id: isBlocked ? DispositionId.Blocked : DispositionId.Alert,
    is_alert: true,
  };
  return {
    classUid: ClassUid.DetectionFinding,
    activityId: DetectionFindingActivityId.Create,
    severityId: SEVERITIES[fields.text('alert.severity') ?? ''] ?? 1,
    attributes: present(attributes) ?? {},
    profiles: ['security_control'],
    message: name,
  };
}
