import { severityOf, type FindingStore, type SilenceStore } from '@yuheng/engine';
import { SILENCE_LEVEL, silenceTitles } from '../operations/operational-finding.ts';
import { incidentNews, silenceNews } from './news.ts';
import type { Feed } from './writer.ts';

/** News of incidents; `consoleUrl` without a slash at its end. */
export function incidentFeed(findings: Pick<FindingStore, 'changes'>, consoleUrl: string): Feed {
  return {
    name: 'incidents',
    changes: async (after, limit) =>
      (await findings.changes('incidents', after, limit)).map((change) => ({
        ...change,
        tell: () => incidentNews(change.tenant, change.body, consoleUrl),
      })),
  };
}

/** News of sources that fell silent. */
export function silenceFeed(silence: Pick<SilenceStore, 'changes'>, consoleUrl: string): Feed {
  return {
    name: 'operations',
    changes: async (after, limit) =>
      (await silence.changes(after, limit)).map((change) => ({
        ...change,
        severityId: severityOf(SILENCE_LEVEL),
        title: silenceTitles(change.source).en,
        retracted: change.endedMs !== undefined,
        tell: () => silenceNews(change, consoleUrl),
      })),
  };
}
