import { askEach, Detector, type MakeMatcher } from '@yuheng/engine';
import { createRuleIndex, type CompiledRule } from '@yuheng/sigma';
import { recordOf, type DetectInput, type Workload } from './detect-input.ts';
import { cpuSeconds, median, ROUNDS } from './measure.ts';

/** Lines after which the next way of reading them has its turn: what slows the machine down slows all of them down. */
const TURN = 2_000;
/** The first rounds warm up: indexes learn, code is compiled. */
const WARM_UP = 3;
/** The naive loop is asked about every so manieth line only. */
const NAIVE_STEP = 20;

/** A way of going through lines. */
type Way = (line: string) => void;

/** CPU seconds of several ways over the same lines, taking turns: medians of some rounds. */
async function race(ways: readonly Way[], { lines, repeat }: Workload): Promise<readonly number[]> {
  const rounds: number[][] = ways.map(() => []);
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const spent = ways.map(() => 0);
    for (let again = 0; again < repeat; again++) {
      for (let from = 0; from < lines.length; from += TURN) {
        const turn = lines.slice(from, from + TURN);
        for (const [index, way] of ways.entries()) spent[index]! += await cpuSeconds(() => turn.forEach(way));
      }
    }
    if (round >= WARM_UP) for (const [index, seconds] of spent.entries()) rounds[index]!.push(seconds);
  }
  return rounds.map(median);
}

const parse: Way = (line) => void JSON.parse(line);

function matching(rules: readonly CompiledRule[], { logsources }: DetectInput, make?: MakeMatcher): Way {
  const detector = new Detector(rules, logsources, make);
  return (line) => void detector.detect(recordOf(line));
}

/** What a line costs: JSON.parse alone as a share of JSON.parse and matching all rules, and the CPU seconds of matching. */
export interface LineCost {
  readonly share: number;
  readonly matching: number;
}

/** Measures {@link LineCost}. */
export async function costOf(workload: Workload, input: DetectInput): Promise<LineCost> {
  const [alone, together] = await race([parse, matching(input.rules, input)], workload);
  return { share: alone! / together!, matching: (together! - alone!) / (workload.lines.length * workload.repeat) };
}

/** How much more a line costs, JSON.parse included, with more rules. */
export async function growthOf(
  few: readonly CompiledRule[],
  many: readonly CompiledRule[],
  input: DetectInput,
): Promise<number> {
  const [less, more] = await race([matching(few, input), matching(many, input)], input.mix);
  return more! / less!;
}

/** The naive loop's time over the index's, parsing taken off. Apart, for the naive loop leaves no cache as it was. */
export async function naiveRatio({ lines, repeat }: Workload, input: DetectInput, ours: LineCost): Promise<number> {
  const few = repeat === 1 ? lines.filter((_, index) => index % NAIVE_STEP === 0) : lines;
  const [alone, naive] = await race([parse, matching(input.rules, input, askEach)], { lines: few, repeat: 1 });
  return (naive! - alone!) / few.length / ours.matching;
}

/** Rules that are asked about an event, on average. */
export function candidatesOf({ lines }: Workload, { rules, logsources }: DetectInput): number {
  let candidates = 0;
  const counting: MakeMatcher = (some, constants) => {
    const index = createRuleIndex(some, { constants });
    return {
      match(event) {
        const before = index.counters.candidates;
        const matched = index.match(event);
        candidates += index.counters.candidates - before;
        return matched;
      },
    };
  };
  const detector = new Detector(rules, logsources, counting);
  for (const line of lines) detector.detect(recordOf(line));
  candidates = 0;
  for (const line of lines) detector.detect(recordOf(line));
  return candidates / lines.length;
}
