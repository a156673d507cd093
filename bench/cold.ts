import { spawnSync } from 'node:child_process';
import { loadRules } from '@yuheng/sigma';
import { preferThroughput } from '../apps/cli/throughput.ts';
import { windowsRules } from './corpus.ts';
import { cpuSeconds, median, ROUNDS, rounded, type Figures } from './measure.ts';

/** CPU seconds to compile all Windows rules of SigmaHQ in a process that did nothing before, set as the commands set it. */
export async function coldBench(corpus: string): Promise<Figures> {
  preferThroughput();
  const sources = windowsRules(corpus);
  return { cold_compile_s: rounded(await cpuSeconds(() => void loadRules(sources))) };
}

/** The same from outside: the median of some processes, for nothing is cold twice. */
export function coldCompileSeconds(): number {
  const bench = process.argv[1]!;
  const once = (): number => {
    const { stdout } = spawnSync(process.execPath, [bench, 'cold', '--json'], { encoding: 'utf8' });
    return (JSON.parse(stdout) as { readonly cold_compile_s: number }).cold_compile_s;
  };
  return median(Array.from({ length: ROUNDS }, once));
}
