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
import { correlationFields, loadRules, type Placeholders, type RuleSet, type SigmaSource } from '@yuheng/sigma';
import { streamId, type ProcessedUnit, type Unit } from './unit.ts';

/** What a processor starts with. Plain data: it crosses threads. */
export interface ProcessorOptions {
  readonly rules: readonly SigmaSource[];
  readonly placeholders: Placeholders;
  readonly maxRecordBytes: number;
  /** Zone of times without one. */
  readonly timezone: string;
}

/** Parses, normalises and detects, batch after batch, in this thread. */
export class Processor {
  private readonly setup: Setup;

  constructor(
    options: ProcessorOptions,
    rules: RuleSet = loadRules(options.rules, { placeholders: options.placeholders }),
  ) {
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
    const rows = new RowBuffer();
    const matches: MatchedEvent[] = [];
    const settled: SettledBatch[] = [];
    const newestMs = new Map<string, number>();
    for (const batch of batches) {
      const stream = streamId(batch);
      const done = await processBatch(batch, stream === undefined ? undefined : standing.get(stream), this.setup);
      if (stream !== undefined && done.state) standing.set(stream, done.state);
      for (const row of done.rows) rows.add(rowLine(row));
      for (const match of done.matches) matches.push(match);
      settled.push({ number: batch.number, stored: done.stored, unparsed: done.unparsed });
      if (done.newestMs !== undefined)
        newestMs.set(batch.tenant, Math.max(newestMs.get(batch.tenant) ?? done.newestMs, done.newestMs));
    }
    const tenants = new Set(batches.map(({ tenant }) => tenant));
    return { rows: rows.take(), events: rows.count, matches, settled, states: standing, tenants, newestMs };
  }
}

/** Lines that become bytes together: all at once could be longer than a string may be. */
const GATHERED = 2_000;

class RowBuffer {
  count = 0;
  private readonly parts: Buffer[] = [];
  private lines: string[] = [];

  add(line: string): void {
    this.count++;
    if (this.lines.push(line) >= GATHERED) this.gather();
  }

  take(): Buffer {
    this.gather();
    return this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
  }

  private gather(): void {
    if (this.lines.length > 0) this.parts.push(Buffer.from(`${this.lines.join('\n')}\n`));
    this.lines = [];
  }
}
