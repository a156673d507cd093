import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { otrfFiles } from './corpus.ts';
import { measureProcess, median, rounded, ROUNDS, type Figures, type ProcessFigures } from './measure.ts';

/** CPU for twice the input, and peak memory for ten times of it: LSASS_campaign_03, hunted as whole processes with our rules. */
export async function growthBench(corpus: string): Promise<Figures> {
  const files = await otrfFiles(corpus);
  const campaign = files.reduce((largest, file) => (file.content.length > largest.content.length ? file : largest));
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-bench-'));
  try {
    const times = (count: number): string => {
      const path = join(folder, `x${count}`, 'campaign.json');
      mkdirSync(join(folder, `x${count}`));
      writeFileSync(path, Buffer.concat(Array.from({ length: count }, () => campaign.content)));
      return path;
    };
    const figures = new Map([1, 2, 10].map((count) => [count, measured(times(count))]));
    const cpu = (count: number): number => median(figures.get(count)!.map((figure) => figure.cpuSeconds));
    const peak = (count: number): number => median(figures.get(count)!.map((figure) => figure.peakMb));
    return {
      cpu_once_s: rounded(cpu(1)),
      cpu_growth_1_to_2: rounded(cpu(2) / cpu(1)),
      peak_once_mb: Math.round(peak(1)),
      peak_ten_times_mb: Math.round(peak(10)),
      peak_growth_1_to_10: rounded(peak(10) / peak(1)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured(path: string): ProcessFigures[] {
  return Array.from({ length: ROUNDS }, () => {
    const figures = measureProcess(process.execPath, ['bin/yuheng.mjs', 'hunt', path, '--quiet', '--workers', '1']);
    if (!figures)
      throw new Error('GNU time (/usr/bin/time) is needed to measure whole processes: install the package "time".');
    return figures;
  });
}
