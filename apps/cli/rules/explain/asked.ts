import type { Record } from '@yuheng/engine';
import { YuhengError } from '../../errors.ts';
import type { EventPlace, Losses } from './read.ts';
import { SHOWN_RECORDS } from './record.ts';

/** Finds the record of a number: EventRecordID, as findings name it, else the position in its file. */
export class AskedRecords {
  readonly #place: EventPlace;
  readonly #byId: Record[] = [];
  readonly #byNumber: Record[] = [];

  constructor(place: EventPlace) {
    this.#place = place;
  }

  see(record: Record): void {
    const asked = this.#place.record;
    if (String(record.recordId) === asked && this.#byId.length < SHOWN_RECORDS) this.#byId.push(record);
    if (String(record.number) === asked && this.#byNumber.length < SHOWN_RECORDS) this.#byNumber.push(record);
  }

  /** What was found; throws where there is none. */
  found(losses: Losses): readonly Record[] {
    const found = this.#byId.length > 0 ? this.#byId : this.#byNumber;
    if (found.length > 0) return found;
    throw noRecord(this.#place, losses);
  }
}

function noRecord({ path, record }: EventPlace, losses: Losses): YuhengError {
  const place = JSON.stringify(path);
  const lost = lossesText(losses);
  if (lost)
    return new YuhengError('YH-NO-RECORD', {
      en: `No record ${record} of ${place} could be read. ${lost.en}`,
      'zh-CN': `${place} 中没有可读取的第 ${record} 条记录。${lost['zh-CN']}`,
    });
  return new YuhengError('YH-NO-RECORD', {
    en: `There is no record ${record} in ${place}. Give an EventRecordID or a position that is in the file, or leave it out.`,
    'zh-CN': `${place} 中没有第 ${record} 条记录。请给出文件中存在的 EventRecordID 或序号，或省略它。`,
  });
}

/** What became of records that are none, and why; nothing where all were read. */
function lossesText({ refused, unparsed, refusals }: Losses): { en: string; 'zh-CN': string } | undefined {
  const reasons = (counts: { readonly [reason: string]: number }): string =>
    Object.entries(counts)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', ');
  const details = refusals.map(({ detail }) => detail).join('; ');
  const parts = [
    ...(refusals.length > 0
      ? [[`Refused: ${reasons(refused)} (${details}).`, `拒收：${reasons(refused)}（${details}）。`]]
      : []),
    ...(Object.keys(unparsed).length > 0
      ? [[`Not understood: ${reasons(unparsed)}.`, `未解析：${reasons(unparsed)}。`]]
      : []),
  ];
  if (parts.length === 0) return undefined;
  return { en: parts.map(([en]) => en).join(' '), 'zh-CN': parts.map(([, zh]) => zh).join('') };
}
