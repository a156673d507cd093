import { createHash } from 'node:crypto';
import { capabilities } from '@yuheng/capabilities';
import {
  frameBody,
  TooManyRecords,
  readHead,
  recognise,
  type Journal,
  type NewBatch,
  type Receipt,
  type Source,
} from '@yuheng/engine';
import { ServerError } from '../server-error.ts';
import type { Backlog } from './backlog.ts';
import type { DiskGuard } from './disk-guard.ts';
import { GroupCommit } from './group-commit.ts';
import { KnownFormats } from './known-formats.ts';

/** Records as a sender gives them. */
export interface Delivery {
  readonly tenant: string;
  /** The source's name in the ledger; the id of a format says which one it is. Absent: the format that is recognised. */
  readonly source?: string | undefined;
  readonly file?: string | undefined;
  /** Number in the file of the first line or record. */
  readonly first?: number | undefined;
  readonly year?: number | undefined;
  readonly encoding?: string | undefined;
  /** The file ends here. */
  readonly last?: boolean | undefined;
  /** The sender's own name for this request. */
  readonly idempotencyKey?: string | undefined;
  readonly body: Uint8Array;
  /** Records that the sender's side had to refuse before they came here, by reason: they stand in the books. */
  readonly rejected?: { readonly [reason: string]: number };
  /** Where a reader of ours stands after this. */
  readonly cursor?: { readonly name: string; readonly value: string };
}

/** What the intake is given. */
export interface IntakeParts {
  readonly journal: Journal;
  readonly backlog: Backlog;
  readonly disk: Pick<DiskGuard, 'isFull' | 'isToBlame'>;
  readonly maxRecordBytes: number;
  /** When what is received now counts as received, ms. */
  receivedAt(): number;
  /** There is something new in the journal. */
  onAppended(): void;
}

const SOURCES: ReadonlyMap<string, Source> = new Map(
  capabilities.flatMap(({ sources }) => sources).map((source) => [source.id, source]),
);
const UNKNOWN = 'unknown';
/** What a format is recognised by: the beginning of a body. */
const HEAD_BYTES = 64 * 1024;
const RETRY_SECONDS = 2;

/** Records of one request, for what is made of them is held in memory at once; a MiB of lines, as our own readers bring it, is never more. */
export const MAX_RECORDS = 600_000;

/** Takes records: cut, counted and durable before the sender is answered. */
export class Intake {
  private readonly parts: IntakeParts;
  private readonly commits: GroupCommit;
  private readonly formats: KnownFormats;
  private accepting = true;

  constructor(parts: IntakeParts) {
    this.parts = parts;
    this.commits = new GroupCommit(parts.journal);
    this.formats = new KnownFormats(parts.journal);
  }

  /** Whether records would be accepted now; the reason where not. */
  get refusal(): ServerError | undefined {
    if (!this.accepting) return new ServerError(503, 'YH-STOPPING', STOPPING, RETRY_SECONDS);
    if (this.parts.disk.isFull) return new ServerError(503, 'YH-DISK-FULL', DISK_FULL, RETRY_SECONDS);
    if (this.parts.backlog.isFull) return new ServerError(429, 'YH-BUSY', BUSY, RETRY_SECONDS);
    return undefined;
  }

  stop(): void {
    this.accepting = false;
  }

  async accept(delivery: Delivery): Promise<Receipt> {
    const { refusal } = this;
    if (refusal) throw refusal;
    const { tenant, file = '', first, year, encoding, last = false, idempotencyKey, body } = delivery;
    const format = await this.formatOf(delivery);
    const source = delivery.source ?? format?.id ?? UNKNOWN;
    if (first !== undefined && format) this.formats.remember({ tenant, source, file }, format.id);
    const { maxRecordBytes } = this.parts;
    const { frames, span, ...framed } = await frameBody(body, format, {
      ...{ maxRecordBytes, encoding, maxRecords: MAX_RECORDS },
    }).catch((error: unknown) => {
      throw error instanceof TooManyRecords ? new ServerError(413, 'YH-TOO-MANY-RECORDS', TOO_MANY) : error;
    });
    const rejected = { ...framed.rejected, ...delivery.rejected };
    const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
    const receipt = await this.commit({
      tenant,
      source,
      ...(idempotencyKey === undefined ? {} : { key: idempotencyKey }),
      digest: digestOf(delivery),
      format: format?.id ?? '',
      file,
      ...(first === undefined ? {} : { first }),
      span,
      ...(year === undefined ? {} : { year }),
      ...(encoding === undefined ? {} : { encoding }),
      maxRecordBytes: this.parts.maxRecordBytes,
      last,
      receivedMs: this.parts.receivedAt(),
      received: frames.length + refused,
      rejected,
      body,
      ...(delivery.cursor ? { cursor: delivery.cursor } : {}),
    });
    if (receipt === 'conflict') throw new ServerError(409, 'YH-KEY-REUSED', KEY_REUSED);
    if (!receipt.repeated) this.parts.backlog.add(receipt.batch, body.byteLength);
    this.parts.onAppended();
    return receipt;
  }

  private async commit(batch: NewBatch): Promise<Receipt | 'conflict'> {
    try {
      return await this.commits.append(batch);
    } catch (error) {
      throw this.parts.disk.isToBlame(error) ? (this.refusal ?? error) : error;
    }
  }

  /** A named format; that of the stream which goes on; else the one that is recognised. */
  private async formatOf({ tenant, source, file = '', first, encoding, body }: Delivery): Promise<Source | undefined> {
    const named = source === undefined ? undefined : SOURCES.get(source);
    if (named || source === UNKNOWN) return named;
    if (first !== undefined && first > 1 && source !== undefined) {
      const known = await this.formats.of({ tenant, source, file });
      if (known) return SOURCES.get(known);
    }
    const complete = body.byteLength <= HEAD_BYTES;
    return recognise(readHead(body.subarray(0, HEAD_BYTES), complete, encoding), capabilities);
  }
}

function digestOf({ tenant: _, idempotencyKey: __, body, ...parameters }: Delivery): string {
  return createHash('sha256').update(JSON.stringify(parameters)).update('\n').update(body).digest('hex');
}

const TOO_MANY = {
  en: `A request holds at most ${MAX_RECORDS} records. Send them in several parts.`,
  'zh-CN': `每个请求最多 ${MAX_RECORDS} 条记录。请分几次发送。`,
};
const STOPPING = {
  en: 'The server is stopping. Send again when it is back.',
  'zh-CN': '服务器正在停止。请在其恢复后重新发送。',
};
const DISK_FULL = {
  en: 'The disk of the server is nearly full, so nothing more is accepted. What was accepted is safe. Make room, or send again later.',
  'zh-CN': '服务器磁盘即将写满，暂不再接收数据。已接收的数据是安全的。请腾出空间，或稍后重新发送。',
};
const BUSY = {
  en: 'More records are waiting than the server wants to hold. Send again in a moment.',
  'zh-CN': '等待处理的记录超过服务器愿意保留的数量。请稍后重新发送。',
};
const KEY_REUSED = {
  en: 'This Idempotency-Key was used for another request. Send with a new key.',
  'zh-CN': '此 Idempotency-Key 已用于另一个请求。请使用新的键重新发送。',
};
