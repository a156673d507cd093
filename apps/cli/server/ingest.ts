import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { expandFile, findFiles, type InputFile } from '@yuheng/adapter-files';
import { capabilities } from '@yuheng/capabilities';
import {
  byteOrderMark,
  HEAD_BYTES,
  isEncoding,
  keepsLineFeed,
  peekFile,
  readHead,
  recognise,
  type Language,
  type LogFile,
  type Source,
  type UnreadableFile,
} from '@yuheng/engine';
import { wholeNumber, wrongFlag } from '../flags.ts';
import { printable } from '../printable.ts';
import { ApiClient } from './client.ts';
import { slices, Unsendable, type Slice } from './slices.ts';
import { findYears } from './undated.ts';

/** Flags as typed. */
export interface IngestFlags {
  readonly url: string;
  readonly batchSize: string;
  readonly year?: string;
  readonly encoding?: string;
  readonly json?: boolean;
}

/** What was sent. */
interface Sent {
  files: number;
  batches: number;
  received: number;
  accepted: number;
  readonly rejected: { [reason: string]: number };
  readonly unreadable: UnreadableFile[];
}

interface IngestAnswer {
  readonly received: number;
  readonly accepted: number;
  readonly rejected: { readonly [reason: string]: number };
}

/** How far recognition looks for the end of the first line: as a hunt does. */
const LINE_BYTES = 1_048_576;

const pack = promisify<Uint8Array, { readonly level: number }, Buffer>(gzip);

/** `yuheng ingest`: sends files so that each record has the place that a hunt gives it. Exit 1 when something could not be sent. */
export async function ingest(paths: readonly string[], flags: IngestFlags, language: Language): Promise<number> {
  const { encoding } = flags;
  if (encoding !== undefined && !isEncoding(encoding))
    throw wrongFlag('--encoding', encoding, 'utf-8, gb18030, utf-16le');
  const batchSize = wholeNumber('--batch-size', flags.batchSize, 1, 1_000_000);
  const year = flags.year === undefined ? undefined : wholeNumber('--year', flags.year, 1970, 9999);
  const client = new ApiClient(flags.url);
  const { files, unreadable } = await findFiles(paths);
  const years = await findYears(files, { encoding, year });
  const sent: Sent = { files: 0, batches: 0, received: 0, accepted: 0, rejected: {}, unreadable: [...unreadable] };
  const sender = new Sender(client, sent, { batchSize, encoding, years });
  for (const file of files) await sender.send(file);
  tell(sent, flags.json === true, language);
  return sent.unreadable.length > 0 ? 1 : 0;
}

interface SendOptions {
  readonly batchSize: number;
  readonly encoding: string | undefined;
  readonly years: ReadonlyMap<string, number>;
}

/** Sends files one after another. */
class Sender {
  private readonly client: ApiClient;
  private readonly sent: Sent;
  private readonly options: SendOptions;
  /** Names this run: a part that is sent again after a broken connection is taken once. */
  private readonly run = randomUUID();

  constructor(client: ApiClient, sent: Sent, options: SendOptions) {
    this.client = client;
    this.sent = sent;
    this.options = options;
  }

  async send(input: InputFile): Promise<void> {
    for await (const found of expandFile(input)) {
      if ('reason' in found) this.sent.unreadable.push(found);
      else await this.sendFile(found);
    }
  }

  private async sendFile(file: LogFile): Promise<void> {
    this.sent.files++;
    const { head, complete, bytes, close } = await peekFile(file, HEAD_BYTES, HEAD_BYTES + LINE_BYTES);
    const read = readHead(head, complete, this.options.encoding);
    const source = recognise(read, capabilities);
    if (head.length > 0 && !source && read.text === '') {
      this.sent.unreadable.push({ name: file.name, reason: 'unknown-format', detail: NO_LOG });
      return close();
    }
    if (head.length === 0) return close();
    const encoding = this.options.encoding ?? byteOrderMark(head)?.encoding;
    try {
      const same = { ...file, bytes: () => bytes };
      for await (const slice of slices(same, source, !keepsLineFeed(encoding), this.options.batchSize))
        await this.post(file, source, encoding, slice);
    } catch (error) {
      if (!(error instanceof Unsendable)) throw error;
      this.sent.unreadable.push({ name: file.name, reason: 'too-large', detail: TOO_LARGE });
    }
  }

  private async post(
    file: LogFile,
    source: Source | undefined,
    encoding: string | undefined,
    slice: Slice,
  ): Promise<void> {
    const year = this.options.years.get(file.name);
    const query = new URLSearchParams({
      source: source?.id ?? 'unknown',
      file: file.name,
      first: String(slice.first),
      last: String(slice.last),
      ...(year === undefined ? {} : { year: String(year) }),
      ...(encoding === undefined || source?.binary ? {} : { encoding }),
    });
    const answer = (await this.client.post(`/api/v1/ingest?${query}`, await pack(slice.body, { level: 1 }), {
      'content-type': source?.binary ? 'application/octet-stream' : 'text/plain',
      'content-encoding': 'gzip',
      'idempotency-key': `${this.run}/${this.sent.batches}`,
    })) as IngestAnswer;
    const { sent } = this;
    sent.batches++;
    sent.received += answer.received;
    sent.accepted += answer.accepted;
    for (const [reason, count] of Object.entries(answer.rejected))
      sent.rejected[reason] = (sent.rejected[reason] ?? 0) + count;
  }
}

function tell(sent: Sent, json: boolean, language: Language): void {
  if (json) return void process.stdout.write(`${JSON.stringify(sent)}\n`);
  for (const { name, reason, detail } of sent.unreadable)
    process.stderr.write(`${printable(name)}: ${reason}: ${printable(detail)}\n`);
  const { files, received, accepted, rejected } = sent;
  const refused = Object.entries(rejected).map(([reason, count]) => `${reason} ${count}`);
  const text = {
    en: `${files} files sent: ${received} records, ${accepted} accepted${refused.length > 0 ? `, refused: ${refused.join(', ')}` : ''}.`,
    'zh-CN': `已发送 ${files} 个文件：${received} 条记录，接收 ${accepted} 条${refused.length > 0 ? `，拒绝：${refused.join('、')}` : ''}。`,
  };
  process.stdout.write(`${text[language]}\n`);
}

const NO_LOG = 'It begins like no log format that is known. Nothing of it was sent.';
const TOO_LARGE =
  'It has to be sent as a whole and is over 60 MiB. Cut it into several files, or turn it into one JSON object a line.';
