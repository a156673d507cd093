import { capabilities } from '@yuheng/capabilities';
import { memoryFile, Prover } from '@yuheng/engine';
import { loadRules } from '@yuheng/sigma';
import { otrfFiles, sigmaHq } from './corpus.ts';
import { cpuSeconds, median, rounded, ROUNDS, type Figures } from './measure.ts';

/** The whole pipeline with all rules of SigmaHQ, as a share of JSON.parse over the same lines. */
export async function detectBench(corpus: string): Promise<Figures> {
  const files = await otrfFiles(corpus);
  const lines = files.flatMap(({ content }) =>
    content
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== ''),
  );
  const compile: number[] = [];
  const parse: number[] = [];
  const hunt: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    compile.push(await cpuSeconds(() => void loadRules(sigmaHq(corpus))));
    const prover = new Prover(loadRules(sigmaHq(corpus)), capabilities);
    parse.push(await cpuSeconds(() => lines.forEach((line) => void JSON.parse(line))));
    hunt.push(
      await cpuSeconds(async () => {
        for (const { name, content } of files) await prover.run([memoryFile(name, content)]);
      }),
    );
  }
  return {
    events: lines.length,
    json_parse_events_per_cpu_s: Math.round(lines.length / median(parse)),
    hunt_events_per_cpu_s: Math.round(lines.length / median(hunt)),
    share_of_json_parse: rounded(median(parse) / median(hunt)),
    rules_compile_cpu_s: rounded(median(compile)),
  };
}
