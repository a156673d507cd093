import { correlationFields, type RuleSet } from '@yuheng/sigma';
import type { Capability } from './capability.ts';
import { Conclusion, type Decided } from './conclude.ts';
import { Counts } from './counts.ts';
import { Detector, type MakeMatcher } from './detect.ts';
import { ExternalSort } from './external-sort.ts';
import type { PlacedFinding } from './finding.ts';
import { LogsourceMap } from './logsource.ts';
import type { MatchedEvent } from './match.ts';
import { memorySpill } from './memory.ts';
import { compareOrder } from './order.ts';
import { conclude, inspect } from './pipeline.ts';
import type { LogFile } from './ports/files.ts';
import { Setup, type SetupOptions } from './setup.ts';

/** What the pipeline made of files in memory. */
export interface Proved extends Decided {
  readonly findings: readonly PlacedFinding[];
  readonly counts: Counts;
  /** Source ids by file name. */
  readonly sources: ReadonlyMap<string, string | undefined>;
}

/** The year that dates without one get in proofs. */
const PROOF_YEAR = 2026;

/** What a proof may change: bounds, and how rules are asked (one after another is quicker for a few records). */
export type ProofOptions = Partial<Pick<SetupOptions, 'batchSize' | 'maxRecordBytes'>> & {
  readonly makeMatcher?: MakeMatcher;
};

/** Found once: many sets of rules are proved with the same capabilities. */
const logsourceMaps = new WeakMap<readonly Capability[], LogsourceMap>();

function logsourcesOf(capabilities: readonly Capability[]): LogsourceMap {
  let map = logsourceMaps.get(capabilities);
  if (!map) {
    map = new LogsourceMap(capabilities.flatMap((capability) => capability.logsources));
    logsourceMaps.set(capabilities, map);
  }
  return map;
}

/** The whole pipeline over files in memory, as often as wanted with the same rules: how rules, scenarios and tests are run. */
export class Prover {
  private readonly rules: RuleSet;
  private readonly setup: Setup;

  constructor(rules: RuleSet, capabilities: readonly Capability[], { makeMatcher, ...bounds }: ProofOptions = {}) {
    this.rules = rules;
    this.setup = new Setup({
      capabilities,
      detector: new Detector(rules.rules, logsourcesOf(capabilities), makeMatcher),
      correlationFields: correlationFields(rules),
      batchSize: 1000,
      maxRecordBytes: 1_048_576,
      offsetMinutes: () => 0,
      ...bounds,
    });
  }

  async run(files: readonly LogFile[]): Promise<Proved> {
    const counts = new Counts();
    const matches = new ExternalSort<MatchedEvent>(compareOrder, memorySpill());
    const sources = new Map<string, string | undefined>();
    for (const file of files) {
      const steps = inspect(file, this.setup, counts, PROOF_YEAR);
      let step = await steps.next();
      for (; !step.done; step = await steps.next()) for (const event of step.value) await matches.push(event);
      sources.set(file.name, step.value.source);
    }
    const findings: PlacedFinding[] = [];
    const conclusion = new Conclusion(this.rules, memorySpill(), (found) => void findings.push(found));
    const decided = await conclude(matches.sorted(), conclusion);
    return { ...decided, findings, counts, sources };
  }
}

/** One run of a {@link Prover}. */
export function prove(files: readonly LogFile[], rules: RuleSet, capabilities: readonly Capability[]): Promise<Proved> {
  return new Prover(rules, capabilities).run(files);
}
