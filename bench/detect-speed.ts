import { askEach, Detector, type Hit, type MakeMatcher } from '@yuheng/engine';
import { createRuleIndex, JsonLines, type CompiledRule } from '@yuheng/sigma';
import { kindOf } from '../capabilities/windows-log/sources/windows-record.ts';
import { chunksOf, recordOf, type Chunk, type DetectInput, type Workload } from './detect-input.ts';
import { cpuSeconds, median, ROUNDS } from './measure.ts';

/** Lines after which the next way of reading them has its turn: what slows the machine down slows all of them down. */
const TURN = 2_000;
/** The first rounds warm up: indexes learn, code is compiled. */
const WARM_UP = 3;
/** The naive loop is asked about every so manieth line only. */
const NAIVE_STEP = 20;

/** A way of going through lines, or chunks of them. */
type Way<Item = string> = (item: Item) => void;

/** CPU seconds of several ways over the same lines, taking turns: medians of some rounds. */
async function race<Item>(
  ways: readonly Way<Item>[],
  { lines, repeat }: { readonly lines: readonly Item[]; readonly repeat: number },
): Promise<readonly number[]> {
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

/** Lines that are put into memory together: some 64 KiB, as a file is read. */
const CHUNK = 30;

/** JSON.parse alone as a share of reading bytes and matching all rules; lines that had to be left to JSON.parse, in %. */
export async function bytesCostOf(
  { lines, repeat }: Workload,
  input: DetectInput,
): Promise<{ share: number; left: number }> {
  const reader = JsonLines.open();
  if (!reader) throw new Error('There is no WebAssembly with SIMD here.');
  const chunks = [...chunksOf(lines, CHUNK)];
  const detector = new Detector(input.rules, input.logsources);
  const ways = [
    (chunk: Chunk) => chunk.lines.forEach(parse),
    (chunk: Chunk) => void matchBytes(chunk, reader, detector),
  ];
  const [alone, together] = await race(ways, { lines: chunks, repeat });
  return { share: alone! / together!, left: (100 * reader.counters.left) / reader.counters.lines };
}

/** The hits of a chunk's lines, read as bytes. */
export function matchBytes({ bytes, ends, lines }: Chunk, reader: JsonLines, detector: Detector): (readonly Hit[])[] {
  reader.load(bytes);
  return ends.map((end, index) => {
    const event = reader.read(index === 0 ? 0 : ends[index - 1]! + 1, end);
    const hits = event && detector.detectEvent(kindOf(String(event.field('Channel')), event.field('EventID')), event);
    return hits ?? detector.detect(recordOf(lines[index]!));
  });
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
