import type { Capability, ParseContext, Source } from './capability.ts';
import type { Refusal } from './framing/options.ts';
import type { Counts } from './counts.ts';
import type { Detector, Hit } from './detect.ts';
import type { OcsfEvent } from './event.ts';
import { lines } from './framing/lines.ts';
import type { MatchedEvent, Reason } from './match.ts';
import { peekFile, type ParseOptions } from './parse.ts';
import type { KnownPiece, LogFile } from './ports/files.ts';
import { HEAD_BYTES, readHead } from './head.ts';
import { recognise } from './recognise.ts';
import { newFields, type Fields, type Origin, type Record } from './record.ts';
import { surveyDates } from './survey.ts';
import { RecordView } from './view.ts';
import { YearCounter, type DateSurvey } from './year.ts';

/** A record's tenant in a hunt. */
const HUNT_TENANT = 'default';

/** What is the same for all files of a hunt. */
export interface SetupOptions {
  readonly capabilities: readonly Capability[];
  readonly detector: Detector;
  /** rule uid → fields that Sigma correlations read of its matches. */
  readonly correlationFields: ReadonlyMap<string, readonly string[]>;
  readonly batchSize: number;
  readonly maxRecordBytes: number;
  readonly encoding?: string;
  readonly offsetMinutes: ParseContext['offsetMinutes'];
  readonly onRefusal?: (file: string, refusal: Refusal) => void;
}

/** What a file turned out to be. `survey` without `source`: nobody knows the format. */
export interface FileOutcome extends DateSurvey {
  readonly source?: string;
  /** The file was only surveyed: it must be given again with its first year. */
  readonly needsYear?: true;
}

interface OpenedFile {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly source: Source;
  readonly origin: Origin;
  readonly options: ParseOptions;
}

/** Recognises files and turns hits into matches, by the options of one hunt. */
export class Setup {
  readonly options: SetupOptions;
  readonly detector: Detector;

  constructor(options: SetupOptions) {
    this.options = options;
    this.detector = options.detector;
  }

  /** How a file is read whose first undated line stands in `firstYear`. */
  parseOptions(file: string, firstYear: number): ParseOptions {
    const { batchSize, maxRecordBytes, encoding, offsetMinutes, onRefusal } = this.options;
    return {
      batchSize,
      maxRecordBytes,
      ...(encoding === undefined ? {} : { encoding }),
      context: { offsetMinutes, years: new YearCounter(firstYear) },
      ...(onRefusal ? { onRefusal: (refusal: Refusal) => onRefusal(file, refusal) } : {}),
    };
  }

  /** What is kept of a record that rules matched. */
  toMatch(record: Record, hits: readonly Hit[], event: OcsfEvent): MatchedEvent {
    const { origin, number, time, identity } = record;
    return {
      ms: time.ms,
      ns: time.ns,
      source: origin.source,
      file: origin.file,
      number,
      uid: event.metadata.uid,
      rules: hits.map((hit) => hit.rule.rule.uid),
      event,
      because: Object.fromEntries(hits.map((hit) => [hit.rule.rule.uid, reasonsOf(record, hit)])),
      places: [{ file: origin.file, record: record.recordId ?? number }],
      ...(identity === undefined ? {} : { identity }),
      fields: this.correlated(record, hits),
    };
  }

  private correlated(record: Record, hits: readonly Hit[]): Fields {
    const fields = newFields();
    for (const { rule, reading } of hits) {
      for (const name of this.options.correlationFields.get(rule.rule.uid) ?? []) {
        const value = new RecordView(record, reading).field(name);
        if (value !== undefined) fields[name] = value;
      }
    }
    return fields;
  }
}

/** Reasons kept of one match, and characters of each value. */
const MAX_REASONS = 12;
const MAX_REASON_VALUE = 300;

/** Which fields made a rule match; told once a field. Only what matched is asked, never the hot path. */
function reasonsOf(record: Record, { rule, reading }: Hit): Reason[] {
  const reasons = new Map<string, string>();
  for (const { field = '', actual, matched, negated } of rule.explain(new RecordView(record, reading)).decisive) {
    if (!matched || negated || typeof actual === 'string' || reasons.has(field)) continue;
    reasons.set(field, (actual[0] ?? '').slice(0, MAX_REASON_VALUE));
  }
  return [...reasons].slice(0, MAX_REASONS).map(([field, value]) => ({ field, value }));
}

/** Recognises a file; what nobody knows is counted, and what has no years is surveyed first. */
export async function openFile(
  file: LogFile,
  setup: Setup,
  counts: Counts,
  year: number | undefined,
): Promise<OpenedFile | { readonly outcome: FileOutcome }> {
  const { capabilities, encoding, maxRecordBytes } = setup.options;
  if (file.piece) return openPiece(file, file.piece, setup);
  const { head, complete, bytes, close } = await peekFile(file, HEAD_BYTES, HEAD_BYTES + maxRecordBytes);
  const read = readHead(head, complete, encoding);
  const source = recognise(read, capabilities);
  const options = setup.parseOptions(file.name, year ?? 0);
  if (!source) {
    await countUnknown(bytes, head, read.text !== '', counts, setup, file.name);
    await close();
    return { outcome: {} };
  }
  const origin: Origin = { tenant: HUNT_TENANT, source: source.id, file: file.name };
  if (source.undated && year === undefined) {
    const survey = await surveyDates(bytes, source, origin, options);
    return { outcome: { source: source.id, needsYear: true, ...survey } };
  }
  return { bytes, source, origin, options };
}

/** What a piece is was told when its file was divided. */
function openPiece(file: LogFile, { source: id, from, before }: KnownPiece, setup: Setup): OpenedFile {
  const source = setup.options.capabilities.flatMap(({ sources }) => sources).find((source) => source.id === id)!;
  const options = { ...setup.parseOptions(file.name, 0), start: { offset: from, number: before } };
  return { bytes: file.bytes(), source, origin: { tenant: HUNT_TENANT, source: id, file: file.name }, options };
}

/** Text of no known format: each line is read and not understood. Anything else: one record that is refused. */
async function countUnknown(
  bytes: AsyncIterable<Uint8Array>,
  head: Uint8Array,
  isText: boolean,
  counts: Counts,
  setup: Setup,
  file: string,
): Promise<void> {
  const { maxRecordBytes, encoding, onRefusal } = setup.options;
  const refuse = (refusal: Refusal): void => {
    counts.refuse(refusal.reason);
    onRefusal?.(file, refusal);
  };
  if (head.length === 0) return;
  if (!isText) {
    const found = Buffer.from(head.subarray(0, 8)).toString('hex');
    return refuse({
      reason: 'unknown-format',
      offset: 0,
      length: head.length,
      detail: `no log format begins with ${found}`,
    });
  }
  const options = { maxRecordBytes, refuse, ...(encoding === undefined ? {} : { encoding }) };
  for await (const frames of lines(bytes, options)) {
    counts.read += frames.length;
    for (const _ of frames) counts.leave('unknown-format');
  }
}
