import { Detector } from '@yuheng/engine';
import { coldCompileSeconds } from './cold.ts';
import { liveMegabytes, loadDetectInput, recordOf } from './detect-input.ts';
import { cachedCompileSeconds, manyOf, someOf } from './detect-rules.ts';
import { bytesCostOf, candidatesOf, costOf, growthOf, naiveRatio } from './detect-speed.ts';
import { rounded, type Figures } from './measure.ts';

const FEW = 100;
const TIMES = 4;

/**
 * What matching costs beside JSON.parse over the same lines: OTRF's Windows events as they come (`mix`) and their
 * process creations alone (`process`), all Windows rules of SigmaHQ, channels by the real logsource map. Growth is that of a whole line's
 * cost, parsing included; the naive ratio is that of matching alone.
 */
export async function detectBench(corpus: string): Promise<Figures> {
  const input = await loadDetectInput(corpus);
  const { mix, process, rules, sources, logsources } = input;
  const before = liveMegabytes();
  const detector = new Detector(rules, logsources);
  for (const line of mix.lines) detector.detect(recordOf(line));
  const memory = liveMegabytes() - before + input.rulesMegabytes;
  const mixCost = await costOf(mix, input);
  const processCost = await costOf(process, input);
  const mixBytes = await bytesCostOf(mix, input);
  const processBytes = await bytesCostOf(process, input);
  return {
    share_json_mix: rounded(mixCost.share),
    share_json_process: rounded(processCost.share),
    share_bytes_mix: rounded(mixBytes.share),
    share_bytes_process: rounded(processBytes.share),
    left_to_parse_percent: rounded(mixBytes.left),
    growth_100_2845: rounded(await growthOf(someOf(rules, FEW), rules, input)),
    growth_2845_11380: rounded(await growthOf(rules, manyOf(sources, TIMES), input)),
    candidates_mix: rounded(candidatesOf(mix, input)),
    candidates_process: rounded(candidatesOf(process, input)),
    cold_compile_s: coldCompileSeconds(),
    cached_compile_s: rounded(await cachedCompileSeconds(input)),
    memory_mb: Math.round(memory),
    naive_ratio_mix: rounded(await naiveRatio(mix, input, mixCost)),
    naive_ratio_process: rounded(await naiveRatio(process, input, processCost)),
  };
}
