import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { normalize } from '@yuheng/engine';
import { validate } from '@yuheng/ocsf';
import { describe, expect, it } from 'vitest';
import { corpus, hasCorpus, recordsOf, sourceById, sourceOf } from './corpus.ts';

const FOLDER = 'otrf/compound/Log4Shell';

/** The only file of a ZIP archive, by its central directory (APPNOTE 4.3.12). */
function unzip(bytes: Buffer): Buffer {
  const directory = bytes.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
  const size = bytes.readUInt32LE(directory + 20);
  const local = bytes.readUInt32LE(directory + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  return inflateRawSync(bytes.subarray(start, start + size));
}

describe.skipIf(!hasCorpus)('OTRF: Log4Shell as Sentinel saw it', () => {
  it.each([
    [
      'syslog_sysmon_log4shell_cve2021_44228_jndi_reference.zip',
      { 'sysmon:1': 31, 'sysmon:3': 6, 'sysmon:5': 50, 'sysmon:11': 4, 'sysmon:23': 2 },
    ],
    ['syslog_auoms_auditd_log4shell_cve2021_44228_jndi_reference.zip', { auditd: 23, execve: 27 }],
  ])('%s: every row is understood, and valid OCSF', async (name, expected) => {
    const bytes = unzip(readFileSync(join(corpus, FOLDER, name)));
    expect(sourceOf(bytes)?.id).toBe('azure-syslog');
    const { records, counts } = await recordsOf(bytes, 'azure-syslog');
    const found: { [logType: string]: number } = {};
    for (const { fields } of records) found[String(fields['log_type'])] = (found[String(fields['log_type'])] ?? 0) + 1;
    expect(found).toEqual(expected);
    expect(counts.unparsed).toBe(0);
    expect(records.flatMap((record) => validate(normalize(record, sourceById('azure-syslog'))))).toEqual([]);
  });
});
