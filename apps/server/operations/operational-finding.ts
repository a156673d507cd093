import { levelName, severityOf, type KeptSilence, type Level } from '@yuheng/engine';
import { base, ClassUid, DetectionFindingActivityId, type SeverityId } from '@yuheng/ocsf';

/** How bad it is that a source is silent: nothing is seen where one looked before. */
export const SILENCE_LEVEL: Level = 'medium';
/** OCSF `status_id` of a finding that nobody has looked at, and of one that is over. */
const NEW = 1;
const RESOLVED = 4;

/** A silent source as an OCSF Detection Finding (class 2004). What OCSF has no place for stands in `unmapped`; times in ms since 1970. */
export function operationalFinding(silence: KeptSilence) {
  const { uid, tenant, source, lastMs, sinceMs, endedMs } = silence;
  const titles = silenceTitles(source);
  const over = endedMs !== undefined;
  return {
    ...base({
      class: ClassUid.DetectionFinding,
      activity: over ? DetectionFindingActivityId.Close : DetectionFindingActivityId.Create,
      severity: severityOf(SILENCE_LEVEL) as SeverityId,
      time: sinceMs,
      metadata: { uid, tenant_uid: tenant, product: { name: 'Yuheng', vendor_name: 'Yuheng' } },
    }),
    severity: levelName(SILENCE_LEVEL, 'en'),
    status_id: over ? RESOLVED : NEW,
    status: over ? 'Resolved' : 'New',
    start_time: lastMs,
    ...(over ? { end_time: endedMs } : {}),
    message: titles.en,
    finding_info: {
      uid,
      title: titles.en,
      analytic: { uid: 'silent-source', name: 'Silent source', type_id: 1, type: 'Rule' },
    },
    unmapped: { titles, source, last_received: lastMs, since: sinceMs, ...(over ? { ended: endedMs } : {}) },
  };
}

/** What it is called that a source is silent. */
export function silenceTitles(source: string): { readonly en: string; readonly 'zh-CN': string } {
  return { en: `Source ${source} fell silent`, 'zh-CN': `来源 ${source} 停止发送` };
}
