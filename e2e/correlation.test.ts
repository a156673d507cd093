import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { corpus, yuheng } from './cli.ts';
import { EXPLAINED } from './correlation.explained.ts';

// One attack reads as one incident: our own rules alone over real attacks and over logs that are mostly benign.
// The figures stand in docs/reference/correlation.md; YUHENG_WRITE=1 writes them anew.

const PAGE = 'docs/reference/correlation.md';
const LEAST_SETS = 28;
const MOST_INCIDENTS = 3;
const LEAST_SHARE = 0.8;

interface Outcome {
  readonly findings: { readonly [level: string]: number };
  readonly incidents: readonly { readonly findings: readonly string[] }[];
  readonly lines: readonly { readonly uid: string; readonly severity: number; readonly file: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'yuheng-correlation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function hunt(...paths: string[]): Promise<Outcome> {
  const out = join(folder, 'findings.ndjson');
  const { status, stdout, stderr } = await yuheng(['hunt', ...paths, '--out', out, '--json', '--quiet']);
  expect(status, stderr).toBe(0);
  const lines = readFileSync(out, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const finding = JSON.parse(line) as {
        severity_id: number;
        finding_info: { uid: string };
        evidences: { data: { file: string } }[];
      };
      return { uid: finding.finding_info.uid, severity: finding.severity_id, file: finding.evidences[0]!.data.file };
    });
  return { ...(JSON.parse(stdout) as Omit<Outcome, 'lines'>), lines };
}

interface SetFigure {
  readonly name: string;
  readonly findings: number;
  readonly serious: number;
  readonly incidents: number;
  readonly largest: number;
  readonly one: boolean;
}

async function setFigure(path: string): Promise<SetFigure> {
  const { lines, incidents } = await hunt(path);
  const serious = new Set(lines.filter((line) => line.severity >= 3).map((line) => line.uid));
  const largest = Math.max(
    0,
    ...incidents.map((incident) => incident.findings.filter((uid) => serious.has(uid)).length),
  );
  const one = incidents.length <= MOST_INCIDENTS && serious.size > 0 && largest / serious.size >= LEAST_SHARE;
  return {
    name: basename(path).replace(/\.(?:zip|tar\.gz)$/, ''),
    findings: lines.length,
    serious: serious.size,
    incidents: incidents.length,
    largest,
    one,
  };
}

function below(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:zip|tar\.gz)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

describe.skipIf(!corpus)('with our own rules alone', () => {
  it('tells real attacks as few incidents, and stays quiet on benign logs', async () => {
    const sets: SetFigure[] = [];
    for (const path of below(join(corpus!, 'otrf/atomic/windows'))) sets.push(await setFigure(path));
    const campaign = await setFigure(
      join(corpus!, 'otrf/compound/LSASS_campaign_03/metasploit_comsvcs_lsass_memory_dump.zip'),
    );
    const samples = await hunt(join(corpus!, 'evtx/attack-samples'));
    const touched = new Set(samples.lines.filter((line) => line.severity >= 4).map((line) => line.file)).size;
    const edge = join(corpus!, 'evtx/parser-edge');
    const benign = readdirSync(edge)
      .filter((name) => /^(?:system\.evtx|security\.evtx|2-vss_7-System|.*Shell-Core|.*CAPI2)/.test(name))
      .map((name) => join(edge, name));
    const quiet = await hunt(...benign);

    const page = pageOf(sets, campaign, touched, benign.length, quiet);
    if (process.env['YUHENG_WRITE']) writeFileSync(PAGE, page);
    expect(sets).toHaveLength(33);
    expect(sets.filter((set) => set.one).length).toBeGreaterThanOrEqual(LEAST_SETS);
    expect(sets.filter((set) => !set.one && !(set.name in EXPLAINED)).map((set) => set.name)).toEqual([]);
    expect(campaign.incidents).toBeLessThanOrEqual(5);
    expect(touched).toBeGreaterThanOrEqual(75);
    expect(benign).toHaveLength(6);
    expect(quiet.lines.length).toBeLessThanOrEqual(10);
    expect(quiet.incidents.length).toBeLessThanOrEqual(1);
    expect(existsSync(PAGE) && readFileSync(PAGE, 'utf8')).toBe(page);
  }, 600_000);
});

function pageOf(
  sets: readonly SetFigure[],
  campaign: SetFigure,
  touched: number,
  benign: number,
  quiet: Outcome,
): string {
  const rows = [...sets, campaign].map(({ name, findings, serious, incidents, largest, one }) => {
    const note = one ? '' : (EXPLAINED[name] ?? '');
    return `| ${name} | ${findings} | ${serious} | ${incidents} | ${largest} | ${one ? 'yes' : 'no'} | ${note} |\n`;
  });
  const good = sets.filter((set) => set.one).length;
  return `${readFileSync('docs/reference/correlation.head.md', 'utf8')}
## Figures

Made by \`YUHENG_WRITE=1 npx vitest run e2e/correlation.test.ts\`; the test fails when they are stale. Our own rules alone.

| what | asked | measured |
| --- | --- | --- |
| OTRF atomic Windows sets told as at most ${MOST_INCIDENTS} incidents with ${LEAST_SHARE * 100} % of the medium-or-worse findings in the largest | ${LEAST_SETS} of 33 | ${good} of ${sets.length} |
| incidents of LSASS_campaign_03 | at most 5 | ${campaign.incidents} |
| attack samples touched at level high | 75 of 170 | ${touched} of 170 |
| findings and incidents on ${benign} mostly benign logs | at most 10 and 1 | ${quiet.lines.length} and ${quiet.incidents.length} |

| set | findings | medium or worse | incidents | in the largest | one story | why not |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('')}`;
}
