import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readEvtx, toJsonLines } from '@yuheng/evtx';
import { eventLogs } from './corpus.ts';
import { cpuSeconds, measureProcess, median, rounded, type Figures } from './measure.ts';

const FILE_HEADER = 4_096;
const CHUNK = 65_536;
/** Logs of the corpus that are measured, the ones with the most chunks. */
const LOGS = 6;
/** How often their chunks are repeated, so that starting a peer counts for little. */
const COPIES = 24;
/** evtxexport takes minutes where the others take seconds: it is given the chunks once. */
const COPIES_FOR_EVTXEXPORT = 2;
const ROUNDS = 5;
/** Bytes that are read at once. */
const BLOCK = 1 << 20;
/** Bytes that the lines of a chunk may take before new room is made for them. */
const ROOM = 1 << 20;

/** PyPI `evtx` is the Rust crate behind Python; what Python adds is little beside the JSON. */
const PYTHON =
  'import sys,evtx\nfor r in evtx.PyEvtxParser(sys.argv[1], number_of_threads=1).records_json():\n  sys.stdout.write(r["data"])\n';

/**
 * EVTX to JSON text on one thread, records a second of CPU time, in turns with the Rust crate's `evtx_dump` (else PyPI `evtx`) and
 * with evtxexport, on one file made of the largest logs of the corpus.
 */
export async function evtxBench(corpus: string): Promise<Figures> {
  const chunks = largestChunks(corpus);
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-bench-'));
  try {
    const large = join(folder, 'large.evtx');
    const small = join(folder, 'small.evtx');
    writeFileSync(large, logOf(chunks, COPIES));
    writeFileSync(small, logOf(chunks, COPIES_FOR_EVTXEXPORT));
    const rust = rustPeer(large);
    const ours: number[] = [];
    const theirs: number[] = [];
    const exported: number[] = [];
    let records = await toJson(large);
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await cpuSeconds(async () => void (records = await toJson(large))));
      theirs.push(rust?.run() ?? Number.NaN);
      exported.push(measureProcess('evtxexport', [small])?.cpuSeconds ?? Number.NaN);
    }
    const rate = (seconds: readonly number[], copies: number): number => (records * copies) / COPIES / median(seconds);
    const [us, crate, evtxexport] = [rate(ours, COPIES), rate(theirs, COPIES), rate(exported, COPIES_FOR_EVTXEXPORT)];
    return {
      records,
      ours_records_per_cpu_s: Math.round(us),
      rust_peer: rust?.name ?? 'not on this machine (cargo install evtx, or pip install evtx)',
      ...(rust ? { rust_records_per_cpu_s: Math.round(crate), evtx_vs_rust: rounded(us / crate) } : {}),
      ...(Number.isNaN(evtxexport)
        ? { evtxexport: 'not on this machine (apt-get install libevtx-utils)' }
        : { evtxexport_records_per_cpu_s: Math.round(evtxexport), evtx_vs_evtxexport: rounded(us / evtxexport) }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function toJson(path: string): Promise<number> {
  const room = Buffer.alloc(ROOM);
  let count = 0;
  for await (const { records } of readEvtx(bytesOf(path))) {
    toJsonLines(records, room);
    count += records.length;
  }
  return count;
}

/** A file in blocks. Two take turns, for a chunk may lie across both; the lines of one are written before it is filled again. */
function* bytesOf(path: string): Generator<Buffer> {
  const blocks = [Buffer.alloc(BLOCK), Buffer.alloc(BLOCK)];
  const file = openSync(path, 'r');
  try {
    for (let turn = 0; ; turn = 1 - turn) {
      const read = readSync(file, blocks[turn]!);
      if (read === 0) return;
      yield blocks[turn]!.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}

function rustPeer(path: string): { readonly name: string; readonly run: () => number } | undefined {
  const peers = [
    { name: 'evtx_dump -t 1 -o jsonl', command: 'evtx_dump', args: ['-t', '1', '-o', 'jsonl', path] },
    { name: 'PyPI evtx (stands in for evtx_dump)', command: 'python3', args: ['-c', PYTHON, path] },
  ];
  const peer = peers.find(({ command, args }) => spawnSync(command, args, { stdio: 'ignore' }).status === 0);
  return peer && { name: peer.name, run: () => measureProcess(peer.command, peer.args)?.cpuSeconds ?? Number.NaN };
}

function largestChunks(corpus: string): Buffer[] {
  const logs = eventLogs(corpus).map(({ content }) => chunksOf(content));
  return logs
    .sort((a, b) => b.length - a.length)
    .slice(0, LOGS)
    .flat();
}

function chunksOf(log: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = FILE_HEADER; at + CHUNK <= log.length; at += CHUNK) {
    if (log.toString('latin1', at, at + 8) === 'ElfChnk\0') chunks.push(log.subarray(at, at + CHUNK));
  }
  return chunks;
}

/** One log of the same chunks over and over, with a header that says so. */
function logOf(chunks: readonly Buffer[], copies: number): Buffer {
  const all = Array.from({ length: copies }, () => chunks).flat();
  const header = Buffer.alloc(FILE_HEADER);
  header.write('ElfFile\0', 'latin1');
  header.writeBigUInt64LE(BigInt(all.length - 1), 16);
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(FILE_HEADER, 40);
  header.writeUInt16LE(all.length, 42);
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124);
  return Buffer.concat([header, ...all]);
}
