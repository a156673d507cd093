import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryFile, Prover } from '@yuheng/engine';
import { loadRules } from '@yuheng/sigma';
import { describe, expect, it } from 'vitest';
import { webLog } from '../capability.ts';
import { corpusFile, corpusFiles, hasCorpus, sourceOf } from './corpus.ts';

const folder = join(import.meta.dirname, '../rules');
const rules = loadRules(
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml') && !name.endsWith('.test.yml'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') })),
);
const prover = new Prover(rules, [webLog]);

/** Titles of the findings in a file, each once, and how many incidents they make. */
async function outcome(path: string): Promise<{ titles: string[]; incidents: number }> {
  const { findings, incidents } = await prover.run([memoryFile(path, corpusFile(path))]);
  const titles = findings.map(({ finding }) => String(finding.finding_info.title));
  return { titles: [...new Set(titles)].sort(), incidents: incidents.length };
}

describe.skipIf(!hasCorpus)('our rules on public logs', () => {
  it('find nothing in ordinary logs', async () => {
    const paths = [...corpusFiles('logs/beats', /\.log$/), 'logs/loghub/Apache/Apache_2k.log'];
    const ordinary = paths.filter((path) => sourceOf(corpusFile(path)));
    for (const path of ordinary) expect(await outcome(path), path).toEqual({ titles: [], incidents: 0 });
    expect(ordinary.length).toBeGreaterThanOrEqual(13);
  });

  it('find the tunnel, as one incident', async () => {
    expect(await outcome('logs/web-attacks/Tunna_rdp_tunnel_IIS.log')).toEqual({
      titles: ['TCP tunnel over a web script (Tunna, reGeorg)'],
      incidents: 1,
    });
  });

  it('find two scanners and an intruder, an incident for each address', async () => {
    const path = 'logs/web-attacks/web_attack_and_isp_webshell_localhost_access_log.txt';
    expect(await outcome(path)).toEqual({
      titles: [
        'Application deployed through Tomcat Manager',
        'Cross-site scripting in a web request',
        'Path traversal towards a system file',
        'Probing for administration pages',
        'Probing for files with secrets',
        'Script with the name of a web shell answers',
        'Shell command in a request parameter',
        'Web scan: many pages that do not exist',
      ],
      incidents: 3,
    });
  });

  it.each([
    'CVE-2022-35914',
    'CVE-2022-40684',
    'CVE-2022-42889',
    'CVE-2022-44877',
    'CVE-2022-46169',
    'CVE-2024-0012',
    'CVE-2024-38475',
    'CVE-2024-9474',
    'apache_log4j2_cve-2021-44228',
    'cve-2021-42013',
    'f5-big-ip-cve-2020-5902',
    'grafana_cve-2021-43798',
    'jira_cve-2021-26086',
    'nginx-bad-user-agent',
    'nginx-cve-2021-41773',
    'nginx-http-generic-bf',
    'nginx-http-sqli-probing',
    'nginx-http-xss-probing',
    'pulse-secure-sslvpn-cve-2019-11510',
    'spring4shell_cve-2022-22965',
    'vmware-cve-2022-22954',
    'vmware-vcenter-vmsa-2021-0027',
  ])('find what CrowdSec finds in %s', async (test) => {
    const [path] = corpusFiles(`logs/crowdsec/${test}`, /\.log$/);
    expect((await outcome(path!)).titles).not.toEqual([]);
  });
});
