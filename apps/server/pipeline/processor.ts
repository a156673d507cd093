import { capabilities } from '@yuheng/capabilities';
import {
  Detector,
  LogsourceMap,
  processBatch,
  rowLine,
  Setup,
  zoneOffset,
  type MatchedEvent,
  type SettledBatch,
  type StreamState,
} from '@yuheng/engine';
import { correlationFields, loadRules, type RuleSet, type SigmaSource } from '@yuheng/sigma';
import { streamId, type ProcessedUnit, type Unit } from './unit.ts';

/** What a processor starts with. Plain data: it crosses threads. */
export interface ProcessorOptions {
  readonly rules: readonly SigmaSource[];
  readonly maxRecordBytes: number;
  /** Zone of times without one. */
  readonly timezone: string;
}

/** Parses, normalises and detects, batch after batch, in this thread. */
export class Processor {
  private readonly setup: Setup;

  constructor(options: ProcessorOptions, rules: RuleSet = loadRules(options.rules)) {
    this.setup = new Setup({
      capabilities,
      detector: new Detector(rules.rules, new LogsourceMap(capabilities.flatMap(({ logsources }) => logsources))),
      correlationFields: correlationFields(rules),
      batchSize: 1,
      maxRecordBytes: options.maxRecordBytes,
      offsetMinutes: zoneOffset(options.timezone),
    });
  }

  async process({ batches, states }: Unit): Promise<ProcessedUnit> {
    const standing = new Map<string, StreamState>(states);
    const lines: string[] = [];
    const matches: MatchedEvent[] = [];
    const settled: SettledBatch[] = [];
    const newestMs = new Map<string, number>();
    for (const batch of batches) {
      const stream = streamId(batch);
      const done = await processBatch(batch, stream === undefined ? undefined : standing.get(stream), this.setup);
      if (stream !== undefined && done.state) standing.set(stream, done.state);
      for (const row of done.rows) lines.push(rowLine(row));
      for (const match of done.matches) matches.push(match);
      settled.push({ number: batch.number, stored: done.stored, unparsed: done.unparsed });
      if (done.newestMs !== undefined)
        newestMs.set(batch.tenant, Math.max(newestMs.get(batch.tenant) ?? done.newestMs, done.newestMs));
    }
    const rows = Buffer.from(lines.length > 0 ? `${lines.join('\n')}\n` : '');
    const tenants = new Set(batches.map(({ tenant }) => tenant));
    return { rows, events: lines.length, matches, settled, states: standing, tenants, newestMs };
  }
}
