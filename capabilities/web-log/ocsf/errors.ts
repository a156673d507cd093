import { present, type FieldReader, type Mapping, type Record } from '@yuheng/engine';
import {
  AnalyticTypeId,
  ApplicationErrorActivityId,
  ClassUid,
  DetectionFindingActivityId,
  type SeverityId,
} from '@yuheng/ocsf';
import { exchange, httpRequest } from './http.ts';
import { endpoint, server, type Attributes } from './parts.ts';

type Mapped = Pick<Mapping, 'classUid' | 'activityId' | 'attributes'> & Pick<Mapping, 'severityId'>;

/** Levels of Apache and nginx; an error of theirs is often no more than a missing file. */
const SEVERITIES: { readonly [level: string]: SeverityId } = {
  emerg: 6,
  alert: 5,
  crit: 4,
  error: 3,
  warn: 2,
};

/** An error log's line: a finding of ModSecurity, a request that went wrong, or trouble of the server's own. */
export function errorEvent(record: Record, fields: FieldReader): Mapped {
  const severityId = SEVERITIES[fields.text('level') ?? ''] ?? 1;
  const source = endpoint(fields.text('c-ip'), fields.integer('c-port'));
  const target = server(fields);
  const ends = present({ src_endpoint: source, dst_endpoint: target }) ?? {};
  if (fields.text('modsec_id') !== undefined)
    return finding(record, fields, { ...ends, http_request: httpRequest(fields) });
  if (source === undefined) {
    return {
      classUid: ClassUid.ApplicationError,
      activityId: ApplicationErrorActivityId.GeneralError,
      severityId,
      attributes: {},
    };
  }
  return { ...exchange(fields, ends), severityId };
}

/** ModSecurity's word for a severity, by its number 0–7 (ModSecurity reference, *severity*). */
const MODSECURITY: { readonly [severity: string]: SeverityId } = {
  EMERGENCY: 6,
  ALERT: 5,
  CRITICAL: 4,
  ERROR: 4,
  WARNING: 3,
  NOTICE: 2,
};

function finding(record: Record, fields: FieldReader, seen: Attributes): Mapped {
  const uid = fields.text('modsec_id')!;
  const name = fields.text('modsec_msg') ?? `ModSecurity rule ${uid}`;
  const unique = fields.text('modsec_unique_id');
  const analytic = { name, uid, type_id: AnalyticTypeId.Rule, version: fields.text('modsec_ver') };
  const info = {
    uid: `${unique ?? record.origin.file}:${record.number}`,
    title: name,
    desc: fields.text('modsec_data'),
    analytic: present(analytic),
  };
  return {
    classUid: ClassUid.DetectionFinding,
    activityId: DetectionFindingActivityId.Create,
    severityId: MODSECURITY[fields.text('modsec_severity') ?? ''] ?? 3,
    attributes: { finding_info: present(info), evidences: evidence(seen) },
  };
}

function evidence(seen: Attributes): Attributes[] | undefined {
  const told = present(seen);
  return told ? [told] : undefined;
}
