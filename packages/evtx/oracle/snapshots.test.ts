import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChunkData } from '../src/chunk-data.ts';
import type { EvtxElement } from '../src/index.ts';
import { readEvtx, toXml } from '../src/index.ts';
import { readEvent } from '../src/instantiate.ts';
import { canonical } from './canonical.ts';
import { corpus, corpusFile } from './corpus.ts';
import type { RustJson } from './rust-json.ts';
import { toRustJson } from './rust-json.ts';

const CAPI2 = 'E_Windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx.gz';

/** The record that each snapshot of the crate's tests shows; `separate` are those with attributes beside their element. */
const SNAPSHOTS: readonly [name: string, file: string, recordId: bigint, separate?: 'separate'][] = [
  ['event_json_missing_string_cache_entry', 'security_bad_string_cache.evtx.gz', 1n, 'separate'],
  ['event_json_multiple_empty_data_nodes_not_ignored', 'MSExchange_Management_wec.evtx', 1n, 'separate'],
  ['event_json_sample', 'security.evtx.gz', 1n],
  ['event_json_sample_with_event_data_with_attributes_and_text', 'system.evtx.gz', 1n],
  ['event_json_with_multiple_data_elements-2', 'MSExchange_Management_wec.evtx', 1n],
  ['event_json_with_multiple_data_elements', 'MSExchange_Management_wec.evtx', 1n],
  ['event_json_with_multiple_nodes_same_name', CAPI2, 28n],
  ['event_json_with_multiple_nodes_same_name_separate', CAPI2, 28n, 'separate'],
  ['event_json_with_size_t', 'Security_with_size_t.evtx.gz', 196n],
  ['event_xml_sample', 'security.evtx.gz', 1n],
  ['event_xml_sample_with_entity_ref', CAPI2, 28n],
  ['event_xml_sample_with_entity_ref_2', CAPI2, 25n],
  ['event_xml_sample_with_event_data_with_attributes_and_text', 'system.evtx.gz', 1n],
  ['event_xml_sample_with_string_with_trailing_spaces', 'security.evtx.gz', 2260n],
  ['event_xml_sample_with_user_data', CAPI2, 1n],
];

/** Snapshots of files that the samples do not hold. */
const WITHOUT_FILE: Readonly<Record<string, string>> = {
  event_json_sample_with_event_data: '2-system-Security-dirty.evtx',
  event_json_sample_with_separate_json_attributes: 'Application.evtx',
  event_xml_sample_with_event_data: '2-system-Security-dirty.evtx',
};

const FOLDER = 'evtx/parser-edge';
const PREFIX = 'test_record_samples__';

function snapshot(name: string): string {
  const text = readFileSync(join(corpus ?? '', FOLDER, 'expected', `${PREFIX}${name}.snap`), 'utf8');
  return text.slice(text.indexOf('---', 3) + 3).trim();
}

async function eventOf(file: string, recordId: bigint): Promise<EvtxElement> {
  for await (const { records } of readEvtx([corpusFile(`${FOLDER}/${file}`)])) {
    const record = records.find((candidate) => candidate.recordId === recordId);
    if (record !== undefined) return record.root;
  }
  return expect.fail(`no record ${recordId} in ${file}`);
}

/** A JSON text as the oracle's canonical form has it. */
function canonicalOf(json: string): RustJson {
  const listed = (value: unknown): RustJson => {
    if (value === null) return null;
    if (Array.isArray(value)) return value.map(listed);
    return typeof value === 'object'
      ? Object.entries(value).map(([name, member]) => [name, listed(member)])
      : String(value);
  };
  return canonical(listed(JSON.parse(json)));
}

/** The crate's other shape: attributes as a member `<name>_attributes` in front of the element. */
function separated(members: RustJson): RustJson {
  if (!Array.isArray(members) || !Array.isArray(members[0])) return members;
  return (members as [string, RustJson][]).flatMap(([name, value]): RustJson[] => {
    if (!Array.isArray(value)) return [[name, value]];
    const parts = value as [string, RustJson][];
    const attributes = parts.find(([part]) => part === '#attributes');
    const others = parts.filter((part) => part !== attributes);
    const [only] = others;
    const content = others.length === 1 && only?.[0] === '#text' && name !== 'Data' ? only[1] : separated(others);
    const rest: RustJson[] = attributes !== undefined && others.length === 0 ? [] : [[name, content]];
    return attributes === undefined ? rest : [[`${name}_attributes`, attributes[1]], ...rest];
  });
}

/**
 * XML on one line, as both write it: every element closed by its name, the crate's GUIDs and times, quotes in text plain,
 * and without the elements of values never set, which the crate writes and Windows leaves out.
 */
function flatXml(xml: string): string {
  return xml
    .replace(/^<\?.*?\?>\s*/, '')
    .replace(/>\s*\n\s*</g, '><')
    .replace(/<([^\s/>]+)([^>]*)\/>/g, '<$1$2></$1>')
    .replace(/='([^']*)'/g, '="$1"')
    .replaceAll('&quot;', '"')
    .replaceAll('<Binary></Binary>', '')
    .replace(/\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?/gi, (_, guid: string) => guid.toUpperCase())
    .replace(/(:\d\d\.\d{6})\dZ/g, '$1Z');
}

/** Where the template of binxml.dat says that it stands in its chunk: behind the headers of the chunk and of the first record. */
const BINXML_OFFSET = 536;

describe.skipIf(corpus === undefined)('binxml.dat, one BinXML document', () => {
  it('reads as the first record of the file it was taken from', async () => {
    const binXml = corpusFile(`${FOLDER}/binxml.dat`);
    const chunk = Buffer.alloc(BINXML_OFFSET + binXml.length);
    binXml.copy(chunk, BINXML_OFFSET);
    const event = readEvent(new ChunkData(chunk), BINXML_OFFSET, chunk.length);
    expect(event).toEqual(await eventOf('security.evtx.gz', 1n));
  });
});

describe.skipIf(corpus === undefined)('the snapshots of the crate', () => {
  it('are all in a table', () => {
    const names = readdirSync(join(corpus ?? '', FOLDER, 'expected')).map((name) => name.slice(PREFIX.length, -5));
    expect([...SNAPSHOTS.map(([name]) => name), ...Object.keys(WITHOUT_FILE)].toSorted()).toEqual(names.toSorted());
  });

  it.each(SNAPSHOTS)('%s', async (name, file, recordId, separate) => {
    const event = await eventOf(file, recordId);
    const expected = snapshot(name);
    if (expected.startsWith('<')) {
      expect(flatXml(toXml(event))).toBe(flatXml(expected));
    } else {
      const json = canonical(toRustJson(event));
      expect(separate === undefined ? json : separated(json)).toEqual(canonicalOf(expected));
    }
  });
});
