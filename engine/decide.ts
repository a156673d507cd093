import type { Incident, IncidentFinding } from './incident.ts';
import { OCSF_VERSION } from './normalize.ts';
import { LEVELS, severityOf } from './severity.ts';
import { incidentTitle } from './title.ts';

/** Score from which an incident is of high priority, whatever its worst finding. */
const HIGH_PRIORITY_SCORE = 60;

/** What follows from an incident: its severity, priority and first words, as an OCSF Incident Finding. */
export function decide(incident: Incident): IncidentFinding {
  const severityId = severityOf(incident.level);
  const title = incidentTitle(incident, 'en');
  const priorityId = incident.score >= HIGH_PRIORITY_SCORE ? Math.max(3, severityId - 1) : Math.max(1, severityId - 1);
  return {
    class_uid: 2005,
    class_name: 'Incident Finding',
    category_uid: 2,
    category_name: 'Findings',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200501,
    type_name: 'Incident Finding: Create',
    severity_id: severityId,
    severity: capital(LEVELS[severityId - 1]!),
    status_id: 1,
    status: 'New',
    priority_id: priorityId,
    priority: ['Unknown', 'Low', 'Medium', 'High', 'Critical'][priorityId]!,
    assignee_group: { name: 'unassigned' },
    time: incident.endMs,
    start_time: incident.startMs,
    end_time: incident.endMs,
    message: title,
    desc: title,
    metadata: {
      version: OCSF_VERSION,
      uid: incident.uid,
      tenant_uid: incident.tenant,
      product: { name: 'Yuheng', vendor_name: 'Yuheng' },
      profiles: ['security_control'],
    },
    attacks: incident.attacks,
    finding_info_list: incident.findings,
    unmapped: {
      uid: incident.uid,
      title,
      titles: { en: title, 'zh-CN': incidentTitle(incident, 'zh-CN') },
      score: incident.score,
      parts: incident.parts,
      entities: incident.entities,
      rules: incident.rules,
    },
  };
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
