export { ReportCollector } from './collect.ts';
export { huntReport } from './hunt-report.ts';
export { incidentReport, MAX_INCIDENT_FINDINGS } from './incident-report.ts';
export { showFinding } from './shown-finding.ts';
export type { Books } from './sections/books.ts';
export { bytesText, countText, timeText } from './numbers.ts';
