import { CHUNK_HEADER_SIZE, CHUNK_SIZE, FILE_HEADER_SIZE, FLAGS_OFFSET, NO_CHECKSUM_FLAG } from '../src/format.ts';
import { binXml, nullValue, text, textArray, uint32, windowsEvent, writeEvtx } from '../src/testing/index.ts';

/** Records that a chunk is cut to: with few of them an execution takes microseconds. */
const KEPT_RECORDS = 2;

/** Chunks of our own with every kind of value. */
export function ownSeeds(): Buffer[] {
  const base = { provider: 'P', eventId: 1, channel: 'C', computer: 'c', time: 0 };
  const inner = binXml({ name: 'Inner', attributes: { a: text('1') }, content: [uint32(7)] });
  const datas = [
    { A: text('x'), B: nullValue, C: uint32(1) },
    { A: textArray(['x', '', 'y']), B: inner },
    { Channel: text('hidden'), __proto: text('é 玉 😀') },
  ];
  return datas.flatMap((data) => {
    const records = [1n, 2n, 3n].map((recordId) => windowsEvent({ ...base, recordId, data }));
    return chunksOf(Buffer.from(writeEvtx(records)));
  });
}

/** The chunks of a log, each cut to its first records; their checksums are not to be looked at. */
export function chunksOf(log: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = FILE_HEADER_SIZE; at + CHUNK_HEADER_SIZE < log.length; at += CHUNK_SIZE) {
    const chunk = Buffer.from(log.subarray(at, at + CHUNK_SIZE));
    let end = CHUNK_HEADER_SIZE;
    for (let records = 0; records < KEPT_RECORDS && end + 8 <= chunk.length; records++)
      end += chunk.readUInt32LE(end + 4);
    chunk.writeUInt32LE(NO_CHECKSUM_FLAG, FLAGS_OFFSET);
    if (end <= chunk.length) chunks.push(chunk.subarray(0, end));
  }
  return chunks;
}
