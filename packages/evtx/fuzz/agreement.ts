import { readChunk, readTrees, type EvtxBatch } from '../src/chunk.ts';
import { eventFields } from '../src/fields.ts';
import { toJsonLines } from '../src/record.ts';
import { toXml } from '../src/xml.ts';

/** What reading a chunk with shapes and with trees gives differently, in words; undefined where nothing is, or what was thrown. */
export function disagreement(chunk: Uint8Array): string | undefined {
  try {
    const [quick, plain] = [readChunk(chunk), readTrees(chunk)];
    if (told(quick) !== told(plain)) return 'records or losses differ';
    const lines = toJsonLines(quick.records).toString().split('\n');
    for (const [index, { recordId, fields, root }] of quick.records.entries()) {
      const twin = plain.records[index]!.root;
      const table = JSON.stringify(eventFields(twin));
      if (JSON.stringify(fields) !== table) return `record ${recordId}: fields differ`;
      if (!tellTheSame(lines[index]!, table)) return `record ${recordId}: lines differ`;
      if (toXml(root) !== toXml(twin)) return `record ${recordId}: XML differs`;
    }
    return undefined;
  } catch (error) {
    return `thrown: ${String(error)}`;
  }
}

function told({ records, losses }: EvtxBatch): string {
  return JSON.stringify([records.map(({ recordId, offset }) => [String(recordId), offset]), losses]);
}

function tellTheSame(line: string, table: string): boolean {
  // JSON.stringify puts names that are numbers first.
  return line === table || JSON.stringify(sorted(line)) === JSON.stringify(sorted(table));
}

function sorted(json: string): [name: string, value: unknown][] {
  return Object.entries(JSON.parse(json) as object).sort(([a], [b]) => (a < b ? -1 : 1));
}
