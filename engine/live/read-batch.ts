import type { Capability, ParseContext, Parser, Source } from '../capability.ts';
import type { Batch } from '../ports/journal.ts';
import type { Frame, Origin } from '../record.ts';
import { NearestYears, YearCounter, type Years } from '../year.ts';
import { AnswerSink, framesOf, type Answer } from './answers.ts';
import { lines } from '../framing/lines.ts';
import { frameBody } from './frame-body.ts';
import { MAX_DIRECTIVES, MAX_OPEN_FRAMES, type KeptFrame, type StreamState } from './stream-state.ts';

/** How batches are read. */
export interface ReadOptions {
  readonly capabilities: readonly Capability[];
  readonly offsetMinutes: ParseContext['offsetMinutes'];
}

/** A batch that was read. */
export interface ReadBatch {
  readonly source: Source | undefined;
  readonly answers: readonly Answer[];
  /** Where its stream stands now; absent for a batch that belongs to none. */
  readonly state?: StreamState;
}

/**
 * Reads a batch as the part of its file that it is: header lines and unfinished records of the batches before are in `state`, and what
 * stays unfinished is in the state that comes back. The same batches with the same states give the same answers, however often.
 *
 * A batch that does not say where in its file it begins is a file of its own: nothing is carried over.
 */
export async function readBatch(
  batch: Batch,
  state: StreamState | undefined,
  options: ReadOptions,
): Promise<ReadBatch> {
  const { source, frames } = await cutBatch(batch, state, options);
  const format = source?.id ?? '';
  if (!source) {
    const left = state ? closeStream(batch, state, options) : [];
    const answers = [
      ...left,
      ...frames.map((frame): Answer => ({ kind: 'unparsed', frame, reason: 'unknown-format' })),
    ];
    return { source, answers, ...(batch.first === undefined ? {} : { state: emptyState(batch, format) }) };
  }
  if (batch.first === undefined) return { source, answers: readAlone(batch, source, undefined, frames, options) };
  const begins = batch.first === 1;
  const going = state?.format === format && !begins ? state : undefined;
  const left = going || !state ? [] : closeStream(batch, state, options);
  // A part that came again, or too late to be waited for, stands alone.
  if (going && batch.first < going.next)
    return { source, answers: readAlone(batch, source, { ...going, open: [] }, frames, options), state: going };
  const reader = new StreamReader(batch, source, going, options);
  // A part is missing: what was open will not be completed.
  if (going && batch.first > going.next) reader.end();
  reader.push(frames);
  if (batch.last) reader.end();
  return { source, answers: [...left, ...reader.answers], state: reader.state(batch.first + batch.span) };
}

/** What a stream held open when its file began anew, or turned out to be another. */
function closeStream(batch: Batch, state: StreamState, options: ReadOptions): readonly Answer[] {
  const source = sourceOf(state.format, options);
  if (!source || state.open.length === 0) return [];
  const reader = new StreamReader(batch, source, state, options);
  reader.end();
  return reader.answers;
}

/** A batch whose records nobody could read: they are kept as they came. What its stream held open is left with them. */
export async function leaveBatch(
  batch: Batch,
  state: StreamState | undefined,
  options: ReadOptions,
): Promise<ReadBatch> {
  const { source, frames } = await cutBatch(batch, state, options);
  const answers = [...(state?.open ?? []), ...frames].map((frame): Answer => ({
    kind: 'unparsed',
    frame: frame as Frame,
    reason: 'internal-error',
  }));
  const left = batch.first === undefined ? {} : { state: emptyState(batch, source?.id ?? '') };
  return { source, answers, ...left };
}

/**
 * A batch's frames with their numbers in the file. It is cut by the format that the intake cut it by, and no other, so that what was counted is
 * what is read. A part of a file of lines that looks like nothing by itself is read by its stream's format.
 */
async function cutBatch(
  batch: Batch,
  state: StreamState | undefined,
  options: ReadOptions,
): Promise<{ readonly source: Source | undefined; readonly frames: readonly Frame[] }> {
  const named = sourceOf(batch.format, options);
  const { maxRecordBytes, encoding } = batch;
  const { frames } = await frameBody(batch.body, named, { maxRecordBytes, encoding });
  const stream = named ? undefined : sourceOf(state?.format ?? '', options);
  const source = named ?? (stream?.frame === lines ? stream : undefined);
  const before = (batch.first ?? 1) - 1;
  return {
    source,
    frames: before === 0 ? frames : frames.map((frame) => ({ ...frame, number: frame.number + before })),
  };
}

function sourceOf(format: string, { capabilities }: ReadOptions): Source | undefined {
  return capabilities.flatMap(({ sources }) => sources).find(({ id }) => id === format);
}

function readAlone(
  batch: Batch,
  source: Source,
  state: StreamState | undefined,
  frames: readonly Frame[],
  options: ReadOptions,
): readonly Answer[] {
  const { years: _, ...undatedState } = state ?? emptyState({ first: 1, span: 0 }, source.id);
  const reader = new StreamReader(batch, source, undatedState, options);
  reader.push(frames);
  reader.end();
  return reader.answers;
}

function emptyState({ first, span }: Pick<Batch, 'first' | 'span'>, format: string): StreamState {
  return { format, next: first! + span, directives: [], open: [] };
}
/** One parser over the frames of a stream, and what must be kept of them. */
class StreamReader {
  private readonly format: string;
  private readonly sink = new AnswerSink();
  readonly answers: Answer[] = [];
  private readonly parser: Parser;
  private readonly years: Years;
  private directives: KeptFrame[];
  private open: KeptFrame[];

  constructor(batch: Batch, source: Source, state: StreamState | undefined, options: ReadOptions) {
    this.format = source.id;
    this.years = yearsOf(batch, state);
    this.directives = [...(state?.directives ?? [])];
    this.open = [...(state?.open ?? [])];
    const origin: Origin = { tenant: batch.tenant, source: source.id, file: originFile(batch) };
    const { sink, years } = this;
    this.parser = source.open({ origin, sink, years, offsetMinutes: options.offsetMinutes });
    // What was answered before is not answered again.
    for (const frame of [...this.directives, ...this.open]) this.parser.push(frame as Frame);
    sink.take();
  }

  push(frames: readonly Frame[]): void {
    for (const frame of frames) {
      this.parser.push(frame);
      if (this.parser.oldest) this.open.push(frame);
      if (this.open.length > MAX_OPEN_FRAMES) this.makeRoom();
    }
    this.collect();
  }

  /** Gives what is open, complete or not. */
  end(): void {
    this.parser.end();
    this.collect();
  }

  state(next: number): StreamState {
    const { format, directives, open, years } = this;
    return {
      format,
      next,
      directives: directives.map(kept),
      open: open.map(kept),
      ...(years instanceof YearCounter ? { years: years.state } : {}),
    };
  }

  private makeRoom(): void {
    this.collect();
    if (this.open.length > MAX_OPEN_FRAMES / 2) this.end();
  }

  private collect(): void {
    for (const answer of this.sink.take()) {
      this.answers.push(answer);
      if (answer.kind === 'directive') this.directives.push(answer.frame);
    }
    this.directives = this.directives.slice(-MAX_DIRECTIVES);
    const oldest = this.parser.oldest?.();
    this.open = oldest === undefined ? [] : this.open.filter(({ number }) => number >= oldest);
  }
}

function kept({ number, text, value }: KeptFrame): KeptFrame {
  return { number, text, value };
}

/** A year that is known counts on; one that is given begins; without either it is the nearest below receipt. */
function yearsOf(batch: Batch, state: StreamState | undefined): Years {
  if (state?.years) return new YearCounter(state.years.year, state.years.month);
  return batch.year === undefined ? new NearestYears(batch.receivedMs) : new YearCounter(batch.year);
}

/** A record's file: the sender's where it says which line this is, else the batch's own, so that equal lines of two batches are two. */
export function originFile({ file, first, number }: Pick<Batch, 'file' | 'first' | 'number'>): string {
  return first === undefined ? `${file}#${number}` : file;
}

/** Records that a batch's answers account for, and those of them that nobody understood. */
export function countAnswers(answers: readonly Answer[]): { stored: number; unparsed: number } {
  let stored = 0;
  let unparsed = 0;
  for (const answer of answers) {
    stored += framesOf(answer);
    if (answer.kind === 'unparsed') unparsed++;
  }
  return { stored, unparsed };
}
