import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadRules, RulePlaces, type LogSource } from '@yuheng/sigma';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readRuleFile, ruleFilesBelow } from '../../hunt/rules.ts';
import { ownFields, readFieldLists } from './field-lists.ts';
import { fieldProblems } from './field-problems.ts';
import { locateBy } from './locate.ts';

describe('fields of a log source', () => {
  it.each<[string, LogSource, string, boolean | undefined]>([
    ['Sysmon on Linux', { product: 'linux', category: 'process_creation' }, 'ParentCommandLine', true],
    ['auditd beside it', { product: 'linux', category: 'process_creation' }, 'ppid_exe', true],
    ['neither of them', { product: 'linux', category: 'process_creation' }, 'GrandParentImage', false],
    ['a renamed key', { product: 'windows', category: 'registry_event' }, 'NewName', true],
    ['a key that is set', { product: 'windows', category: 'registry_set' }, 'NewName', false],
    ['PowerShell', { product: 'windows', category: 'ps_script' }, 'ScriptBlockText', true],
    ['what PowerShell does not tell', { product: 'windows', category: 'ps_script' }, 'CommandLine', false],
    ['4688 by its own name', { product: 'windows', category: 'process_creation' }, 'NewProcessName', true],
    ['Security', { product: 'windows', service: 'security' }, 'AttributeLDAPDisplayName', true],
    ['what Security does not tell', { product: 'windows', service: 'security' }, 'Image', false],
    ['auditd', { product: 'linux', service: 'auditd' }, 'a12', true],
    ['what auditd does not tell', { product: 'linux', service: 'auditd' }, 'CommandLine', false],
    ['sshd', { product: 'linux', service: 'sshd' }, 'src_ip', true],
    ['what sshd does not tell', { product: 'linux', service: 'sshd' }, 'SourceIp', false],
    ['Zeek', { product: 'zeek', service: 'http' }, 'resp_mime_types', true],
    ['Zeek by another name', { product: 'zeek', service: 'http' }, 'cs-host', true],
    ['another stream of Zeek', { product: 'zeek', service: 'http' }, 'qtype_name', false],
    ['a web server, by a name that no sample holds', { category: 'webserver' }, 'cs-cookie', true],
    ['what anybody writes', { product: 'windows', service: 'application' }, 'x', undefined],
    ['any record', { product: 'windows' }, 'x', undefined],
    ['nobody', { product: 'nobody', service: 'nothing' }, 'x', undefined],
  ])('%s', (_, logsource, field, known) => expect(ownFields(logsource)?.has(field)).toBe(known));
});

const sigma = join(resolve(process.env['YUHENG_CORPUS'] ?? '../shared/data'), 'sigma');
const isHere = existsSync(join(sigma, 'logsource.json'));
if (!isHere) console.info(`Skipped: SigmaHQ's rules and their fields, for they are not in ${sigma} (YUHENG_CORPUS).`);

/** Their list has these where Sysmon's schema does not. */
const DISPUTED = ['GrandParentImage', 'ParentImage'];

it.runIf(isHere)('no field of a public rule is told that SigmaHQ’s own list says logs to have', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-fields-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // Without the fields that other tools add.
  const { legit } = JSON.parse(readFileSync(join(sigma, 'logsource.json'), 'utf8')) as { legit: unknown };
  writeFileSync(join(folder, 'legit.json'), JSON.stringify({ legit }));
  const theirs = await readFieldLists(join(folder, 'legit.json'));
  const sources = (await ruleFilesBelow([sigma])).map((file) => readRuleFile(file));
  const locate = locateBy(new RulePlaces(sources));
  const { rules } = loadRules(sources);
  const told = rules.flatMap((rule) =>
    fieldProblems(rule, ownFields, locate).filter(({ what }) => {
      const [, field = ''] = /"(.+)"$/.exec(what) ?? [];
      return theirs(rule.rule.logsource)?.has(field) && !DISPUTED.includes(field);
    }),
  );
  expect(rules.length).toBeGreaterThan(3000);
  expect(told).toEqual([]);
});
