import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capability, ParseContext, Parser, Source } from '../capability.ts';
import { lines } from '../framing/lines.ts';
import type { Batch } from '../ports/journal.ts';
import type { Frame } from '../record.ts';
import { countAnswers, readBatch, type ReadOptions } from './read-batch.ts';
import { MAX_OPEN_FRAMES, type StreamState } from './stream-state.ts';

/** A format like auditd: `#word` names what follows, `key:text` begins or goes on with an event, `key.` ends it. */
const joined: Source = {
  id: 'joined',
  title: { en: 'Joined', 'zh-CN': 'Joined' },
  recognise: () => 1,
  frame: lines,
  open: (context) => new Joiner(context),
  normalize: () => ({ classUid: 0, activityId: 0, attributes: {}, product: { name: 'x' } }),
};

class Joiner implements Parser {
  private readonly open = new Map<string, Frame[]>();
  private word = '';
  private readonly context: ParseContext;

  constructor(context: ParseContext) {
    this.context = context;
  }

  push(frame: Frame): void {
    const { text } = frame;
    if (text.startsWith('#')) {
      this.word = text;
      return this.context.sink.directive(frame);
    }
    const key = text[0]!;
    const frames = this.open.get(key) ?? [];
    frames.push(frame);
    this.open.set(key, frames);
    if (text.endsWith('.')) this.give(key, frames);
  }

  end(): void {
    for (const [key, frames] of [...this.open]) this.give(key, frames);
  }

  oldest(): number | undefined {
    for (const frames of this.open.values()) return frames[0]!.number;
    return undefined;
  }

  private give(key: string, frames: readonly Frame[]): void {
    this.open.delete(key);
    const { origin, sink } = this.context;
    const raw = frames.map(({ text }) => text).join('|');
    const record = { origin, number: frames[0]!.number, raw, fields: {}, time: { ms: 0, ns: 0 }, kind: this.word };
    sink.record(record, frames.length);
  }
}

const options: ReadOptions = {
  capabilities: [{ sources: [joined] } as unknown as Capability],
  offsetMinutes: () => 0,
};

const batchOf = (change: Partial<Batch>): Batch => ({
  number: 1,
  tenant: 't',
  source: 's',
  digest: '',
  format: 'joined',
  file: 'f',
  span: 0,
  maxRecordBytes: 1_000,
  last: false,
  receivedMs: 0,
  received: 0,
  rejected: {},
  body: new Uint8Array(),
  ...change,
});

const told = (answers: Awaited<ReturnType<typeof readBatch>>['answers']): string[] =>
  answers.map((answer) =>
    answer.kind === 'record'
      ? `${answer.record.kind} ${answer.record.number} ${answer.record.raw}`
      : `${answer.kind} ${answer.frame.text}`,
  );

/** Sends lines in parts of these sizes, through JSON as the journal keeps states. */
async function sent(texts: readonly string[], sizes: readonly number[]): Promise<{ told: string[]; stored: number }> {
  let state: StreamState | undefined;
  const all: string[] = [];
  let stored = 0;
  for (let from = 0, part = 0; from < texts.length; part++) {
    const some = texts.slice(from, from + (sizes[part % sizes.length] ?? 1));
    const last = from + some.length >= texts.length;
    const body = Buffer.from(some.map((text) => `${text}\n`).join(''));
    const read = await readBatch(batchOf({ first: from + 1, span: some.length, body, last }), state, options);
    state = JSON.parse(JSON.stringify(read.state)) as StreamState;
    all.push(...told(read.answers));
    stored += countAnswers(read.answers).stored;
    from += some.length;
  }
  return { told: all.sort(), stored };
}

describe('batches of one file', () => {
  const line = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(':x', ':y', '.'))
        .map(([key, rest]) => key + rest),
    },
    { weight: 1, arbitrary: fc.constantFrom('#one', '#two') },
  );

  it('give what the file gives as a whole, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        async (texts, sizes) => {
          const whole = await sent(texts, [texts.length]);
          expect(await sent(texts, sizes)).toEqual(whole);
          expect(whole.stored).toBe(texts.length);
        },
      ),
    );
  });

  it('are files of their own where they do not say which line they begin with', async () => {
    const read = await readBatch(batchOf({ body: Buffer.from('a:x\n') }), undefined, options);
    expect(told(read.answers)).toEqual([' 1 a:x']);
    expect(read.state).toBeUndefined();
  });

  it('give what was open when a part is missing, comes again, or the file begins anew', async () => {
    const first = await readBatch(batchOf({ first: 1, span: 2, body: Buffer.from('#one\na:x\n') }), undefined, options);
    const after = (change: Partial<Batch>) => readBatch(batchOf(change), first.state, options);
    const missing = await after({ first: 9, span: 1, body: Buffer.from('a.\n') });
    expect(told(missing.answers)).toEqual(['#one 2 a:x', '#one 9 a.']);
    const again = await after({ first: 2, span: 1, body: Buffer.from('a:x\n') });
    expect(told(again.answers)).toEqual(['#one 2 a:x']);
    expect(again.state).toEqual(first.state);
    const anew = await after({ first: 1, span: 1, body: Buffer.from('b.\n') });
    expect(told(anew.answers)).toEqual(['#one 2 a:x', ' 1 b.']);
    expect(anew.state).toMatchObject({ next: 2, open: [] });
  });

  it('hold a bounded number of frames open', async () => {
    const texts = Array.from({ length: MAX_OPEN_FRAMES + 10 }, () => 'a:x');
    const body = Buffer.from(texts.map((text) => `${text}\n`).join(''));
    const read = await readBatch(batchOf({ first: 1, span: texts.length, body }), undefined, options);
    expect(read.state!.open.length).toBeLessThanOrEqual(MAX_OPEN_FRAMES);
    expect(countAnswers(read.answers).stored + read.state!.open.length).toBe(texts.length);
  });

  it('are cut as they were counted, whatever their stream is', async () => {
    const document: Source = { ...joined, id: 'document', frame: async function* () {} };
    const two: ReadOptions = { ...options, capabilities: [{ sources: [joined, document] } as unknown as Capability] };
    const nameless = batchOf({ format: '', first: 3, span: 2, body: Buffer.from('b:x\nb.\n') });
    const state = (format: string, open: string[]): StreamState => ({
      ...{ format, next: 3, directives: [] },
      open: open.map((text) => ({ number: 1, text, value: undefined })),
    });
    const goesOn = await readBatch(nameless, state('joined', ['b:w']), two);
    expect(told(goesOn.answers)).toEqual([' 1 b:w|b:x|b.']);
    const other = await readBatch(nameless, state('document', ['b:w']), two);
    expect(told(other.answers)).toEqual([' 1 b:w', 'unparsed b:x', 'unparsed b.']);
    const short = await readBatch(batchOf({ maxRecordBytes: 3, body: Buffer.from('a:xx\na.\n') }), undefined, two);
    expect(told(short.answers)).toEqual([' 2 a.']);
  });

  it('keep lines of no known format', async () => {
    const read = await readBatch(
      batchOf({ format: 'nobody', first: 1, span: 2, body: Buffer.from('x\n\ny\n') }),
      undefined,
      options,
    );
    expect(told(read.answers)).toEqual(['unparsed x', 'unparsed y']);
  });
});
