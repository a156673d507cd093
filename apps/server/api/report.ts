import { entitiesOf, LANGUAGES, levelOf, type Entity, type Finding, type IncidentFinding } from '@yuheng/engine';
import { incidentReport, MAX_INCIDENT_FINDINGS, showFinding } from '@yuheng/report';
import { z } from 'zod';
import { demand, uidParams } from './findings.ts';
import type { Api, ApiParts } from './parts.ts';
import { languageOf } from './problem.ts';

/** `GET /api/v1/incidents/{uid}/report`: an incident as one HTML file that needs no server. */
export function reportRoute(api: Api, { findings, explainer, translations, version }: ApiParts): void {
  api.get(
    '/api/v1/incidents/:uid/report',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'An incident as a report: one HTML file in both languages, to be saved or mailed',
        params: uidParams,
        querystring: z.strictObject({
          language: z.enum(LANGUAGES).optional().describe('Shown first; absent: by Accept-Language.'),
        }),
        response: { 200: { description: 'The report', content: { 'text/html': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const { tenant } = request.caller;
      const { language = languageOf(request) } = request.query;
      const kept = demand(await findings.find('incidents', tenant, request.params.uid));
      const incident = JSON.parse(kept.body) as IncidentFinding;
      const uids = incident.finding_info_list.slice(0, MAX_INCIDENT_FINDINGS).map(({ uid }) => uid);
      const found = (await findings.findEach(tenant, uids)).map(({ body }) => JSON.parse(body) as Finding);
      const { status = 'new', reason = '', owner = '' } = kept;
      const because = await explainer.explain(tenant, found);
      const shown = found.map((finding, index) => {
        const { severity_id: severity } = finding;
        return showFinding({
          finding,
          level: levelOf(severity),
          entities: entitiesIn(finding),
          because: because[index]!,
        });
      });
      return reply
        .type('text/html; charset=utf-8')
        .header('content-disposition', `attachment; filename="incident-${kept.uid}.html"`)
        .header('content-security-policy', 'sandbox')
        .send(incidentReport({ incident, findings: shown, status, reason, owner }, translations, version, language));
    },
  );
}

/** Each entity of the evidence once. */
function entitiesIn({ evidences }: Finding): Entity[] {
  const all = evidences.flatMap(({ data }) => entitiesOf(data.event));
  return [...new Map(all.map((entity) => [`${entity.kind} ${entity.value}`, entity])).values()];
}
