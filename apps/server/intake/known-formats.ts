import type { Journal, StreamKey } from '@yuheng/engine';
import { idOf } from '../pipeline/unit.ts';

/** Files whose format is remembered; others are asked of the journal again. */
export const MAX_FORMATS = 10_000;

/** Which format each file began with: its later parts are cut by the same, and cannot always be recognised by themselves. */
export class KnownFormats {
  private readonly journal: Pick<Journal, 'stream'>;
  private readonly formats = new Map<string, string>();

  constructor(journal: Pick<Journal, 'stream'>) {
    this.journal = journal;
  }

  /** The format of what came before; the journal learns it only when that has been processed. */
  async of(stream: StreamKey): Promise<string | undefined> {
    return this.formats.get(idOf(stream)) ?? (await this.journal.stream(stream))?.format;
  }

  remember(stream: StreamKey, format: string): void {
    const id = idOf(stream);
    this.formats.delete(id);
    this.formats.set(id, format);
    for (const oldest of this.formats.keys()) {
      if (this.formats.size <= MAX_FORMATS) return;
      this.formats.delete(oldest);
    }
  }
}
