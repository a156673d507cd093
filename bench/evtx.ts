import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEvtx, toXml } from '@yuheng/evtx';
import { eventLogs } from './corpus.ts';
import { cpuSeconds, measureProcess, median, rounded, ROUNDS, type Figures } from './measure.ts';

const PYTHON =
  'import sys,evtx\nfor p in sys.argv[1:]:\n  for r in evtx.PyEvtxParser(p, number_of_threads=1).records():\n    pass\n';

/** EVTX to XML text, beside evtxexport (libevtx) and PyPI evtx where this machine has them. */
export async function evtxBench(corpus: string): Promise<Figures> {
  const logs = eventLogs(corpus).filter(({ content }) => content.length >= 1_048_576);
  const megabytes = logs.reduce((sum, { content }) => sum + content.length, 0) / 1e6;
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round++) ours.push(await cpuSeconds(async () => void (await readAll(logs))));
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-bench-'));
  try {
    const paths = logs.map(({ content }, index) => {
      const path = join(folder, `${index}.evtx`);
      writeFileSync(path, content);
      return path;
    });
    const peer = (command: string, args: (path: string) => string[]): number | undefined => {
      const figures = paths.map((path) => measureProcess(command, args(path)));
      return figures.some((figure) => !figure)
        ? undefined
        : figures.reduce((sum, figure) => sum + figure!.cpuSeconds, 0);
    };
    const native = peer('evtxexport', (path) => [path]);
    const rust = peer('python3', (path) => ['-c', PYTHON, path]);
    const rate = (seconds: number | undefined): number | string =>
      seconds === undefined ? 'not on this machine' : rounded(megabytes / seconds);
    return {
      megabytes: rounded(megabytes),
      ours_mb_per_cpu_s: rate(median(ours)),
      evtxexport_mb_per_cpu_s: rate(native),
      pypi_evtx_mb_per_cpu_s: rate(rust),
      ...(native === undefined ? {} : { evtx_vs_evtxexport: rounded(native / median(ours)) }),
      ...(rust === undefined ? {} : { evtx_vs_rust: rounded(rust / median(ours)) }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readAll(logs: readonly { readonly content: Buffer }[]): Promise<number> {
  let characters = 0;
  for (const { content } of logs) {
    for await (const { records } of readEvtx([content]))
      for (const record of records) characters += toXml(record.root).length;
  }
  return characters;
}
