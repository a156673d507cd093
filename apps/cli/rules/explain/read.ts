import { existsSync } from 'node:fs';
import {
  compareOrder,
  Counts,
  Detector,
  zoneOffset,
  Setup,
  type MatchedEvent,
  type Record,
  type Refusal,
} from '@yuheng/engine';
import { capabilities } from '@yuheng/capabilities';
import { findFiles } from '@yuheng/adapter-files';
import { correlationFields, type RuleSet } from '@yuheng/sigma';
import { YuhengError } from '../../errors.ts';
import { logsourceMap } from '../../hunt/setup.ts';
import { runTask, type Task } from '../../hunt/task.ts';
import { undatedTasks, type ReadFrom } from '../../hunt/years.ts';

const BATCH_SIZE = 1000;
const MAX_RECORD_BYTES = 1_048_576;

/** A file of events, and the record that is asked about: its EventRecordID, else its number. */
export interface EventPlace {
  readonly path: string;
  readonly record?: string;
}

/** Takes `file:record` apart; a file whose own name ends so is that file. */
export function eventPlace(asked: string): EventPlace {
  const parts = /^(.+):(\d{1,20})$/s.exec(asked);
  return parts && !existsSync(asked) ? { path: parts[1]!, record: parts[2]! } : { path: asked };
}

/** What stood in a path and did not become a record. */
export interface Losses {
  /** How many were refused, and not understood, by reason. */
  readonly refused: Counts['refused'];
  readonly unparsed: Counts['unparsedBy'];
  /** The first {@link SHOWN_REFUSALS}. */
  readonly refusals: readonly Refusal[];
}

/** Refused records that are told one by one. */
const SHOWN_REFUSALS = 3;

/** Gives every record of a path to `watch`, read as a hunt reads it. */
export async function watchRecords(path: string, watch: (record: Record) => void): Promise<Losses> {
  return (await readPath(path, new WatchingDetector(watch), new Map())).losses;
}

/** The matches of rules in a path, in order, as a hunt finds them. */
export async function matchesIn(path: string, rules: RuleSet): Promise<MatchedEvent[]> {
  const { matches } = await readPath(path, new Detector(rules.rules, logsourceMap), correlationFields(rules));
  return matches.sort(compareOrder);
}

/** Sees every record and finds nothing. */
class WatchingDetector extends Detector {
  private readonly watch: (record: Record) => void;

  constructor(watch: (record: Record) => void) {
    super([], logsourceMap);
    this.watch = watch;
  }

  override detect(record: Record): ReturnType<Detector['detect']> {
    this.watch(record);
    return [];
  }
}

async function readPath(
  path: string,
  detector: Detector,
  fields: ReturnType<typeof correlationFields>,
): Promise<{ readonly matches: MatchedEvent[]; readonly losses: Losses }> {
  const refusals: Refusal[] = [];
  const setup = new Setup({
    capabilities,
    detector,
    correlationFields: fields,
    batchSize: BATCH_SIZE,
    maxRecordBytes: MAX_RECORD_BYTES,
    offsetMinutes: zoneOffset('UTC'),
    onRefusal: (_, refusal) => {
      if (refusals.length < SHOWN_REFUSALS) refusals.push(refusal);
    },
  });
  const counts = new Counts();
  const { files, unreadable } = await findFiles([path]);
  const problems = [...unreadable];
  const matches: MatchedEvent[] = [];
  const read: ReadFrom[] = [];
  const output = {
    async matches(events: MatchedEvent[]): Promise<void> {
      for (const event of events) matches.push(event);
    },
    progress: () => {},
  };
  const run = async (task: Task): Promise<void> => {
    const result = await runTask(task, setup, counts, output);
    read.push(...result.files.map((file) => ({ input: task.file, file })));
    problems.push(...result.unreadable);
  };
  for (const file of files) await run({ file });
  for (const task of undatedTasks(read, undefined)) await run(task);
  const known = read.some(({ file }) => file.source !== undefined);
  const losses = { refused: counts.refused, unparsed: counts.unparsedBy, refusals };
  if (known) return { matches, losses };
  const [problem] = problems;
  const why = problem ? `${problem.name}: ${problem.reason}. ${problem.detail}` : undefined;
  throw new YuhengError('YH-NO-EVENTS', {
    en: `There are no events in ${JSON.stringify(path)} (${why ?? 'no known log format'}). Give a log file that \`yuheng hunt\` reads.`,
    'zh-CN': `${JSON.stringify(path)} 中没有事件（${why ?? '不是已知的日志格式'}）。请给出 yuheng hunt 能读的日志文件。`,
  });
}
