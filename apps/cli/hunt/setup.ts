import { capabilities } from '@yuheng/capabilities';
import { Detector, Indexes, LogsourceMap, Setup, zoneOffset, type Instant, type Refusal } from '@yuheng/engine';
import { correlationFields, type RuleSet } from '@yuheng/sigma';

/** What a worker needs besides the rules, to read files as this hunt wants it. Plain data: it crosses threads. */
export interface ReadOptions {
  readonly batchSize: number;
  readonly maxRecordBytes: number;
  readonly encoding?: string;
  readonly timezone: string;
  readonly from?: Instant;
  readonly to?: Instant;
}

/** All logsources that our capabilities answer. */
export const logsourceMap = new LogsourceMap(capabilities.flatMap((capability) => capability.logsources));

/** The engine set up for a hunt. */
export function makeSetup(
  rules: RuleSet,
  options: ReadOptions,
  onRefusal: (file: string, refusal: Refusal) => void,
  indexes = new Indexes(),
): Setup {
  const { batchSize, maxRecordBytes, encoding, timezone } = options;
  return new Setup({
    capabilities,
    detector: new Detector(rules.rules, logsourceMap, indexes.make),
    correlationFields: correlationFields(rules),
    batchSize,
    maxRecordBytes,
    ...(encoding === undefined ? {} : { encoding }),
    offsetMinutes: zoneOffset(timezone),
    onRefusal,
  });
}
